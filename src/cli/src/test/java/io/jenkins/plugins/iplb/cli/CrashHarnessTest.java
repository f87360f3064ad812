package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.cli.CrashBench.Life;
import io.jenkins.plugins.iplb.cli.CrashBench.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OVH's guides as four commands, each of them killed at every moment of its life that makes a difference, and started
 * again: nobody can tell the end from that of a quiet life.
 */
class CrashHarnessTest {
    private static final List<String> SCENARIO = List.of(
            "add-route --service $S --protocol tcp --frontend https --farm web-http2 --name http2"
                    + " --rule 'protocol is http/2.0' --rule 'sni is www.shop.example'",
            "set-stickiness --service $S --protocol http --farm app --mode cookie",
            "move-failover --ip 203.0.113.7 --to $S",
            "refresh --service $S");

    private record Boundary(int command, Moment moment, int time) {}

    @TempDir
    private Path directory;

    @Test
    void aCommandThatIsKilledAndStartedAgainEndsAsIfNothingHadHappened() throws Exception {
        long start = System.nanoTime();
        List<Life> lives = new ArrayList<>();
        List<String> quiet;
        try (CrashBench bench = new CrashBench(Files.createDirectory(directory.resolve("quiet")))) {
            for (String command : SCENARIO) {
                lives.add(bench.live(command));
            }
            bench.assertTruthful(SCENARIO.size());
            quiet = bench.deeds();
        }

        List<Boundary> boundaries = boundaries(lives);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> crashes = new ArrayList<>();
            boundaries.forEach(boundary -> crashes.add(two.submit(() -> crash(boundary, quiet))));
            for (Future<?> crash : crashes) {
                crash.get();
            }
        } finally {
            two.shutdownNow();
        }
        System.out.printf(
                "crash harness: %d boundaries of %d calls and %d things stored by %d commands, all the same end, %.0f s%n",
                boundaries.size(),
                lives.stream().mapToInt(Life::calls).sum(),
                lives.stream().mapToInt(Life::stored).sum(),
                SCENARIO.size(),
                (System.nanoTime() - start) / 1e9);
    }

    private static List<Boundary> boundaries(List<Life> lives) {
        List<Boundary> all = new ArrayList<>();
        for (int command = 0; command < lives.size(); command++) {
            for (Moment moment : Moment.values()) {
                for (int time : lives.get(command).of(moment)) {
                    all.add(new Boundary(command, moment, time));
                }
            }
        }
        return all;
    }

    private Void crash(Boundary boundary, List<String> quiet) throws Exception {
        Path own = Files.createTempDirectory(directory, "crash");
        try (CrashBench bench = new CrashBench(own)) {
            SCENARIO.subList(0, boundary.command()).forEach(bench::run);
            bench.die(SCENARIO.get(boundary.command()), boundary.moment(), boundary.time());

            SCENARIO.subList(boundary.command(), SCENARIO.size()).forEach(bench::run);

            assertThat(bench.deeds()).containsExactlyElementsOf(quiet);
            bench.assertTruthful(SCENARIO.size());
            return null;
        } catch (AssertionError e) {
            throw new AssertionError(boundary + ": " + e.getMessage(), e);
        }
    }
}
