package io.jenkins.plugins.iplb.refresh;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.refresh.RefreshState.Over;
import io.jenkins.plugins.iplb.refresh.RefreshState.Phase;
import io.jenkins.plugins.iplb.refresh.RefreshState.Preparing;
import io.jenkins.plugins.iplb.refresh.RefreshState.Requesting;
import io.jenkins.plugins.iplb.refresh.RefreshState.Watching;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A controller that restarts, again and again: all that is left is what was stored. */
@ExtendWith(SandboxExtension.class)
class ResumedRefreshTest {
    private Bench bench;

    /** What a face keeps on disk: the state, and the id of the run. */
    private String stored;

    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        bench.shop().zones("gra", "rbx", "sbg");
        bench.shop().add("tcp/farm", Map.of("zone", "all"));
    }

    @Test
    void aRestartAfterEveryStepMakesNoDifference() {
        store(start("gra", "sbg"));
        int restarts = 0;
        while (!step()) {
            restarts++;
        }

        RefreshState end = state();
        assertThat(restarts).isGreaterThan(10);
        assertThat(bench.calls("POST", "/refresh"))
                .extracting(call -> call.requestBody())
                .containsExactly("{\"zone\":\"gra\"}", "{\"zone\":\"sbg\"}");
        assertThat(end.phase()).isInstanceOf(Over.class);
        assertThat(end.tasks())
                .extracting(RefreshState.TaskSeen::id)
                .containsExactlyElementsOf(
                        bench.shop().refreshes().stream().map(task -> task.id()).toList());
        assertThat(end.tasks()).extracting(RefreshState.TaskSeen::status).containsOnly("done");
        assertThat(bench.shop().pending()).containsOnlyKeys("rbx");
        assertThat(bench.lastEntry().diff()).isNotEmpty();
    }

    @Test
    void theStateIsTheSameAfterItsWayThroughJson() {
        List<RefreshState> seen = new ArrayList<>();
        store(start("gra", "sbg"));
        do {
            seen.add(state());
        } while (!step());
        seen.add(state());

        assertThat(seen)
                .extracting(state -> (Object) state.phase().getClass())
                .contains(Preparing.class, Requesting.class, Watching.class, Over.class);
        assertThat(seen)
                .allSatisfy(state ->
                        assertThat(RefreshState.fromJson(state.toJson())).isEqualTo(state));
    }

    /** What the first version of the state has kept on its way: one line for each change of phase. */
    static Stream<Arguments> statesOfVersion1() {
        return Stream.of("state-1-zones.jsonl", "state-1-all.jsonl").flatMap(file -> {
            List<String> states = lines(file);
            return IntStream.range(0, states.size())
                    .mapToObj(place -> Arguments.of(named(file + ":" + (place + 1), states.get(place))));
        });
    }

    @ParameterizedTest
    @MethodSource("statesOfVersion1")
    void whatTheFirstVersionHasKeptIsCarriedOn(String json) {
        RefreshState kept = RefreshState.fromJson(json.replaceFirst(
                "\"deadline\":\"[^\"]*\"",
                "\"deadline\":\"%s\"".formatted(bench.deadline().at())));
        String[] zones = kept.request().zones().names().toArray(String[]::new);
        store(start(zones));
        while (!(state().standsWhere(kept) && state().tasks().equals(kept.tasks()))) {
            step();
        }

        store(kept);
        finish();

        assertThat(bench.calls("POST", "/refresh"))
                .extracting(call -> call.requestBody())
                .containsExactlyElementsOf(
                        zones.length == 0 ? List.of("{}") : List.of("{\"zone\":\"gra\"}", "{\"zone\":\"sbg\"}"));
        assertThat(state().phase()).isEqualTo(new Over(List.of()));
        assertThat(state().tasks())
                .extracting(RefreshState.TaskSeen::id)
                .containsExactlyElementsOf(
                        bench.shop().refreshes().stream().map(task -> task.id()).toList());
        assertThat(bench.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.unsettled()).isEmpty());
    }

    @Test
    void theFirstVersionHasKeptEachPhase() {
        assertThat(statesOfVersion1().map(each -> ((Named<?>) each.get()[0]).getPayload()))
                .extracting(json ->
                        (Object) RefreshState.fromJson((String) json).phase().getClass())
                .contains(Preparing.class, Requesting.class, Watching.class, Over.class);
    }

    @Test
    void whatALaterVersionHasKeptIsRefusedInWords() {
        store(start());
        String later = stored.replace("\"version\":2", "\"version\":3");

        assertThat(later).isNotEqualTo(stored);
        assertThatThrownBy(() -> RefreshState.fromJson(later))
                .isInstanceOf(IplbException.class)
                .hasMessage(
                        "a later version of this program has kept where this refresh is (format 3; known here: 1 to 2):"
                                + " look in the Control Panel whether it is done, and refresh again if it is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"turn\":{\"phase\":\"LATER\"}}", "{\"version\":2}"})
    void whatIsNoStateIsRefused(String text) {
        assertThatThrownBy(() -> RefreshState.fromJson(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyLooksLeaveItWhereItStands() {
        store(start());
        List<String> standings = new ArrayList<>();
        RefreshState before = state();
        while (!step()) {
            if (!state().standsWhere(before)) {
                standings.add(state().standing());
            }
            before = state();
        }

        long task = bench.shop().refreshes().get(0).id();
        assertThat(standings)
                .containsExactly(
                        "whether a refresh was started is not known", "refresh %d goes on at OVH".formatted(task));
    }

    @Test
    void theRecordHasOneEntryForAllOfIt() {
        store(start());
        while (!step()) {
            // Every step is a run of its own.
        }
        Run last = run();
        last.finish(state().refreshed(), state().after(), state().result());

        assertThat(bench.entries()).singleElement().satisfies(only -> {
            assertThat(only.outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(only.calls()).hasSize(1);
            assertThat(only.tasks())
                    .singleElement()
                    .satisfies(task -> assertThat(task.status()).isEqualTo("done"));
        });
    }

    @Test
    void aCrashRightAfterTheRequestFindsTheRefreshThatItStarted() {
        store(start());
        stepTo(Requesting.class);
        String beforeTheRequest = stored;
        step();
        assertThat(state().phase()).isInstanceOf(Watching.class);

        stored = beforeTheRequest;
        finish();

        assertThat(bench.calls("POST", "/refresh")).hasSize(1);
        assertThat(state().tasks())
                .extracting(RefreshState.TaskSeen::id)
                .containsExactly(bench.shop().refreshes().get(0).id());
    }

    @Test
    void aCrashBetweenTheRequestAndItsAnswerFindsTheRefreshAndSettlesTheCall() {
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/refresh")
                .times(1)
                .cutAfterEffect();
        store(start());
        stepTo(Requesting.class);
        String beforeTheRequest = stored;
        step();
        assertThat(bench.entries().get(0).unsettled()).hasSize(1);

        stored = beforeTheRequest;
        finish();

        assertThat(bench.calls("POST", "/refresh")).hasSize(1);
        assertThat(state().refreshed()).isTrue();
        assertThat(bench.entries().get(0).calls())
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.TOOK_EFFECT);
    }

    @Test
    void aRefreshThatEndedWhileTheControllerWasDownIsFoundAsWell() {
        store(start());
        stepTo(Requesting.class);
        String beforeTheRequest = stored;
        step();

        stored = beforeTheRequest;
        bench.clock().advance(Duration.ofMinutes(5));
        finish();

        assertThat(bench.calls("POST", "/refresh")).hasSize(1);
        assertThat(state().tasks()).extracting(RefreshState.TaskSeen::status).containsExactly("done");
    }

    @Test
    void aLostAnswerIsLookedForInsteadOfAskedAgain() {
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/refresh")
                .times(1)
                .cutAfterEffect();

        bench.refresh(new RefreshRequest(SERVICE, List.of(), false, true));

        assertThat(bench.calls("POST", "/refresh")).hasSize(1);
        assertThat(bench.lastEntry().calls()).extracting(RecordedCall::fate).containsExactly(Fate.TOOK_EFFECT);
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.CHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "empty"})
    void anAnswerThatSaysNothingIsALostOne(String how) {
        var fault = bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/refresh")
                .times(1);
        if (how.equals("garbage")) {
            fault.garbageAfterEffect();
        } else {
            fault.emptyAfterEffect();
        }

        bench.refresh(new RefreshRequest(SERVICE, List.of(), false, true));

        assertThat(bench.calls("POST", "/refresh")).hasSize(1);
    }

    @Test
    void aRequestThatNeverArrivedIsSentAgainAndTheRecordSaysSo() {
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/refresh")
                .times(1)
                .cutBeforeEffect();

        bench.refresh(new RefreshRequest(SERVICE, List.of(), false, true));

        assertThat(bench.shop().refreshes()).hasSize(1);
        assertThat(bench.lastEntry().calls()).extracting(RecordedCall::fate).containsExactly(Fate.NO_EFFECT, Fate.DONE);
    }

    @Test
    void theDeadlineIsOneForAllRunsTogether() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        RefreshState start = start();
        store(start);
        stepTo(Watching.class);
        bench.clock().advance(Bench.TIMEOUT.minusSeconds(30));

        Instant lastLook = bench.clock().instant();
        IplbException failure = null;
        while (failure == null) {
            lastLook = bench.clock().instant();
            try {
                // A run that is generous: it would give the whole time once more.
                step(bench.deadline());
            } catch (IplbException e) {
                failure = e;
            }
        }

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure).hasMessageContaining("goes on at OVH");
        assertThat(lastLook).isEqualTo(start.deadline());
    }

    @Test
    void whatIsOverStaysSoAfterTheDeadline() {
        store(start());
        finish();
        bench.clock().advance(Duration.ofHours(1));
        int calls = bench.sandbox().calls().all().size();

        assertThat(step()).isTrue();
        assertThat(bench.sandbox().calls().all()).hasSize(calls);
    }

    @Test
    void aRequestWhoseFateIsOpenAtTheDeadlineIsNotCalledUnsent() {
        store(start());
        stepTo(Requesting.class);
        bench.clock().advance(Duration.ofHours(1));

        IplbException failure = Bench.failure(this::step);

        assertThat(failure)
                .hasMessage(
                        "%s was not refreshed by the deadline; whether a refresh was started is not known", SERVICE);
    }

    @Test
    void zonesThatAreThroughAtTheDeadlineAreNamed() {
        store(start("gra", "sbg"));
        while (state().refreshedZones().isNone()) {
            step();
        }
        store(state().toCheck());
        bench.clock().advance(Duration.ofHours(1));

        assertThat(Bench.failure(this::step)).hasMessage("%s was not refreshed by the deadline; only gra was", SERVICE);
    }

    private static List<String> lines(String file) {
        try (InputStream in = ResumedRefreshTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RefreshState start(String... zones) {
        return RefreshState.start(
                new RefreshRequest(SERVICE, List.of(zones), false, true),
                bench.deadline().at());
    }

    private void finish() {
        while (!step()) {
            // until it is over
        }
    }

    private void stepTo(Class<? extends Phase> phase) {
        while (!phase.isInstance(state().phase())) {
            assertThat(step()).isFalse();
        }
    }

    private boolean step() {
        return step(new Deadline(bench.clock(), state().deadline()));
    }

    /** One step by a machine and a run that know only what is stored. @return whether it was the last */
    private boolean step(Deadline deadline) {
        Run run = run(deadline);
        SharedRefresh look = SharedRefresh.alone(new RefreshReads(SERVICE), state());
        RefreshGate gate = new RefreshGate(run, 1);
        Step<RefreshState> step = gate.advance(state(), look);
        gate.record(state(), step.state());
        store(step.state());
        if (step instanceof Step.Later<RefreshState> later) {
            bench.clock().advance(later.delay());
            return false;
        }
        return true;
    }

    private Run run() {
        return run(bench.deadline());
    }

    private Run run(Deadline deadline) {
        Run run = bench.run(id, RefreshRequest.OPERATION, deadline);
        run.resume();
        return run;
    }

    private void store(RefreshState state) {
        stored = state.toJson();
    }

    private RefreshState state() {
        return RefreshState.fromJson(stored);
    }
}
