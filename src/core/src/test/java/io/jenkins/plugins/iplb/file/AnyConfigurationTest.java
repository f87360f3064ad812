package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.operation.Configuration;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any load balancer and any change file, against a model of what the one makes of the other. {@code -Dconfigurations=N} runs
 * so many, {@code -Dconfiguration=N} that one.
 */
class AnyConfigurationTest {
    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private final TestClock clock = new TestClock();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder().clock(clock).world(world -> world).start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void whatIsPlannedIsWhatIsAppliedAndThenThereIsNothingToPlan() throws IOException {
        Integer one = Integer.getInteger("configuration");
        int from = one == null ? 0 : one;
        int to = one == null ? Integer.getInteger("configurations", 500) : one + 1;
        int changes = 0;
        int calls = 0;
        for (int seed = from; seed < to; seed++) {
            try {
                Case tried = new Case(seed);
                tried.holds();
                changes += tried.applied.result().path(Configuration.CHANGES).size();
                calls += tried.applied.writes();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dconfiguration=%d: %s".formatted(seed, e.getMessage()), e);
            }
        }
        System.out.printf(
                "any configuration: seeds %d to %d, %d changes by %d calls, all as the model says%n",
                from, to - 1, changes, calls);
        assertThat(changes).isPositive();
    }

    private final class Case {
        private final Bench bench;
        private final SeededState state;
        private final Wanted wanted;
        private final String file;
        private Report planned;
        private Report applied;

        private Case(int seed) throws IOException {
            bench = new Bench(sandbox, clock, Files.createDirectory(directory.resolve("case-" + seed)));
            wanted = new Wanted(seed);
            state = new SeededState(
                    sandbox.world().service("loadbalancer-" + seed).zones("gra", "rbx"));
            state.make(wanted.start());
            assertThat(state.now()).as("the start").isEqualTo(wanted.start());
            file = wanted.file("loadbalancer-" + seed, state.ids()).toPrettyString();
            bench.forget();
        }

        private void holds() {
            try {
                StoredPlan plan = plan();
                assertThat(bench.writes()).isEmpty();

                apply(plan);
                assertThat(state.now()).isEqualTo(wanted.after());
                assertThat(sandbox.calls().all()).extracting(Exchange::status).allMatch(status -> status == 200);
                assertThat(applied.writes()).isEqualTo(bench.writes().size()).isEqualTo(calls(planned));
                assertThat(applied.diff()).isEqualTo(planned.diff());
                assertThat(bench.entries()).noneMatch(RecordedEntry::open);

                plan();
                assertThat(planned.diff()).isEmpty();
                assertThat(planned.changed()).isFalse();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "%s%n%s%nof%n%s"
                                .formatted(e.getMessage(), file, wanted.start().toPrettyString()),
                        e);
            }
        }

        private StoredPlan plan() {
            StoredPlan.Drawing drawing = new StoredPlan.Drawing("iplb.yaml", file, name -> Optional.empty());
            planned = run(drawing.file().loadBalancers().get(0).operation(false), true);
            return StoredPlan.parse(
                    "plan.json", drawing.plan(List.of(planned)).json().toString());
        }

        private void apply(StoredPlan plan) {
            applied = run(plan.operations(name -> Optional.empty(), false).get(0), false);
        }

        private Report run(Operation.Configuring wish, boolean check) {
            return bench.ended(bench.operations().run(wish, bench.options(check)));
        }

        private static int calls(Report plan) {
            int calls = 0;
            for (JsonNode change : plan.result().path(Configuration.CHANGES)) {
                calls += change.path("calls").asInt();
            }
            return calls;
        }
    }
}
