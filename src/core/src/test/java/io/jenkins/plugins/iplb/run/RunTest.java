package io.jenkins.plugins.iplb.run;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.Subject;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class RunTest {
    private static final About ABOUT =
            new About(Effect.CHANGED, Subject.of(Kind.STICKINESS, null).in(Subject.of(Kind.FARM, "app", 7L)));
    private static final ObjectNode RESULT = (ObjectNode) json("{'farmId':1}");
    private static final JsonNode AFTER = json("{'stickiness':'cookie'}");

    private Bench bench;
    private Run run;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        run = bench.run("set-stickiness", bench.deadline());
    }

    @Test
    void aRunThatOnlyReadsLeavesNoEntry() {
        run.ovh().send(ApiCall.get("ipLoadbalancing", SERVICE));

        Report report = run.finish(false, AFTER, RESULT);

        assertThat(report.entry()).isEmpty();
        assertThat(report.reads()).isEqualTo(1);
        assertThat(report.writes()).isZero();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void whatWasPlannedIsInTheEntryFromTheFirstWriteOn() {
        List<Difference> diff = List.of(new Difference("stickiness", null, json("'cookie'")));
        run.planned(ABOUT, json("{'stickiness':null}"), diff);
        assertThat(bench.entries()).isEmpty();

        write();

        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(bench.lastEntry().about()).isEqualTo(ABOUT);
        assertThat(bench.lastEntry().diff()).isEqualTo(diff);
        assertThat(bench.lastEntry().before()).isEqualTo(json("{'stickiness':null}"));
    }

    @Test
    void everyTryOfAWriteIsACallOfItsOwn() {
        bench.sandbox().faults().on("PUT", "/ipLoadbalancing/**").times(2).status(503);

        write();

        assertThat(run.finish(true, AFTER, RESULT).writes()).isEqualTo(3);
        assertThat(bench.lastEntry().calls()).hasSize(3);
        assertThat(bench.lastEntry().calls().get(2).fate()).isEqualTo(Fate.DONE);
    }

    @ParameterizedTest
    @CsvSource({"true, CHANGED", "false, UNCHANGED"})
    void theEndSaysWhetherThisRunMadeADifference(boolean changed, Outcome outcome) {
        write();

        Report report = run.finish(changed, AFTER, RESULT);

        assertThat(report.changed()).isEqualTo(changed);
        assertThat(bench.lastEntry().outcome()).isEqualTo(outcome);
        assertThat(bench.lastEntry().after()).isEqualTo(AFTER);
        assertThat(bench.lastEntry().result()).isEqualTo(RESULT);
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, TIMED_OUT", "REFUSED, FAILED", "CONFLICT, FAILED"})
    void aFailureEndsTheEntryAsWhatItIs(FailureKind kind, Outcome outcome) {
        write();
        IplbException failure = new IplbException(kind, "so it is");

        assertThat(run.fail(failure)).isSameAs(failure);
        assertThat(bench.lastEntry().outcome()).isEqualTo(outcome);
        assertThat(bench.lastEntry().error().kind()).isEqualTo(kind.code());
        assertThat(bench.lastEntry().error().message()).isEqualTo("so it is");
    }

    @Test
    void aFailureWithoutAWriteLeavesNoEntry() {
        run.fail(new IplbException(FailureKind.REFUSED, "no"));

        assertThat(bench.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, TOOK_EFFECT", "false, NO_EFFECT"})
    void aRunThatGoesOnWithAnEntrySettlesTheCallsOfTheFirst(boolean tookEffect, Fate fate) {
        bench.sandbox().faults().on("POST", "/ipLoadbalancing/**").times(1).cutAfterEffect();
        assertThatThrownBy(() -> run.ovh().send(ApiCall.post(Fields.none(), "ipLoadbalancing", SERVICE, "refresh")))
                .isInstanceOf(IplbException.class);
        String entry = bench.lastEntry().id();

        Run second = bench.run(entry, "set-stickiness", bench.deadline());
        assertThat(second.resume()).isEmpty();
        second.settle(tookEffect);
        second.finish(true, AFTER, RESULT);

        assertThat(bench.entries()).singleElement().satisfies(only -> {
            assertThat(only.id()).isEqualTo(entry);
            assertThat(only.calls()).extracting(RecordedCall::fate).containsExactly(fate);
            assertThat(only.outcome()).isEqualTo(Outcome.CHANGED);
        });
    }

    @Test
    void whatAnEarlierRunHasFoundStaysInItsEntry() {
        List<Difference> diff = List.of(new Difference("stickiness", null, json("'cookie'")));
        run.planned(ABOUT, json("{'stickiness':null}"), diff);
        write();

        Run second = bench.run(bench.lastEntry().id(), "set-stickiness", bench.deadline());
        second.resume();
        second.planned(ABOUT, json("{'stickiness':'cookie'}"), List.of());
        Report report = second.finish(false, AFTER, RESULT);

        assertThat(report.changed()).as("the earlier run made the difference").isTrue();
        assertThat(report.about()).contains(ABOUT);
        assertThat(report.diff()).isEqualTo(diff);
        assertThat(bench.lastEntry().before()).isEqualTo(json("{'stickiness':null}"));
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void aRunThatHasEndedIsReportedFromTheRecord() {
        write();
        run.finish(true, AFTER, RESULT);

        Report report = bench.run(bench.lastEntry().id(), "set-stickiness", bench.deadline())
                .resume()
                .orElseThrow();

        assertThat(report.changed()).isTrue();
        assertThat(report.result()).isEqualTo(RESULT);
        assertThat(report.writes()).isZero();
    }

    @Test
    void aRunThatHasFailedFailsAgainAsItDid() {
        write();
        run.fail(new IplbException(FailureKind.TASK_FAILED, "so it is"));
        Run second = bench.run(bench.lastEntry().id(), "set-stickiness", bench.deadline());

        IplbException failure = Bench.failure(second::resume);

        assertThat(failure.kind()).isEqualTo(FailureKind.TASK_FAILED);
        assertThat(failure).hasMessage("so it is");
    }

    @Test
    void aRunThatIsStoppedSendsNothingMoreAndEndsAsAborted() {
        write();
        run.stop();

        CancellationException stopped = catchThrowableOfType(CancellationException.class, this::write);
        run.fail(stopped);

        assertThat(bench.lastEntry().calls()).hasSize(1);
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void callsThatAreSentAtTheSameTimeAreAllWrittenDown() {
        List<CompletableFuture<Void>> all = Stream.generate(() -> CompletableFuture.runAsync(this::write))
                .limit(40)
                .toList();

        assertThat(all).allSatisfy(call -> call.join());
        assertThat(bench.lastEntry().calls())
                .hasSize(40)
                .allSatisfy(call -> assertThat(call.fate()).isEqualTo(Fate.DONE))
                .extracting(RecordedCall::queryId)
                .doesNotHaveDuplicates();
    }

    private void write() {
        long farm = bench.id("http/farm", "app");
        run.ovh()
                .send(ApiCall.put(
                        Fields.none().with("stickiness", "cookie"), "ipLoadbalancing", SERVICE, "http", "farm", farm));
    }
}
