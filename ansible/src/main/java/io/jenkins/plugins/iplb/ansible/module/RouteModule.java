package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.MutuallyExclusive;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredIf;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.RouteTarget;
import java.util.List;
import java.util.Optional;

/** {@code iplb_route}: a route on a frontend, with its rules. */
final class RouteModule implements IplbModule {
    @Override
    public List<Constraint> constraints() {
        return List.of(
                new MutuallyExclusive("farm", "redirect", "reject"),
                new RequiredIf("state", States.PRESENT, "frontend"),
                new RequiredIf("state", States.PRESENT, "farm", "redirect", "reject"),
                new RequiredIf("state", States.ABSENT, "name"));
    }

    @Override
    public Work work(Arguments arguments) {
        if (States.isAbsent(arguments)) {
            return States.removal(
                    arguments,
                    new Removable.Route(
                            Reference.parse("name", arguments.text("name")), States.reference(arguments, "frontend")));
        }
        return Work.of(new EnsureRoute(
                arguments.text("service"),
                States.protocol(arguments),
                Reference.parse("frontend", arguments.text("frontend")),
                RouteTarget.of(
                        arguments.text("farm"),
                        arguments.text("redirect"),
                        arguments.flag("reject"),
                        arguments.number("status")),
                Optional.ofNullable(arguments.number("weight")),
                arguments.text("name"),
                arguments
                        .groups("rules")
                        .map(rules -> rules.stream().map(Rules::rule).toList())));
    }
}
