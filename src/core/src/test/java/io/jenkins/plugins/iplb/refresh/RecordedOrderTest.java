package io.jenkins.plugins.iplb.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.refresh.RecordedOrder.Standing;
import io.jenkins.plugins.iplb.refresh.RecordedOrder.Verdict;
import io.jenkins.plugins.iplb.testing.Bench;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A farm is written at noon, which takes two seconds; seconds are counted from then. */
class RecordedOrderTest {
    private static final String SERVICE = "loadbalancer-1";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final List<RecordedEntry> entries = new ArrayList<>();
    private final List<Task> listed = new ArrayList<>();
    private Instant now = NOON.plusSeconds(600);

    RecordedOrderTest() {
        RecordedCall put = RecordedCall.sent("PUT", "/ipLoadbalancing/loadbalancer-1/http/farm/7", null, NOON);
        entries.add(begun("set-stickiness", NOON)
                .withCall(put)
                .withAnswer(0, call -> call.done(200, "q", at(2), null, at(2)))
                .ended(Outcome.CHANGED, null, null, at(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 11, CARRIED",
        "-9, -8, PENDING",
        " 1, 11, OPEN",
        "-9,  1, OPEN",
    })
    void ofARecordedRefreshTheRecordTellsTheOrder(int asked, int answered, Standing standing) {
        refresh(null, 5L, asked, answered);
        listed.add(task(5, "done", asked, List.of()));

        assertThat(verdict("gra").standing()).isEqualTo(standing);
    }

    @Test
    void aRefreshThatIsAskedForMeanwhileMayHaveCarriedIt() {
        refresh(null, 5L, 1, 11);
        listed.add(task(5, "done", 1, List.of()));

        assertThat(verdict("gra").why()).isEqualTo("a refresh was asked for while they were changed");
    }

    @ParameterizedTest
    @CsvSource({"done, CARRIED", "doing, CARRIED", "error, PENDING", "cancelled, PENDING"})
    void aRefreshThatFailedCarriesNothing(String status, Standing standing) {
        refresh(null, 5L, 10, 11);
        listed.add(task(5, status, 10, List.of()));

        assertThat(verdict("gra").standing()).isEqualTo(standing);
    }

    @ParameterizedTest
    @CsvSource({"done, CARRIED", "error, PENDING", "doing, OPEN"})
    void whatOvhListsNoMoreIsKnownByTheRecordIfThatHasSeenItsEnd(String status, Standing standing) {
        refresh(new RecordedTask(TaskKind.REFRESH, 5, List.of("gra"), status, at(11), at(20)), 5L, 10, 11);

        assertThat(verdict("gra").standing()).isEqualTo(standing);
    }

    @Test
    void aRefreshCarriesWhatIsInItsZones() {
        refresh(new RecordedTask(TaskKind.REFRESH, 5, List.of("gra"), "done", at(11), at(20)), 5L, 10, 11);

        assertThat(verdict("rbx").standing()).isEqualTo(Standing.PENDING);
    }

    @Test
    void aRequestOfWhichNobodyKnowsWhatItStartedLeavesItsZoneOpen() {
        refresh("{'zone': 'gra'}", null, null, 10, 11);

        assertThat(verdict("gra").why()).isEqualTo("what became of a recorded request for a refresh is not known");
        assertThat(verdict("rbx").standing()).isEqualTo(Standing.PENDING);
    }

    @Test
    void suchARequestForNoZoneIsForAll() {
        refresh("{}", null, null, 10, 11);

        assertThat(verdict("rbx").standing()).isEqualTo(Standing.OPEN);
    }

    @ParameterizedTest
    @CsvSource({"63, CARRIED", "62, OPEN", "-60, OPEN", "-61, PENDING"})
    void ofARefreshThatNobodyRecordedOvhsClockTellsTheOrderWithinAMinute(int created, Standing standing) {
        listed.add(task(9, "done", created, List.of()));

        assertThat(verdict("gra").standing()).isEqualTo(standing);
    }

    @Test
    void whereThatIsTooNearTheRefreshIsNamed() {
        listed.add(task(9, "done", 0, List.of()));

        assertThat(verdict("gra").why())
                .isEqualTo("refresh 9, which no known record asked for, may have come after them");
    }

    @Test
    void aRefreshOfSomebodyElseThatFailedOrIsForAnotherZoneCarriesNothing() {
        listed.add(task(8, "error", 100, List.of()));
        listed.add(task(9, "done", 100, List.of("rbx")));

        assertThat(verdict("gra").standing()).isEqualTo(Standing.PENDING);
        assertThat(verdict("rbx").standing()).isEqualTo(Standing.CARRIED);
    }

    @Test
    void aRefreshThatARecordSawBeforeIsOlder() {
        listed.add(task(9, "done", 0, List.of()));

        saw(-10, 8);
        assertThat(verdict("gra").standing()).as("another refresh").isEqualTo(Standing.OPEN);
        saw(10, 9);
        assertThat(verdict("gra").standing()).as("seen later").isEqualTo(Standing.OPEN);
        saw(-10, 9);
        assertThat(verdict("gra").standing()).isEqualTo(Standing.PENDING);
    }

    @Test
    void whatIsOlderThanADayMayHaveBeenCarriedByARefreshThatOvhForgot() {
        now = NOON.plus(Duration.ofDays(1));
        assertThat(verdict("gra").standing()).isEqualTo(Standing.PENDING);

        now = now.plusSeconds(1);
        refresh(null, 5L, -9, -8);
        listed.add(task(5, "done", -9, List.of()));

        assertThat(verdict("gra").why())
                .isEqualTo("OVH may have forgotten a refresh that carried what was changed more than a day ago");
    }

    private Verdict verdict(String zone) {
        RecordedHistory history = new RecordedHistory(SERVICE, entries);
        assertThat(history.writes()).hasSize(1);
        return new RecordedOrder(history, listed, now).of(history.writes().get(0), zone);
    }

    private void refresh(RecordedTask seen, Long task, int asked, int answered) {
        refresh("{}", seen, task, asked, answered);
    }

    private void refresh(String body, RecordedTask seen, Long task, int asked, int answered) {
        JsonNode sent = Bench.json(body);
        RecordedEntry entry = begun("refresh", at(asked))
                .withCall(RecordedCall.sent("POST", "/ipLoadbalancing/loadbalancer-1/refresh", sent, at(asked)))
                .withAnswer(0, call -> call.done(200, "q", at(answered), task, at(answered)));
        entries.add(seen == null ? entry : entry.withTask(seen));
    }

    private void saw(int when, long refresh) {
        entries.add(begun("refresh", at(when))
                .withPlan(null, Bench.json("{'refreshes': [%d]}".formatted(refresh)), List.of()));
    }

    private static RecordedEntry begun(String operation, Instant when) {
        ObjectNode wanted = (ObjectNode) Bench.json("{}");
        return RecordedEntry.begun(
                new EntryHeader(
                        operation + when,
                        operation,
                        SERVICE,
                        URI.create("https://eu.api.ovh.com/1.0"),
                        wanted,
                        Map.of()),
                when);
    }

    private static Task task(long id, String status, int created, List<String> zones) {
        return new Task(id, Task.REFRESH, status, 100, zones, at(created), null);
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}
