package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.MutuallyExclusive;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredIf;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredOneOf;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredTogether;
import io.jenkins.plugins.iplb.ansible.spec.Names;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A module: what its arguments mean, and which of them go together.
 *
 * @param present what makes sure of something, or what the module does when there is no state
 * @param absent what takes it away; null when there is no state
 */
public record IplbModule(Meaning present, Meaning absent) {
    private static final String STATE = "state";
    private static final String PRESENT = "present";
    private static final String ABSENT = "absent";

    private static final Map<String, IplbModule> ALL = Map.of(
            "iplb_route", new IplbModule(Meaning.of("add-route"), Meaning.named("remove-route", "route")),
            "iplb_rule", new IplbModule(Meaning.of("add-rule"), Meaning.named("remove-rule", "rule")),
            "iplb_frontend",
                    new IplbModule(
                            Meaning.named("ensure-frontend", "frontend"), Meaning.named("remove-frontend", "frontend")),
            "iplb_farm", new IplbModule(Meaning.named("ensure-farm", "farm"), Meaning.named("remove-farm", "farm")),
            "iplb_server",
                    new IplbModule(Meaning.named("ensure-server", "server"), Meaning.named("remove-server", "server")),
            "iplb_failover", new IplbModule(Meaning.of("move-failover"), null),
            "iplb_refresh", new IplbModule(Meaning.of("refresh"), null),
            "iplb_enable_http2", new IplbModule(Meaning.of(EnableHttp2.OPERATION), null),
            "iplb_check_http2", new IplbModule(Meaning.of("check-http2"), null),
            "iplb_info", new IplbModule(Meaning.of("show"), null));

    /** The module of that name, without the collection's. */
    public static IplbModule named(String name) {
        IplbModule module = ALL.get(name);
        if (module == null) {
            throw new IllegalArgumentException("no module: " + name);
        }
        return module;
    }

    /** What these arguments ask for. */
    public Meaning meaning(Arguments arguments) {
        return ABSENT.equals(arguments.text(STATE)) ? absent : present;
    }

    /** What its documentation has no words for, in the order in which Ansible's own modules check it. */
    public List<Constraint> constraints() {
        List<Constraint> constraints = new ArrayList<>();
        for (Group group : present.operation().groups()) {
            if (group.isExclusive()) {
                constraints.add(new MutuallyExclusive(present.options(group.names())));
            }
        }
        if (absent != null && isToldByParts(absent)) {
            constraints.add(new RequiredTogether(neededParts()));
        }
        for (Group group : present.operation().groups()) {
            if (!group.isExclusive()) {
                constraints.add(new RequiredOneOf(present.options(group.names())));
            }
        }
        if (absent != null) {
            addNeeded(constraints, PRESENT, present);
            addNeeded(constraints, ABSENT, absent);
        }
        if (present.operation().name().equals(RefreshRequest.OPERATION)) {
            constraints.add(new RequiredIf("foreign_changes", ForeignChanges.REFUSE.code(), List.of("record")));
        }
        return constraints;
    }

    private static void addNeeded(List<Constraint> constraints, String state, Meaning meaning) {
        for (Parameter parameter : meaning.operation().parameters()) {
            if (parameter.isNeeded()) {
                constraints.add(new RequiredIf(STATE, state, meaning.options(List.of(parameter.name()))));
            }
        }
        for (Group group : meaning.operation().groups()) {
            if (group.isNeeded() && group.isExclusive()) {
                constraints.add(new RequiredIf(STATE, state, meaning.options(group.names())));
            }
        }
    }

    private static boolean isToldByParts(Meaning meaning) {
        return meaning.operation().parameters().stream().anyMatch(Meaning::isToldByParts);
    }

    private static List<String> neededParts() {
        return RuleSpec.PARAMETERS.stream()
                .filter(Parameter::isNeeded)
                .map(part -> Names.snakeCased(part.name()))
                .toList();
    }
}
