package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.MutuallyExclusive;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredIf;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredOneOf;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredTogether;
import io.jenkins.plugins.iplb.ansible.spec.Names;
import io.jenkins.plugins.iplb.change.Drain;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.change.SwitchFarm;
import io.jenkins.plugins.iplb.change.Undrain;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.operation.RecordOperations;
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

    private static final Map<String, IplbModule> ALL = Map.ofEntries(
            entry("iplb_route", Meaning.of("add-route"), Meaning.named("remove-route", "route")),
            entry("iplb_rule", Meaning.of("add-rule"), Meaning.named("remove-rule", "rule")),
            entry(
                    "iplb_frontend",
                    Meaning.named("ensure-frontend", "frontend"),
                    Meaning.named("remove-frontend", "frontend")),
            entry("iplb_farm", Meaning.named("ensure-farm", "farm"), Meaning.named("remove-farm", "farm")),
            entry("iplb_server", Meaning.named("ensure-server", "server"), Meaning.named("remove-server", "server")),
            entry(
                    "iplb_certificate",
                    Meaning.of("ensure-certificate"),
                    Meaning.named("remove-certificate", "certificate")),
            entry("iplb_certificate_rotation", Meaning.of("rotate-certificate"), null),
            entry("iplb_free_certificate", Meaning.of("order-free-certificate"), null),
            entry("iplb_config", new Meaning(FileOperations.CONFIGURING, "file", "path"), null),
            entry("iplb_drift", new Meaning(FileOperations.LOOKING, "file", "path"), null),
            entry("iplb_rollback", new Meaning(RecordOperations.UNDOING, "file", "path"), null),
            entry("iplb_service", Meaning.of("set-service"), null),
            entry("iplb_failover", Meaning.of("move-failover"), Meaning.named("park-failover", "service", "to")),
            entry(
                    "iplb_vrack_network",
                    Meaning.named("ensure-vrack-network", "network"),
                    Meaning.named("remove-vrack-network", "network")),
            entry("iplb_drain", Meaning.of(Drain.OPERATION), null),
            entry("iplb_undrain", Meaning.of(Undrain.OPERATION), null),
            entry("iplb_switch_farm", Meaning.of(SwitchFarm.OPERATION), null),
            entry("iplb_refresh", Meaning.of("refresh"), null),
            entry("iplb_enable_http2", Meaning.of(EnableHttp2.OPERATION), null),
            entry("iplb_check_http2", Meaning.of("check-http2"), null),
            entry("iplb_check_traffic", Meaning.of("check-traffic"), null),
            entry("iplb_check_metrics", Meaning.of("check-metrics"), null),
            entry("iplb_info", Meaning.of("show"), null),
            entry("iplb_metrics_token", Meaning.of("metrics-token"), null));

    private static Map.Entry<String, IplbModule> entry(String name, Meaning present, Meaning absent) {
        return Map.entry(name, new IplbModule(present, absent));
    }

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
