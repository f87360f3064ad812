package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredIf;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredTogether;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.List;
import java.util.Optional;

/** {@code iplb_rule}: a rule on a route that is there. */
final class RuleModule implements IplbModule {
    @Override
    public List<Constraint> constraints() {
        return List.of(
                new RequiredIf("state", States.PRESENT, "field"),
                new RequiredIf("state", States.ABSENT, "name", "field"),
                new RequiredTogether("field", "match"));
    }

    @Override
    public Work work(Arguments arguments) {
        Reference route = Reference.parse("route", arguments.text("route"));
        return States.isAbsent(arguments)
                ? States.removal(arguments, removable(route, arguments))
                : Work.of(new EnsureRule(
                        arguments.text("service"),
                        States.protocol(arguments),
                        route,
                        Rules.rule(arguments),
                        arguments.text("name")));
    }

    /** By its name, or else by what it says. */
    private static Removable.Rule removable(Reference route, Arguments arguments) {
        Optional<Reference> name = States.reference(arguments, "name");
        Optional<RuleSpec> says = name.isPresent() ? Optional.empty() : Optional.of(Rules.rule(arguments));
        return new Removable.Rule(route, name, says);
    }
}
