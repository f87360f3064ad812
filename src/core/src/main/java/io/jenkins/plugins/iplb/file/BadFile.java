package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.List;
import java.util.stream.Collectors;

/** A change file that cannot be meant. The message has a line for each mistake, in the order of the file. */
public final class BadFile extends IplbException {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    BadFile(List<Mistake> mistakes) {
        super(
                FailureKind.USAGE,
                mistakes.stream().map(Mistake::toString).collect(Collectors.joining(System.lineSeparator())));
        this.mistakes = mistakes;
    }

    /** In the order of the file. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
