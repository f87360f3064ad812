package io.jenkins.plugins.iplb.jenkins.record;

import io.jenkins.plugins.iplb.record.Difference;

/** What is made different, as pages show it. */
public final class ShownDifference {
    private final Difference difference;

    public ShownDifference(Difference difference) {
        this.difference = difference;
    }

    public String getPath() {
        return difference.path();
    }

    /** Null for nothing. */
    public String getBefore() {
        return difference.was().orElse(null);
    }

    /** Null for nothing. */
    public String getAfter() {
        return difference.becomes().orElse(null);
    }
}
