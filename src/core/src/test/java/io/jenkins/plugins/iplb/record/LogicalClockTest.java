package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogicalClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path directory;

    private final LogicalClock clock = new LogicalClock();

    @Test
    void momentsAreThoseOfTheMachineInMilliseconds() {
        assertThat(clock.tick(NOON.plusNanos(1_999_999))).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void aClockThatStandsStillOrGoesBackMakesNoMomentEarlierThanTheOneBefore() {
        assertThat(clock.tick(NOON)).isEqualTo(NOON);
        assertThat(clock.tick(NOON)).isEqualTo(NOON.plusNanos(1_000));
        assertThat(clock.tick(NOON.minusSeconds(3_600))).isEqualTo(NOON.plusNanos(2_000));
        assertThat(clock.tick(NOON.plusSeconds(1))).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void aRecordGoesOnAfterItsLastMomentWhoeverWroteIt() {
        Path file = directory.resolve("iplb-changes.json");
        RecordFile.open(file).write(RecordedEntry.begun(header(), NOON).withCall(sent("/x", NOON.plusSeconds(5))));

        RecordFile another = RecordFile.open(file);
        assertThat(another.known("loadbalancer-0123456789abcdef")).hasSize(1);

        assertThat(another.tick(NOON.minus(Duration.ofDays(1)))).isAfter(NOON.plusSeconds(5));
    }

    @Test
    void whatAnotherWriterHasWrittenMeanwhileIsBeforeAllThatComes() {
        Path file = directory.resolve("iplb-changes.json");
        RecordFile one = RecordFile.open(file);
        RecordFile.open(file).write(RecordedEntry.begun(header(), NOON.plusSeconds(60)));

        one.write(RecordedEntry.begun(header(), one.tick(NOON)));

        assertThat(one.tick(NOON)).isAfter(NOON.plusSeconds(60));
    }

    @Test
    void whatItHasWrittenItselfIsBeforeAllThatComes() {
        RecordFile record = RecordFile.open(directory.resolve("iplb-changes.json"));
        RecordedEntry entry = RecordedEntry.begun(header(), NOON.plusSeconds(60));
        record.write(entry);
        assertThat(record.find(entry.id())).isPresent();
        assertThat(record.tick(NOON)).isAfter(NOON.plusSeconds(60));

        record.write(entry.withCall(sent("/x", NOON.plusSeconds(70))));
        assertThat(record.find(entry.id())).isPresent();
        assertThat(record.tick(NOON)).isAfter(NOON.plusSeconds(70));
    }

    private static RecordedCall sent(String path, Instant now) {
        return RecordedCall.sent("POST", path, null, now);
    }
}
