package io.jenkins.plugins.iplb.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void growsByHalfFromOneSecondToTen() {
        assertThat(IntStream.range(0, 8)
                        .mapToObj(polls -> Pace.after(polls, LONG).toMillis()))
                .containsExactly(1000L, 1500L, 2250L, 3375L, 5062L, 7593L, 10_000L, 10_000L);
    }

    @Test
    void staysThereForEver() {
        assertThat(Pace.after(1_000_000, LONG)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void neverOversleepsTheDeadline() {
        assertThat(Pace.after(20, Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
        assertThat(Pace.after(0, Duration.ZERO)).isZero();
    }
}
