package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.IplbException;

/** A command whose options have other names than the parameters that they are for. */
interface Worded {
    /** A failure in the words of this command. */
    IplbException worded(IplbException failure);
}
