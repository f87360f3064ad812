package io.jenkins.plugins.iplb.jenkins.drift;

import java.time.Instant;
import java.util.List;

/**
 * What a look for drift has found.
 *
 * @param lines as people read it; why, if it could not be looked
 */
public record FoundDrift(Instant at, State state, List<String> lines) {

    /** What is known then. */
    public enum State {
        NONE,
        DRIFTED,
        /** It could not be looked. */
        UNKNOWN
    }

    /** Whether there is any, or it could not be looked. */
    public boolean drifted() {
        return state != State.NONE;
    }

    /** All of it in one line. */
    public String sum() {
        return lines.get(lines.size() - 1);
    }
}
