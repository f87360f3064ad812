package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.parameter.RuleSpec;

/** The options of a rule, which are the same on its own and in the list of a route. */
final class Rules {
    private Rules() {}

    static RuleSpec rule(Arguments arguments) {
        return new RuleSpec(
                arguments.text("field"),
                arguments.text("sub_field"),
                arguments.text("match"),
                arguments.flag("negate"),
                arguments.text("pattern"));
    }
}
