package io.jenkins.plugins.iplb.ansible.spec;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;

/** Arguments that a module does not take. */
final class Refusal extends IplbException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(FailureKind.USAGE, message);
    }
}
