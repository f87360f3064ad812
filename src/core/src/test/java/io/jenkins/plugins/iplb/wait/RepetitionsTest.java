package io.jenkins.plugins.iplb.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private final TestClock clock = new TestClock();
    private final Repetitions repetitions = new Repetitions(clock);
    private final List<String> said = new ArrayList<>();

    @Test
    void whatDoesNotChangeIsSaidOnceAndThenAtGrowingDistances() {
        for (int seconds = 0; seconds <= 600; seconds += 4) {
            say(WaitStatus.of("busy"));
        }

        assertThat(said)
                .containsExactly("busy", "busy (for 1 min now)", "busy (for 3 min now)", "busy (for 7 min now)");
    }

    @Test
    void whatTakesTurnsIsSaidOnceToo() {
        for (int seconds = 0; seconds < 30; seconds += 4) {
            say(WaitStatus.of("busy"));
            say(WaitStatus.warning("sessions are lost"));
        }

        assertThat(said).containsExactly("busy", "sessions are lost");
    }

    @Test
    void aWarningIsNotRepeatedHoweverLongItTakes() {
        for (int seconds = 0; seconds <= 600; seconds += 4) {
            say(WaitStatus.warning("sessions are lost"));
        }

        assertThat(said).containsExactly("sessions are lost");
    }

    @Test
    void ofOneTopicNumbersAreSaidAtThoseDistancesOnly() {
        for (int others = 30; others > 0; others--) {
            say(WaitStatus.of("turn", others + " others"));
        }

        assertThat(said).containsExactly("30 others", "15 others (for 1 min now)");
    }

    @Test
    void whatIsNewIsSaidAtOnce() {
        say(WaitStatus.of("one"));
        say(WaitStatus.of("two"));

        assertThat(said).containsExactly("one", "two");
    }

    @Test
    void whatBeginsAgainAfterAPauseIsSaidWithoutTheTimeBefore() {
        say(WaitStatus.of("one"));
        clock.advance(Duration.ofMinutes(10));
        say(WaitStatus.of("one"));

        assertThat(said).containsExactly("one", "one");
    }

    private void say(WaitStatus status) {
        repetitions.next(status).ifPresent(said::add);
        clock.advance(Duration.ofSeconds(4));
    }
}
