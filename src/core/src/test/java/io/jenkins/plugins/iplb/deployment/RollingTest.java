package io.jenkins.plugins.iplb.deployment;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class RollingTest {
    private static final String WEB = "'farm':'web'";

    private Bench bench;
    private long farm;
    private final List<String> deployed = new ArrayList<>();
    private String failsAt = "";

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        farm = bench.shop().add("http/farm", Map.of("displayName", "web", "zone", "all", "port", 8080));
        for (int i = 1; i <= 4; i++) {
            server("web-" + i, i, "active");
        }
        server("resting", 9, "inactive");
        bench.shop().deployed();
    }

    private void server(String name, int number, String status) {
        bench.shop()
                .add(
                        "http/server",
                        farm,
                        Map.of("displayName", name, "address", "192.0.2.4" + number, "status", status));
    }

    @Test
    void oneServerAfterTheOtherIsOutWhileItIsDeployedAndNoneIsOutInTheEnd() {
        Report report = roll(WEB);

        assertThat(deployed)
                .containsExactly(
                        "web-1 192.0.2.41 8080 while out: [resting, web-1]",
                        "web-2 192.0.2.42 8080 while out: [resting, web-2]",
                        "web-3 192.0.2.43 8080 while out: [resting, web-3]",
                        "web-4 192.0.2.44 8080 while out: [resting, web-4]");
        assertThat(out()).containsExactly("resting");
        assertThat(report.changed()).isTrue();
        assertThat(report.headline(false)).isEqualTo("Farm web changed");
        assertThat(report.result().path("servers").toString()).isEqualTo("[\"web-1\",\"web-2\",\"web-3\",\"web-4\"]");
        assertThat(report.writes()).isEqualTo(16);
        assertThat(bench.entries().get(0).operation()).isEqualTo("rolling");
        assertThat(bench.entries()).allMatch(entry -> entry.outcome() == Outcome.CHANGED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'atOnce':'2'            | web-1 web-2, web-3 web-4
            'atOnce':'75%'          | web-1 web-2 web-3, web-4
            'atOnce':'20%'          | web-1, web-2, web-3, web-4
            'atOnce':'3','keep':1   | web-1 web-2 web-3, web-4
            """)
    void asManyGoAtOnceAsAreAllowed(String how, String groups) {
        roll(WEB + "," + how);

        assertThat(String.join(", ", deployed).replaceAll(" 192[^,]*while out: [^\\]]*\\]", ""))
                .isEqualTo(groups);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'atOnce':'4'          | without web-1, web-2, web-3, web-4 0 would be left, and at least 1 must stay
            'atOnce':'2','keep':3 | without web-1, web-2 2 would be left, and at least 3 must stay
            """)
    void neverMoreThanThat(String how, String message) {
        IplbException refused = Bench.failure(() -> roll(WEB + "," + how));

        assertThat(refused.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(refused).hasMessageContaining(message);
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void whereItFailsTheServerComesBackAndNoOtherOneGoes() {
        failsAt = "web-2";

        IplbException failed = Bench.failure(() -> roll(WEB));

        assertThat(failed)
                .hasMessage(
                        "deploy.sh ended with exit code 3: web-2 is back in http farm 'web' (%d); done: web-1; not begun: web-3, web-4",
                        farm);
        assertThat(deployed).hasSize(2);
        assertThat(out()).containsExactly("resting");
        RecordedEntry whole = bench.entries().get(0);
        assertThat(whole.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(whole.error().message()).isEqualTo(failed.getMessage());
    }

    @Test
    void whoTakesAnotherOneOutMeanwhileStopsItBeforeTooManyAreOut() {
        Body meddling = environment -> {
            bench.shop().alter("http/server", bench.id("http/server", "web-3"), Map.of("status", "inactive"));
            return deploy(environment);
        };

        IplbException failed = Bench.failure(() -> roll(WEB + ",'keep':3", meddling, bench.options(false)));

        assertThat(failed).hasMessageContaining("at least 3 must stay: web-2 (");
        assertThat(deployed).hasSize(1);
        assertThat(out()).contains("resting").doesNotContain("web-1", "web-2", "web-4");
    }

    @Test
    void aCheckNamesTheGroupsAndTouchesNothing() {
        Report planned = roll(WEB + ",'atOnce':'2'", this::deploy, bench.options(true));

        assertThat(planned.headline(true)).isEqualTo("Farm web would be changed");
        assertThat(planned.result().path("servers").toString()).isEqualTo("[\"web-1, web-2\",\"web-3, web-4\"]");
        assertThat(deployed).isEmpty();
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void anIdThatIsOverIsNotDoneAgain() {
        Options options = bench.options(false);
        roll(WEB, this::deploy, options);
        deployed.clear();
        bench.forget();

        roll(WEB, this::deploy, options);

        assertThat(deployed).isEmpty();
        assertThat(bench.writes()).isEmpty();
    }

    // ---- called off

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            refresh                             | web-1 is back in http farm 'web' (FARM); not begun: web-2, web-3, web-4
            waiting for what is open to end     | web-1 is back in http farm 'web' (FARM); not begun: web-2, web-3, web-4
            web-2 out and empty: 2 of 4         | web-2 is back in http farm 'web' (FARM); done: web-1; not begun: web-3, web-4
            """)
    void whatIsCalledOffPutsBackWhatIsOut(String moment, String end) {
        IplbException failed = Bench.failure(() -> rollUntil(moment));

        assertThat(failed).hasMessage("somebody stopped it: " + end.replace("FARM", Long.toString(farm)));
        assertThat(out()).containsExactly("resting");
        assertThat(bench.writes()).filteredOn(call -> call.startsWith("PUT")).hasSizeLessThanOrEqualTo(4);
        assertThat(bench.entries()).noneMatch(RecordedEntry::open);
        assertThat(bench.entries().get(0).error().message()).isEqualTo(failed.getMessage());
    }

    @Test
    void whatComesBackAlreadyDoesSoAndNoOtherOneGoes() {
        IplbException failed = Bench.failure(() -> rollUntil("web-1 out and empty", "refresh"));

        assertThat(failed).hasMessage("somebody stopped it; done: web-1; not begun: web-2, web-3, web-4");
        assertThat(deployed).hasSize(1);
        assertThat(out()).containsExactly("resting");
    }

    @Test
    void aBodyThatTakesItsTimeIsWaitedForAndCanBeCalledOff() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        AtomicReference<Deployment<?>> rolling = new AtomicReference<>();
        rolling.set(rolling(
                WEB,
                environment -> {
                    bench.timer().after(Duration.ofHours(3), () -> rolling.get().callOff(stopped()));
                    return never;
                },
                bench.options(false)));

        IplbException failed = Bench.failure(() -> bench.ended(rolling.get().run()));

        assertThat(never).isCancelled();
        assertThat(failed).hasMessageStartingWith("somebody stopped it: web-1 is back");
        assertThat(out()).containsExactly("resting");
    }

    @Test
    void whatIsCalledOffBeforeItBeginsSendsNothing() {
        Deployment<?> rolling = rolling(WEB, this::deploy, bench.options(false));
        rolling.callOff(stopped());

        assertThat(Bench.failure(() -> bench.ended(rolling.run()))).hasMessage("somebody stopped it");
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void whatIsCancelledEndsWhereItIs() {
        Deployment<?> rolling = rolling(WEB, environment -> new CompletableFuture<>(), bench.options(false));
        CompletableFuture<Report> whole = rolling.run();
        bench.timer().run();
        assertThat(out()).containsExactly("resting", "web-1");

        whole.cancel(false);

        bench.timer().run();
        assertThat(out()).containsExactly("resting", "web-1");
        assertThat(bench.entries()).noneMatch(RecordedEntry::open);
        assertThat(bench.entries().get(0).outcome()).isEqualTo(Outcome.ABORTED);
    }

    /** @param moments one after the other */
    private Report rollUntil(String... moments) {
        Deque<String> ahead = new ArrayDeque<>(List.of(moments));
        AtomicReference<Deployment<?>> rolling = new AtomicReference<>();
        rolling.set(rolling(WEB, this::deploy, bench.options(false, status -> {
            if (!ahead.isEmpty() && status.text().startsWith(ahead.peek())) {
                ahead.remove();
                if (ahead.isEmpty()) {
                    rolling.get().callOff(stopped());
                }
            }
        })));
        return bench.ended(rolling.get().run());
    }

    private Report roll(String parameters) {
        return roll(parameters, this::deploy, bench.options(false));
    }

    private Report roll(String parameters, Body body, Options options) {
        return bench.ended(rolling(parameters, body, options).run());
    }

    private Deployment<?> rolling(String parameters, Body body, Options options) {
        Fields given = new Fields((ObjectNode)
                Bench.json("{'service':'%s','protocol':'http','emptyAfter':'5s',%s}".formatted(SERVICE, parameters)));
        Operation.Deployment rolling = (Operation.Deployment) DeploymentOperations.ROLLING.operation(given);
        return Deployment.of(bench.operations(), rolling, options, body);
    }

    private CompletableFuture<Void> deploy(Map<String, String> environment) {
        String name = environment.get(Rolling.SERVER);
        deployed.add("%s %s %s while out: %s"
                .formatted(name, environment.get(Rolling.ADDRESS), environment.get(Rolling.PORT), out()));
        return name.equals(failsAt)
                ? CompletableFuture.failedFuture(
                        new IplbException(FailureKind.TASK_FAILED, "deploy.sh ended with exit code 3"))
                : CompletableFuture.completedFuture(null);
    }

    /** Live, in each zone; the same in all of them. */
    private List<String> out() {
        List<List<String>> zones = Stream.of("gra", "rbx")
                .map(zone -> bench.shop().live(zone, "http/server").stream()
                        .filter(item -> item.text("status").equals("inactive"))
                        .map(item -> item.text("displayName"))
                        .sorted()
                        .toList())
                .toList();
        assertThat(zones.get(0)).isEqualTo(zones.get(1));
        return zones.get(0);
    }

    private static IplbException stopped() {
        return new IplbException(FailureKind.TASK_FAILED, "somebody stopped it");
    }
}
