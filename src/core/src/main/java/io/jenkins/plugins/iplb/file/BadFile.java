package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.failure.OneLine;
import java.util.List;
import java.util.stream.Collectors;

/** A change file that cannot be meant. The message has a line for each mistake, in the order of the file. */
public final class BadFile extends IplbException {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    BadFile(List<Mistake> mistakes) {
        super(FailureKind.USAGE, joined(mistakes, " "));
        this.mistakes = mistakes;
    }

    @Override
    public String getMessage() {
        return mistakes == null ? super.getMessage() : joined(mistakes, System.lineSeparator());
    }

    private static String joined(List<Mistake> mistakes, String between) {
        return mistakes.stream().map(Mistake::toString).map(OneLine::of).collect(Collectors.joining(between));
    }

    /** In the order of the file. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
