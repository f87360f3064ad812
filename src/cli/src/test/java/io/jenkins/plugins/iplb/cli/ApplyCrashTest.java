package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.cli.CrashBench.Life;
import io.jenkins.plugins.iplb.cli.CrashBench.Moment;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
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
 * An apply killed at every write and at everything that is stored, and started again. Calls go side by
 * side, so that the same moment is another call each time: what counts is the end.
 */
class ApplyCrashTest {
    private static final String FILE = """
            loadBalancer: %s
            http:
              farms:
                blue:
                  zone: all
                  port: 80
                  servers: {192.0.2.10: }
              frontends:
                site:
                  zone: all
                  port: 8088
                  farm: blue
                  routes:
                    api: {farm: blue, rules: [uri startswith /api]}
            """;

    @TempDir
    private Path directory;

    private record Boundary(Moment moment, int time) {}

    @Test
    void anApplyThatIsKilledAndStartedAgainDoublesNothingAndLeavesNothingOpen() throws Exception {
        Life life;
        List<String> quiet;
        try (CrashBench bench = bench("quiet")) {
            life = bench.live("apply iplb.yaml");
            quiet = withoutIds(bench);
        }
        List<Boundary> boundaries = new ArrayList<>();
        life.of(Moment.BEFORE_IT_IS_STORED)
                .forEach(time -> boundaries.add(new Boundary(Moment.BEFORE_IT_IS_STORED, time)));
        for (int time : life.writes()) {
            boundaries.add(new Boundary(Moment.BEFORE_THE_EFFECT, time));
            boundaries.add(new Boundary(Moment.BEFORE_THE_ANSWER, time));
        }
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
                "crash harness: apply killed at %d boundaries of %d writes and %d things stored, all the same end%n",
                boundaries.size(), life.writes().size(), life.stored());
    }

    private Void crash(Boundary boundary, List<String> quiet) throws Exception {
        try (CrashBench bench = bench(boundary.moment() + "-" + boundary.time())) {
            bench.die("apply iplb.yaml", boundary.moment(), boundary.time());

            bench.run("apply iplb.yaml");

            assertThat(withoutIds(bench)).containsExactlyInAnyOrderElementsOf(quiet);
            bench.assertNothingOpen();
            bench.run("plan iplb.yaml");
            return null;
        } catch (AssertionError e) {
            throw new AssertionError(boundary + ": " + e.getMessage(), e);
        }
    }

    private static List<String> withoutIds(CrashBench bench) {
        return bench.deeds().stream()
                .map(deed -> deed.replaceAll("\\b10\\d{3}\\b", "*"))
                .toList();
    }

    private CrashBench bench(String name) throws IOException {
        Path own = Files.createDirectory(directory.resolve(name));
        Files.writeString(own.resolve("iplb.yaml"), FILE.formatted(DemoWorld.SERVICE));
        return new CrashBench(own);
    }
}
