package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.MutuallyExclusive;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredIf;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.Reference;
import io.jenkins.plugins.iplb.change.RouteTarget;
import java.util.List;
import java.util.Optional;

/** {@code iplb_route}: a route on a frontend, with its rules. */
final class RouteModule implements IplbModule {
    @Override
    public List<Constraint> constraints() {
        return List.of(
                new MutuallyExclusive("farm", "redirect", "reject"),
                new RequiredIf("state", "present", "farm", "redirect", "reject"));
    }

    @Override
    public Work work(Arguments arguments) {
        EnsureRoute change = new EnsureRoute(
                arguments.text("service"),
                Protocol.parse(arguments.text("protocol"), Protocol.TCP, Protocol.HTTP),
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
                        .map(rules -> rules.stream().map(Rules::rule).toList()));
        return engine -> engine.run((operations, options) -> operations.change(change, options));
    }
}
