package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Configuration;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Rollback;
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
        sandbox = Sandbox.builder().clock(clock).world(Bench::quick).start();
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
        int refused = 0;
        for (int seed = from; seed < to; seed++) {
            try {
                Case tried = new Case(seed);
                tried.holds();
                changes += tried.applied.result().path(Configuration.CHANGES).size();
                calls += tried.applied.writes();
                refused += tried.undone ? 0 : 1;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dconfiguration=%d: %s".formatted(seed, e.getMessage()), e);
            }
        }
        System.out.printf(
                "any configuration: seeds %d to %d, %d changes by %d calls, all as the model says, exported and undone; %d refused%n",
                from, to - 1, changes, calls, refused);
        assertThat(changes).isPositive();
        assertThat(refused).as("where two farms of one name are made again").isLessThanOrEqualTo((to - from) / 20 + 1);
    }

    private final class Case {
        private final Bench bench;
        private final SeededState state;
        private final Wanted wanted;
        private final String service;
        private final String file;
        private Report planned;
        private Report applied;
        private boolean undone;

        private Case(int seed) throws IOException {
            bench = new Bench(sandbox, clock, Files.createDirectory(directory.resolve("case-" + seed)));
            wanted = new Wanted(seed);
            service = "loadbalancer-" + seed;
            state = new SeededState(sandbox.world().service(service).zones("gra", "rbx"));
            state.make(wanted.start());
            assertThat(state.now()).as("the start").isEqualTo(wanted.start());
            file = wanted.file(service, state.ids()).toPrettyString();
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

                List<RecordedEntry> record = bench.entries();
                plan();
                assertNothingToDo();

                planExported();
                assertNothingToDo();

                undone = rollback(record);
                assertThat(Wanted.told(state.now()))
                        .as("after its rollback")
                        .isEqualTo(Wanted.told(undone ? wanted.start() : wanted.after()));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "%s%n%s%nof%n%s"
                                .formatted(e.getMessage(), file, wanted.start().toPrettyString()),
                        e);
            }
        }

        private void assertNothingToDo() {
            assertThat(planned.diff()).isEmpty();
            assertThat(planned.changed()).isFalse();
        }

        /** @return false when it is refused because names alone do not tell which farm is meant */
        private boolean rollback(List<RecordedEntry> record) {
            if (record.isEmpty()) {
                return true;
            }
            bench.forget();
            try {
                bench.ended(bench.operations()
                        .run(new Operation.Undoing(Rollback.of(record, false, false)), bench.options(false)));
                return true;
            } catch (IplbException e) {
                assertThat(e).hasMessageMatching(".*(by its name another one is meant|more than one farm is named).*");
                assertThat(bench.writes()).isEmpty();
                return false;
            }
        }

        private void planExported() {
            String exported = Export.of(new Snapshot(bench.session(), service), Parts.ALL);
            planned = run(
                    ChangeFile.read("exported.yaml", exported, name -> Optional.empty())
                            .loadBalancers()
                            .get(0)
                            .operation(false),
                    true);
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
