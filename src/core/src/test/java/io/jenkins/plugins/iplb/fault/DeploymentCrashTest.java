package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.deployment.Body;
import io.jenkins.plugins.iplb.deployment.Deployment;
import io.jenkins.plugins.iplb.deployment.Rolling;
import io.jenkins.plugins.iplb.deployment.Shift;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What deployments take, whose process dies before and after every write to OVH and to the record and every run of the body, and
 * is started again with the same id and record: it ends as if nothing had happened.
 */
class DeploymentCrashTest {
    private static final List<String> ZONES = List.of("gra", "rbx");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private final TestClock clock = new TestClock();
    private Sandbox sandbox;
    private int lives;

    /** What is begun. */
    private enum Story {
        DRAIN("drain", "{'farm': 'web', 'servers': ['web-1', 'web-2'], 'emptyAfter': '30s'}"),
        SWAP("switch-farm", "{'frontend': 'site', 'farm': 'green', 'and': 'preview'}"),
        ROLLING("rolling", "{'farm': 'web', 'emptyAfter': '5s'}"),
        /** Of one server it fails, each time. */
        ROLLING_THAT_FAILS("rolling", "{'farm': 'web', 'emptyAfter': '5s'}"),
        /** While the second server is out. */
        ROLLING_THAT_IS_CALLED_OFF("rolling", "{'farm': 'web', 'emptyAfter': '5s'}"),
        SHIFT(
                "shift",
                "{'farm': 'web', 'from': ['web-1', 'web-2'], 'to': ['web-3'], 'steps': [25, 100], 'every': '5m'}"),
        /** Of the second share it fails, each time. */
        SHIFT_THAT_FAILS(
                "shift",
                "{'farm': 'web', 'from': ['web-1', 'web-2'], 'to': ['web-3'], 'steps': [25, 60], 'every': '5m'}");

        private final String operation;
        private final String parameters;

        Story(String operation, String parameters) {
            this.operation = operation;
            this.parameters = parameters;
        }
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
    void whereverItsProcessDiesItEndsTheSame(Story story) throws IOException {
        Fuse counted = Fuse.none();
        Life quiet = new Life(story);
        quiet.live(counted);
        quiet.assertWhole();

        for (int moment = 1; moment <= counted.passed(); moment++) {
            Life life = new Life(story);
            Fuse fuse = new Fuse(each -> true, moment);
            life.live(fuse);
            assertThat(fuse.isDead()).isTrue();

            life.live(Fuse.none());

            try {
                life.assertWhole();
                assertThat(life.end()).isEqualTo(quiet.end());
            } catch (AssertionError e) {
                throw new AssertionError("After a crash at moment %d: %s".formatted(moment, e.getMessage()), e);
            }
        }
        System.out.printf(
                "crash harness: %s killed at %d boundaries, the same end each time%n",
                story.name().toLowerCase(Locale.ROOT).replace('_', ' '), counted.passed());
    }

    /** What outlives a crash: what is at OVH, and the record. */
    private final class Life {
        private final Story story;
        private final ServiceSeed lb;
        private final Path record;
        private final String id;
        private final List<String> deployed = new ArrayList<>();
        private Deployment<?> deployment;
        private String outcome;

        Life(Story story) throws IOException {
            this.story = story;
            String service = "loadbalancer-" + ++lives;
            this.lb = sandbox.world().service(service).zones(ZONES.toArray(String[]::new));
            long web = lb.add("http/farm", Map.of("displayName", "web", "zone", "all", "port", 8080));
            long green = lb.add("http/farm", Map.of("displayName", "green", "zone", "all", "port", 8080));
            for (int i = 1; i <= 3; i++) {
                lb.add(
                        "http/server",
                        web,
                        Map.of("displayName", "web-" + i, "address", "192.0.2.1" + i, "status", "active"));
            }
            lb.add("http/frontend", Map.of("displayName", "site", "port", "80", "zone", "all", "defaultFarmId", web));
            lb.add(
                    "http/frontend",
                    Map.of("displayName", "preview", "port", "81", "zone", "all", "defaultFarmId", green));
            lb.deployed();
            this.record = Files.createDirectory(directory.resolve(service)).resolve("iplb-changes.json");
            this.id = new UUID(lives, lives).toString();
        }

        /** To its end, or until the process dies. */
        void live(Fuse fuse) {
            try (MortalProcess process = MortalProcess.start(sandbox, clock, record, fuse)) {
                Throwable failure = process.end(() -> begin(process, fuse));
                outcome = failure == null ? "well" : failure.getMessage();
            }
        }

        private CompletableFuture<Report> begin(MortalProcess process, Fuse fuse) {
            Operations operations = process.operations();
            Options options = process.options(id);
            Fields given = new Fields((ObjectNode) Bench.json(story.parameters))
                    .with("service", lb.name())
                    .with("protocol", "http");
            if (story.operation.equals("rolling")) {
                deployment = deployment(operations, DeploymentOperations.ROLLING, given, options, body(fuse));
                return deployment.run();
            }
            if (story.operation.equals("shift")) {
                deployment = deployment(operations, DeploymentOperations.SHIFTING, given, options, check(fuse));
                return deployment.run();
            }
            return operations.run(
                    (Operation.OnLoadBalancer) Catalogue.named(story.operation).operation(given), options);
        }

        private static Deployment<?> deployment(
                Operations operations, OperationType type, Fields given, Options options, Body body) {
            return Deployment.of(operations, (Operation.Deployment) type.operation(given), options, body);
        }

        private Body body(Fuse fuse) {
            return environment -> {
                fuse.reach("before the body");
                String server = environment.get(Rolling.SERVER);
                assertThat(statuses(zone("gra"))).containsEntry(server, "inactive");
                assertThat(statuses(zone("gra")).values()).containsOnlyOnce("inactive");
                deployed.add(server);
                fuse.reach("after the body");
                if (story == Story.ROLLING_THAT_IS_CALLED_OFF && server.equals("web-2")) {
                    deployment.callOff(new IplbException(FailureKind.TASK_FAILED, "somebody stopped it"));
                }
                return story == Story.ROLLING_THAT_FAILS && server.equals("web-2")
                        ? CompletableFuture.failedFuture(new IplbException(FailureKind.TASK_FAILED, "no room left"))
                        : CompletableFuture.completedFuture(null);
            };
        }

        private Body check(Fuse fuse) {
            return environment -> {
                fuse.reach("before the body");
                String share = environment.get(Shift.SHARE);
                deployed.add("%3s".formatted(share));
                fuse.reach("after the body");
                return story == Story.SHIFT_THAT_FAILS && share.equals("60")
                        ? CompletableFuture.failedFuture(new IplbException(FailureKind.TASK_FAILED, "too many errors"))
                        : CompletableFuture.completedFuture(null);
            };
        }

        /** Of each zone it is live what is staged, and no entry is open. */
        void assertWhole() {
            ZONES.forEach(zone -> assertThat(state(zone(zone))).isEqualTo(state(lb::staged)));
            assertThat(RecordReader.read(record)).noneMatch(RecordedEntry::open);
            assertThat(deployed).isSorted();
        }

        /** How it ended, and what was deployed, however often. */
        List<Object> end() {
            return List.of(
                    outcome.replaceAll("\\(\\d+\\)", ""),
                    state(lb::staged),
                    deployed.stream().distinct().toList());
        }

        private Function<String, List<Item>> zone(String zone) {
            return kind -> lb.live(zone, kind);
        }

        private SortedMap<String, String> state(Function<String, List<Item>> items) {
            SortedMap<String, String> state = new TreeMap<>(statuses(items));
            items.apply("http/server")
                    .forEach(server -> state.put("weight of " + server.text("displayName"), server.text("weight")));
            items.apply("http/frontend")
                    .forEach(frontend -> state.put(
                            frontend.text("displayName"),
                            items.apply("http/farm").stream()
                                    .filter(farm -> farm.id() == frontend.reference("defaultFarmId"))
                                    .map(farm -> farm.text("displayName"))
                                    .findFirst()
                                    .orElseThrow()));
            return state;
        }

        private SortedMap<String, String> statuses(Function<String, List<Item>> items) {
            SortedMap<String, String> statuses = new TreeMap<>();
            items.apply("http/server")
                    .forEach(server -> statuses.put(server.text("displayName"), server.text("status")));
            return statuses;
        }
    }
}
