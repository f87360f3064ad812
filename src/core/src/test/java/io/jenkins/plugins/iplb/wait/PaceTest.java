package io.jenkins.plugins.iplb.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void isShortFourTimesAndGrowsToNearlyFiveSeconds() {
        assertThat(IntStream.range(0, 26)
                        .mapToObj(polls -> Pace.after(polls, LONG).toMillis()))
                .containsExactly(
                        380L, 380L, 380L, 380L, 429L, 485L, 548L, 620L, 700L, 791L, 894L, 1010L, 1142L, 1290L, 1458L,
                        1647L, 1861L, 2103L, 2377L, 2686L, 3035L, 3429L, 3875L, 4379L, 4750L, 4750L);
    }

    @Test
    void staysThereForEver() {
        assertThat(Pace.after(1_000_000, LONG)).isEqualTo(Duration.ofMillis(4_750));
    }

    @Test
    void aMinuteTakesLessThanHalfOfTheCallsThatAreFairUse() {
        long looks = 0;
        for (Duration waited = Duration.ZERO; waited.toSeconds() < 60; looks++) {
            waited = waited.plus(Pace.after(Math.toIntExact(looks), LONG));
        }
        assertThat(looks).isEqualTo(29);
    }

    @Test
    void neverOversleepsTheDeadline() {
        assertThat(Pace.after(20, Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
        assertThat(Pace.after(0, Duration.ZERO)).isZero();
    }
}
