package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.START;
import static io.jenkins.plugins.iplb.record.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordedEntryTest {
    private static final RecordedError ERROR =
            new RecordedError("unavailable", "OVH did not answer.", null, null, null);

    private final RecordedEntry begun = RecordedEntry.begun(Samples.header(), START);

    @ParameterizedTest
    @CsvSource({
        "CHANGED,   Route http2 added to frontend https",
        "UNCHANGED, Nothing to change: route http2 of frontend https",
        "FAILED,    'Adding route http2 to frontend https: failed'",
        "TIMED_OUT, 'Adding route http2 to frontend https: timed-out'",
        "ABORTED,   'Adding route http2 to frontend https: aborted'",
    })
    void theHeadlineSaysWhatItIsAboutAndHowItEndedUnlessItWentWell(Outcome outcome, String headline) {
        assertThat(begun.withAbout(Samples.about())
                        .ended(outcome, null, ERROR, later(1))
                        .headline())
                .isEqualTo(headline);
    }

    @Test
    void theHeadlineOfAnEntryUnderWaySaysSo() {
        assertThat(begun.withAbout(Samples.about()).headline())
                .isEqualTo("Adding route http2 to frontend https: in-progress");
    }

    @Test
    void theHeadlineOfAnEntryAboutNothingKnownIsItsOperation() {
        assertThat(begun.headline()).isEqualTo("add-route: in-progress");
        assertThat(begun.ended(Outcome.CHANGED, null, null, later(1)).headline())
                .isEqualTo("add-route: changed");
    }

    @Test
    void onlyOneWhoseWriterWentDownWasCutOff() {
        assertThat(begun.wasCutOff()).isFalse();
        assertThat(begun.ended(Outcome.ABORTED, null, ERROR, later(1)).wasCutOff())
                .isFalse();

        RecordedEntry cutOff = begun.cutOff(later(1));
        assertThat(cutOff.wasCutOff()).isTrue();
        assertThat(cutOff.outcome()).isEqualTo(Outcome.ABORTED);
        assertThat(cutOff.endedAt()).isEqualTo(later(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IN_PROGRESS"})
    void oneThatHasEndedTakesNoResult(Outcome outcome) {
        RecordedEntry ended = begun.ended(outcome, null, ERROR, later(1));

        assertThatThrownBy(() -> ended.withResult(json("{'x': 1}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The entry " + begun.id() + " has ended: it is not altered");
    }

    @Test
    void howFarItHasComeIsItsResultUntilItEnds() {
        RecordedEntry halfWay = begun.withResult(json("{'done': 3}"));

        assertThat(halfWay.result()).isEqualTo(json("{'done': 3}"));
        assertThat(halfWay.open()).isTrue();
    }

    @Test
    void whatIsLookedUpAfterwardsAltersNothingThatHappened() {
        RecordedEntry ended = begun.withPlan(Samples.about(), json("{'was': 1}"), List.of())
                .ended(Outcome.FAILED, null, ERROR, later(1));

        RecordedEntry found = ended.found(json("{'is': 2}"), json("{'routeId': 5}"));

        assertThat(found.before()).isEqualTo(json("{'was': 1}"));
        assertThat(found.after()).isEqualTo(json("{'is': 2}"));
        assertThat(found.result()).isEqualTo(json("{'routeId': 5}"));
        assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(found.error()).isEqualTo(ERROR);
        assertThat(found.endedAt()).isEqualTo(later(1));
    }

    @Test
    void oneOfSeveralObjectsIsToldOfByItself() {
        RecordedEntry whole = begun.withPlan(Samples.about(), json("{'all': 1}"), List.of())
                .ended(Outcome.CHANGED, json("{'all': 3}"), null, later(1));

        RecordedEntry one = whole.about(json("{'was': 1}"), json("{'is': 2}"), json("{'serverId': 5}"));

        assertThat(one.before()).isEqualTo(json("{'was': 1}"));
        assertThat(one.after()).isEqualTo(json("{'is': 2}"));
        assertThat(one.result()).isEqualTo(json("{'serverId': 5}"));
        assertThat(one.id()).isEqualTo(whole.id());
        assertThat(one.about()).isEqualTo(Samples.about());
    }

    @Test
    void itsLastMomentIsThatOfWhateverHappenedLast() {
        RecordedEntry sent = begun.withCall(RecordedCall.sent("POST", "/x", null, later(1)));
        RecordedEntry lost = sent.withAnswer(0, call -> call.lost(null, null, "cut", later(2)));
        RecordedEntry settled = lost.withSettled(call -> true, true, later(3));
        RecordedEntry waiting = settled.withTask(task(7, later(4)));
        RecordedEntry over = waiting.withTask(task(7, later(4)).ended(later(5)));

        assertThat(begun.lastMoment()).isEqualTo(START);
        assertThat(sent.lastMoment()).isEqualTo(later(1));
        assertThat(lost.lastMoment()).isEqualTo(later(2));
        assertThat(settled.lastMoment()).isEqualTo(later(3));
        assertThat(waiting.lastMoment()).isEqualTo(later(4));
        assertThat(over.lastMoment()).isEqualTo(later(5));
        assertThat(over.ended(Outcome.CHANGED, null, null, later(6)).lastMoment())
                .isEqualTo(later(6));
    }

    @Test
    void aTaskIsFoundByKindAndId() {
        RecordedEntry entry = begun.withTask(task(7, START)).withTask(task(8, START));

        assertThat(entry.task(TaskKind.REFRESH, 8)).contains(task(8, START));
        assertThat(entry.task(TaskKind.REFRESH, 9)).isEmpty();
        assertThat(entry.task(TaskKind.IP, 7)).isEmpty();
    }

    @Test
    void aCallHadAnEffectWhenItIsDoneOrWasFoundToBeSo() {
        RecordedCall sent = RecordedCall.sent("POST", "/x", null, START);

        assertThat(sent.hadEffect()).isFalse();
        assertThat(sent.done(200, "q", later(1)).hadEffect()).isTrue();
        assertThat(sent.refused(400, "q", "no", later(1)).hadEffect()).isFalse();
        assertThat(sent.notSent("no connection").hadEffect()).isFalse();
        RecordedCall lost = sent.lost(null, null, "cut", later(1));
        assertThat(lost.hadEffect()).isFalse();
        assertThat(lost.settled(true, later(2)).hadEffect()).isTrue();
        assertThat(lost.settled(false, later(2)).hadEffect()).isFalse();
    }

    @Test
    void aCallThatIsDoneIsNotDoneAgain() {
        RecordedCall done = RecordedCall.sent("POST", "/x", null, START).done(200, "q", later(1));

        assertThatThrownBy(() -> done.done(200, "q", later(2))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> done.refused(400, "q", "no", later(2))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theBuildThatAsksIsKnownWhereItIsOne() {
        assertThat(Samples.header().build()).contains("shop/deploy #12");
        assertThat(headerBy(Map.of("user", "eve")).build()).isEmpty();
    }

    @Test
    void anErrorIsTheFailureThatNoAnswerBelongsTo() {
        assertThat(RecordedError.of(new IplbException(FailureKind.USAGE, "No such farm.")))
                .isEqualTo(new RecordedError(FailureKind.USAGE.code(), "No such farm.", null, null, null));
    }

    @Test
    void aTaskOfNoZoneHasAnEmptyListOfThem() {
        assertThat(new RecordedTask(TaskKind.IP, 1, null, "todo", START, null).zones())
                .isEmpty();
    }

    private static EntryHeader headerBy(Map<String, String> by) {
        ObjectNode wanted = json("{}");
        return new EntryHeader("id", "refresh", null, URI.create("https://eu.api.ovh.com/1.0"), wanted, by);
    }

    private static RecordedTask task(long id, Instant startedAt) {
        return new RecordedTask(TaskKind.REFRESH, id, List.of("gra"), "doing", startedAt, null);
    }

    private static Instant later(int seconds) {
        return START.plusSeconds(seconds);
    }
}
