package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.run.Report;

/** Valid work, ready to be carried out. */
@FunctionalInterface
public interface Work {

    /** To make a wish true. */
    static Work of(Change change) {
        return of(Operation.of(change));
    }

    static Work of(Operation operation) {
        return engine -> engine.run(operation);
    }

    /** @throws io.jenkins.plugins.iplb.failure.IplbException when it cannot be done */
    Report carryOut(Engine engine);
}
