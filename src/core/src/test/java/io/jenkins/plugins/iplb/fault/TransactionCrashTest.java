package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.operation.Transaction;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.HeldTurn;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import io.jenkins.plugins.iplb.testing.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A transaction whose controller dies before and after every write, everything that is written down and every state that is
 * kept. After its restart it goes on with the ids and the state that it has kept, or is closed where it stands: all of it is live
 * in the end or nothing, and nothing waits for somebody else's refresh.
 */
class TransactionCrashTest {
    private static final List<String> ZONES = List.of("gra", "rbx");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private final TestClock clock = new TestClock();
    private Sandbox sandbox;
    private int lives;

    /** What becomes of one. */
    private enum Story {
        /** Its body ends well: what it has staged is made live. */
        SUCCEEDS,
        /** Its body fails behind a refresh: what is live is undone, too. */
        FAILS,
        /** The build is stopped when the controller is there again: the step that has died with it is not gone on with. */
        IS_STOPPED
    }

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder().clock(clock).world(Bench::quick).start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void whereverItsControllerDiesItEndsAsAWhole(Story story) throws IOException {
        Fuse counted = Fuse.none();
        Life quiet = new Life(story);
        quiet.live(counted);
        quiet.assertEnded();

        for (int moment = 1; moment <= counted.passed(); moment++) {
            Life life = new Life(story);
            Fuse fuse = new Fuse(each -> true, moment);
            life.live(fuse);
            assertThat(fuse.isDead()).isTrue();
            life.restart();

            life.live(Fuse.none());

            try {
                life.assertEnded();
            } catch (AssertionError e) {
                throw new AssertionError("After a crash at moment %d: %s".formatted(moment, e.getMessage()), e);
            }
        }
        System.out.printf(
                "crash harness: transaction that %s killed at %d boundaries, all or nothing each time%n",
                story.name().toLowerCase(Locale.ROOT).replace('_', ' '), counted.passed());
    }

    /** What outlives a crash: what is at OVH, the record, and what the controller has kept. */
    private final class Life {
        private final Story story;
        private final ServiceSeed lb;
        private final Path record;
        private final Transaction transaction;
        private final SortedMap<String, String> before;
        private final List<Operation.OnLoadBalancer> body;
        private int step;
        private boolean closed;
        private RefreshState kept;

        Life(Story story) throws IOException {
            this.story = story;
            String service = "loadbalancer-" + ++lives;
            this.lb = sandbox.world().service(service).zones(ZONES.toArray(String[]::new));
            long old = lb.add("http/farm", Map.of("displayName", "old", "zone", "all", "port", 8080));
            lb.add("http/frontend", Map.of("displayName", "site", "port", "80", "zone", "all", "defaultFarmId", old));
            lb.deployed();
            this.before = View.of(lb::staged);
            this.record = Files.createDirectory(directory.resolve(service)).resolve("iplb-changes.json");
            this.transaction = new Transaction(new UUID(lives, lives).toString(), service);
            Operation.OnLoadBalancer farm =
                    operation("ensure-farm", "{'protocol': 'http', 'farm': 'new', 'zone': 'all'}");
            Operation.OnLoadBalancer route = operation(
                    "add-route",
                    "{'protocol': 'http', 'frontend': 'site', 'farm': 'new', 'rules': ['uri startswith /a']}");
            this.body = story == Story.FAILS ? List.of(farm, refresh(), route) : List.of(farm, route);
        }

        private Operation.OnLoadBalancer operation(String name, String parameters) {
            Fields given = new Fields((ObjectNode) Bench.json(parameters)).with("service", lb.name());
            return (Operation.OnLoadBalancer) Catalogue.named(name).operation(given);
        }

        private Operation.OnLoadBalancer refresh() {
            return Operation.of(new RefreshRequest(lb.name(), List.of(), false, true));
        }

        /** What the build does when its controller is there again. */
        void restart() {
            if (story == Story.IS_STOPPED) {
                step = body.size();
            }
        }

        /** From where it is, to its end or until the controller dies. */
        void live(Fuse fuse) {
            try (MortalProcess process = MortalProcess.start(sandbox, clock, record, fuse)) {
                HeldTurn turn = process.operations()
                        .hold(transaction, options(process, "turn"))
                        .join();
                Operations within = process.operations().within(turn);
                for (; step < body.size() && !fuse.isDead(); step = fuse.isDead() ? step : step + 1) {
                    end(
                            process,
                            fuse,
                            () -> within.run(body.get(step), transaction.of(options(process, "step " + step))));
                }
                if (!fuse.isDead()) {
                    end(process, fuse, () -> close(process, within, fuse));
                    closed = !fuse.isDead();
                }
            }
        }

        private CompletableFuture<Report> close(MortalProcess process, Operations within, Fuse fuse) {
            if (story != Story.SUCCEEDS) {
                return within.run(
                        new Operation.Undoing(lb.name(), () -> transaction.undoing(entries())),
                        options(process, "undo"));
            }
            Options refresh = options(process, "refresh");
            List<RecordedEntry> others = entries().stream()
                    .filter(entry -> !entry.id().equals(refresh.id()))
                    .toList();
            return within.run(
                    new Operation.Refreshing(transaction.refresh(others), Optional.ofNullable(kept), state -> {
                        fuse.reach("before keep");
                        kept = state;
                        fuse.reach("after keep");
                    }),
                    transaction.of(refresh));
        }

        private static void end(MortalProcess process, Fuse fuse, Supplier<CompletableFuture<Report>> work) {
            Throwable failure = process.end(work);
            assertThat(fuse.isDead() || failure == null).as("%s", failure).isTrue();
        }

        private Options options(MortalProcess process, String what) {
            return process.options(UUID.nameUUIDFromBytes((transaction.id() + what).getBytes(StandardCharsets.UTF_8))
                    .toString());
        }

        private List<RecordedEntry> entries() {
            return Files.exists(record) ? RecordReader.read(record) : List.of();
        }

        /** As a whole, once, and live where anything is; what is staged is what is live. */
        void assertEnded() {
            assertThat(closed).isTrue();
            SortedMap<String, String> staged = View.of(lb::staged);
            if (story == Story.SUCCEEDS) {
                SortedMap<String, String> added = new TreeMap<>(staged);
                added.keySet().removeAll(before.keySet());
                assertThat(added)
                        .containsEntry("http/farm new", "1")
                        .containsEntry("http/route uri startswith /a", "1")
                        .containsEntry("http/route uri startswith /a.farm", "new")
                        .containsEntry("http/route uri startswith /a.frontend", "site")
                        .containsEntry("http/route uri startswith /a rule uri startswith /a", "1");
            } else {
                assertThat(staged).isEqualTo(before);
            }
            ZONES.forEach(
                    zone -> assertThat(View.of(kind -> lb.live(zone, kind))).isEqualTo(staged));
            List<RecordedEntry> open =
                    entries().stream().filter(RecordedEntry::open).toList();
            assertThat(open).hasSizeLessThanOrEqualTo(story == Story.IS_STOPPED ? 1 : 0);
        }
    }
}
