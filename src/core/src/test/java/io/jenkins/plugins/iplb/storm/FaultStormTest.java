package io.jenkins.plugins.iplb.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 200 builds on 5 load balancers, and every tenth call goes wrong. {@code -Dstorm.seeds=500} runs so many, {@code
 * -Dstorm.seed=7} this one.
 */
class FaultStormTest {
    private static final int BUILDS = 200;
    private static final double SHARE = 0.1;

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    static LongStream seeds() {
        Long seed = Long.getLong("storm.seed");
        return seed == null ? LongStream.rangeClosed(1, Long.getLong("storm.seeds", 20)) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stateRecordsAndTheLogOfTheCallsAgreeAfterTheStorm(long seed) {
        long start = System.nanoTime();
        try (FaultStorm storm = new FaultStorm(seed, SHARE, BUILDS, directory)) {
            storm.run();

            storm.assertStaged();
            storm.assertLive();
            List<Exchange> log = storm.sandbox().calls().all();
            Audit audit = new Audit(storm.records(), log);
            audit.assertTrue();
            System.out.printf(
                    "fault storm: seed %d: %d builds, %d failed runs, %d calls, %d faults, %d writes in %d entries, %d refreshes, %.1f s%n",
                    seed,
                    BUILDS,
                    storm.failures(),
                    log.size(),
                    log.stream().filter(call -> !call.fault().isEmpty()).count(),
                    audit.writes(),
                    audit.entries(),
                    storm.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh"),
                    (System.nanoTime() - start) / 1e9);
        } catch (AssertionError e) {
            throw new AssertionError("With -Dstorm.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void aSeedIsTheSameStormEachTime() throws IOException {
        Path first = Files.writeString(directory.resolve("first"), shape("1"));
        Path second = Files.writeString(directory.resolve("second"), shape("2"));

        assertThat(second).hasSameTextualContentAs(first);
    }

    /** All calls of a small storm and what came of them. */
    private String shape(String name) throws IOException {
        Path records = Files.createDirectory(directory.resolve(name));
        try (FaultStorm storm = new FaultStorm(1, SHARE, 40, records)) {
            storm.run();
            return storm.sandbox().calls().all().stream()
                    .map(call -> "%s %s %s %s%n".formatted(call.time(), call.method(), call.rawPath(), call.outcome()))
                    .collect(Collectors.joining());
        }
    }
}
