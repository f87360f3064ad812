package io.jenkins.plugins.iplb.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void isHalfASecondForThreeSecondsAndGrowsByAFifthToFour() {
        assertThat(IntStream.range(0, 19)
                        .mapToObj(polls -> Pace.after(polls, LONG).toMillis()))
                .containsExactly(
                        500L, 500L, 500L, 500L, 500L, 500L, 600L, 720L, 864L, 1037L, 1244L, 1493L, 1792L, 2150L, 2580L,
                        3096L, 3715L, 4000L, 4000L);
    }

    @Test
    void staysThereForEver() {
        assertThat(Pace.after(1_000_000, LONG)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aMinuteTakesLessThanHalfOfTheCallsThatAreFairUse() {
        long looks = 0;
        for (Duration waited = Duration.ZERO; waited.toSeconds() < 60; looks++) {
            waited = waited.plus(Pace.after(Math.toIntExact(looks), LONG));
        }
        assertThat(looks).isEqualTo(27);
    }

    @Test
    void neverOversleepsTheDeadline() {
        assertThat(Pace.after(20, Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
        assertThat(Pace.after(0, Duration.ZERO)).isZero();
    }
}
