package io.jenkins.plugins.iplb.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class InTurnTest {
    private final Queue<Runnable> handed = new ArrayDeque<>();
    private final InTurn turns = new InTurn(handed::add);
    private final List<String> ran = new ArrayList<>();

    @Test
    void theNextIsHandedOutWhenTheLastIsThrough() {
        turns.execute(() -> ran.add("first"));
        turns.execute(() -> ran.add("second"));
        assertThat(handed).hasSize(1);

        handed.remove().run();

        assertThat(ran).containsExactly("first");
        assertThat(handed).hasSize(1);
        handed.remove().run();
        assertThat(ran).containsExactly("first", "second");
        assertThat(handed).isEmpty();
    }

    @Test
    void whatComesAfterAPauseIsHandedOutAtOnce() {
        turns.execute(() -> ran.add("first"));
        handed.remove().run();

        turns.execute(() -> ran.add("second"));

        handed.remove().run();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void aFailureDoesNotHoldUpTheOthers() {
        turns.execute(() -> {
            throw new IllegalStateException("slip");
        });
        turns.execute(() -> ran.add("second"));

        assertThatThrownBy(() -> handed.remove().run()).hasMessage("slip");
        handed.remove().run();

        assertThat(ran).containsExactly("second");
    }

    @Test
    void whatLastsLongerThanItRunsKeepsItsTurnAndNoThread() {
        CompletableFuture<Void> over = new CompletableFuture<>();
        turns.execute(new InTurn.Lasting() {
            @Override
            public void run() {
                ran.add("first");
            }

            @Override
            public CompletionStage<?> over() {
                return over;
            }
        });
        turns.execute(() -> ran.add("second"));

        handed.remove().run();
        assertThat(ran).containsExactly("first");
        assertThat(handed).isEmpty();

        over.completeExceptionally(new IllegalStateException("slip"));
        handed.remove().run();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void whoeverComesInTheMiddleOfAnotherWaitsForItsEnd() {
        InTurn here = new InTurn(Runnable::run);

        here.execute(() -> {
            here.execute(() -> ran.add("second"));
            ran.add("first");
        });

        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void whoWaitsIsToldHowManyComeFirst() {
        Patient first = new Patient();
        Patient second = new Patient();
        Patient third = new Patient();
        List.of(first, second, third).forEach(turns::execute);
        assertThat(second.told).containsExactly(1);
        assertThat(third.told).containsExactly(2);

        handed.remove().run();
        handed.remove().run();
        handed.remove().run();

        assertThat(first.told).isEmpty();
        assertThat(second.told).containsExactly(1, 1);
        assertThat(third.told).containsExactly(2, 2, 1);
    }

    @Test
    void whoWaitsIsToldWhoseTurnItIsAndHowLongOneTakes() {
        Patient first = new Patient();
        Patient second = new Patient();
        Patient third = new Patient();
        List.of(first, second, third).forEach(turns::execute);

        handed.remove().run();
        handed.remove().run();

        assertThat(third.before).containsExactly(first, first, second);
        assertThat(third.each).startsWith(Duration.ZERO, Duration.ZERO);
        assertThat(third.each.get(2)).isPositive();
    }

    @Test
    void whoCannotSayThatItWaitsHoldsUpNobody() {
        turns.execute(() -> ran.add("first"));
        turns.execute(new InTurn.Patient() {
            @Override
            public void waits(int others, Runnable now, Duration each) {
                throw new IllegalStateException("slip");
            }

            @Override
            public void run() {
                ran.add("second");
            }
        });

        handed.remove().run();
        handed.remove().run();

        assertThat(ran).containsExactly("first", "second");
    }

    private static final class Patient implements InTurn.Patient {
        private final List<Integer> told = new ArrayList<>();
        private final List<Runnable> before = new ArrayList<>();
        private final List<Duration> each = new ArrayList<>();

        @Override
        public void waits(int others, Runnable now, Duration took) {
            told.add(others);
            before.add(now);
            each.add(took);
        }

        @Override
        public void run() {}
    }

    @Test
    void whereNoWorkIsTakenAnyMoreItSaysSo() {
        InTurn over = new InTurn(task -> {
            throw new RejectedExecutionException("no workers");
        });

        assertThatThrownBy(() -> over.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
