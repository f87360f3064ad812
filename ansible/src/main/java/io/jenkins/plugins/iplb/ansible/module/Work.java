package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.run.Report;

/** Valid work, ready to be carried out. */
@FunctionalInterface
public interface Work {

    /** @throws io.jenkins.plugins.iplb.failure.IplbException when it cannot be done */
    Report carryOut(Engine engine);
}
