package io.jenkins.plugins.iplb.jenkins.form;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.Arguments;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.List;

/** A rule that stands for itself: declared like an operation, of which its form and its arguments are made. */
final class Rules {
    static final OperationType TYPE = new OperationType(
            "rule",
            "A rule: what a route looks at, and what it must be.",
            null,
            false,
            RuleSpec.NAMED_PARAMETERS,
            List.of(),
            Rules::check);

    private Rules() {}

    /** Whether any route takes it; which one it is on does not stand beside it. */
    private static Operation check(Arguments given) {
        RuleSpec rule = RuleSpec.of(given.values().json());
        try {
            rule.check(Protocol.TCP);
        } catch (InvalidInput e) {
            rule.check(Protocol.HTTP);
        }
        return null;
    }
}
