package io.jenkins.plugins.iplb.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What several peers do in turn, in steps each of which finds what the one before it has left. */
interface Course {
    /** Makes the world as the first step is to find it, and puts what the peers read into the directory that they run in. */
    void begin(Path directory) throws IOException;

    List<Step> steps();

    /**
     * One of its steps.
     *
     * @param roundTrips how many must follow one another, whoever does it: two until a TLS connection is there, and one for
     *     each request that needs the answer of another one
     * @param waiting how long OVH takes for it besides
     * @param arguments of each peer's command; a peer that has none does not take part
     * @param exit what a peer ends with, where that is not 0
     * @param end what must be so after it
     */
    record Step(
            String title,
            int roundTrips,
            Duration waiting,
            Map<String, List<String>> arguments,
            Map<String, Integer> exit,
            End end) {
        Step(String title, int roundTrips, Map<String, List<String>> arguments, End end) {
            this(title, roundTrips, Duration.ZERO, arguments, Map.of(), end);
        }
    }

    /** Throws what is not so. */
    interface End {
        void check(Path directory) throws IOException;

        static void mustBe(boolean so, String otherwise) {
            if (!so) {
                throw new IllegalStateException(otherwise);
            }
        }
    }
}
