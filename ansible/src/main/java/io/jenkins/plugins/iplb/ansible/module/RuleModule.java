package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.Reference;

/** {@code iplb_rule}: a rule on a route that is there. */
final class RuleModule implements IplbModule {
    @Override
    public Work work(Arguments arguments) {
        EnsureRule change = new EnsureRule(
                arguments.text("service"),
                Protocol.parse(arguments.text("protocol"), Protocol.TCP, Protocol.HTTP),
                Reference.parse("route", arguments.text("route")),
                Rules.rule(arguments),
                arguments.text("name"));
        return engine -> engine.run((operations, options) -> operations.change(change, options));
    }
}
