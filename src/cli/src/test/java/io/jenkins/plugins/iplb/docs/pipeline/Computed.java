package io.jenkins.plugins.iplb.docs.pipeline;

import io.jenkins.plugins.iplb.failure.InvalidInput;

/**
 * A value that is known when the Pipeline runs, and counts as its kind until then.
 *
 * @param text as it stands in the Pipeline
 */
record Computed(Kind kind, String text) {
    enum Kind {
        ANY("a value"),
        TEXT("a text"),
        FLAG("true, false"),
        LIST("a list"),
        MAP("a map"),
        BLOCK("a block");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** @throws InvalidInput when it is of none of these kinds */
    void mustBe(String name, Kind... allowed) {
        if (kind == Kind.ANY) {
            return;
        }
        for (Kind each : allowed) {
            if (each == kind) {
                return;
            }
        }
        throw new InvalidInput(name, text, allowed[0].words());
    }
}
