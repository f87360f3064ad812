package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path directory;

    private Instant now = NOON;

    @Test
    void momentsAreThoseOfTheMachineInMilliseconds() {
        RecordClock clock = clock();
        now = NOON.plusNanos(1_999_999);

        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void aClockThatStandsStillOrGoesBackMakesNoMomentEarlierThanTheOneBefore() {
        RecordClock clock = clock();

        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.instant()).isEqualTo(NOON.plusNanos(1_000));
        now = NOON.minusSeconds(3_600);
        assertThat(clock.instant()).isEqualTo(NOON.plusNanos(2_000));
        now = NOON.plusSeconds(1);
        assertThat(clock.instant()).isEqualTo(now);
    }

    @Test
    void aRecordGoesOnAfterItsLastMomentWhoeverWroteIt() {
        Path file = directory.resolve("iplb-changes.json");
        OpenEntry first = RecordFile.open(file, InstantSource.fixed(NOON)).begin(wish());
        first.sent("POST", "/x", null).done(200, null);
        now = NOON.minus(Duration.ofDays(1));
        OpenEntry second = RecordFile.open(file, () -> now).begin(wish());
        second.sent("POST", "/y", null).done(200, null);
        first.sent("POST", "/z", null);

        RecordedEntry one = RecordReader.read(file).get(0);
        RecordedEntry other = RecordReader.read(file).get(1);
        assertThat(one.calls().get(0).answeredAt()).isBefore(other.startedAt());
        assertThat(other.calls().get(0).sentAt()).isAfter(other.startedAt());
        assertThat(one.calls().get(1).sentAt()).isAfter(other.lastMoment());
        assertThat(one.lastMoment()).isEqualTo(one.calls().get(1).sentAt());
    }

    private RecordClock clock() {
        return RecordClock.of(() -> now);
    }
}
