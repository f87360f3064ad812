package io.jenkins.plugins.iplb.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void isHalfASecondFiveTimesAndGrowsByThreeTwentiethsToThreeAndAHalf() {
        assertThat(IntStream.range(0, 20)
                        .mapToObj(polls -> Pace.after(polls, LONG).toMillis()))
                .containsExactly(
                        500L, 500L, 500L, 500L, 500L, 575L, 661L, 760L, 875L, 1006L, 1157L, 1330L, 1530L, 1759L, 2023L,
                        2326L, 2675L, 3076L, 3500L, 3500L);
    }

    @Test
    void staysThereForEver() {
        assertThat(Pace.after(1_000_000, LONG)).isEqualTo(Duration.ofMillis(3_500));
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
