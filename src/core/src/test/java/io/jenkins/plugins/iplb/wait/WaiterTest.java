package io.jenkins.plugins.iplb.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.VirtualTimer;
import io.jenkins.plugins.iplb.wait.Step.Done;
import io.jenkins.plugins.iplb.wait.Step.Later;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaiterTest {
    private final VirtualTimer timer = new VirtualTimer(new TestClock());
    private final Waiter waiter = new Waiter(timer, Runnable::run);
    private final List<String> events = new ArrayList<>();

    @Test
    void eachStepIsStoredBeforeTheNextIsTaken() {
        CompletableFuture<Integer> end = waiter.run(countingTo(3), 0, listener());
        timer.run();

        assertThat(end).isCompletedWithValue(3);
        assertThat(events)
                .containsExactly(
                        "step from 0",
                        "stored 1",
                        "at 1",
                        "step from 1",
                        "stored 2",
                        "at 2",
                        "step from 2",
                        "stored 3");
    }

    @Test
    void delaysAreLeftToTheTimer() {
        waiter.run(countingTo(3), 0, listener());

        assertThat(events).containsExactly("step from 0", "stored 1", "at 1");
        assertThat(timer.waiting()).isEqualTo(1);
        assertThat(timer.delays()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aFailureToStoreStopsBeforeTheNextSideEffect() {
        IllegalStateException full = new IllegalStateException("disk full");
        CompletableFuture<Integer> end = waiter.run(countingTo(3), 0, new WaitListener<>() {
            @Override
            public void store(Integer state) {
                throw full;
            }

            @Override
            public void status(WaitStatus status) {
                events.add("told");
            }
        });
        timer.run();

        assertThat(end).isCompletedExceptionally();
        assertThatThrownBy(end::join).hasCause(full);
        assertThat(events).containsExactly("step from 0");
    }

    @Test
    void whatGoesWrongInAStepEndsTheWait() {
        IplbException bad = new IplbException(FailureKind.TASK_FAILED, "no");
        CompletableFuture<Integer> end = waiter.run(
                state -> {
                    if (state == 1) {
                        throw bad;
                    }
                    return new Later<>(state + 1, Duration.ZERO, WaitStatus.of("at"));
                },
                0,
                listener());
        timer.run();

        assertThatThrownBy(end::join).hasCause(bad);
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void cancellingCallsTheTimerOff() {
        CompletableFuture<Integer> end = waiter.run(countingTo(3), 0, listener());

        end.cancel(true);

        assertThat(timer.waiting()).isZero();
        timer.run();
        assertThat(events).containsExactly("step from 0", "stored 1", "at 1");
    }

    @Test
    void cancellingBeforeAWorkerIsFreeTakesNoStepAtAll() {
        ManualExecutor workers = new ManualExecutor();
        CompletableFuture<Integer> end = new Waiter(timer, workers).run(countingTo(3), 0, listener());

        end.cancel(true);
        workers.run();

        assertThat(events).isEmpty();
    }

    @Test
    void cancellingDuringAStepLetsItEndAndTakesNoOther() {
        List<CompletableFuture<Integer>> wait = new ArrayList<>();
        ManualExecutor workers = new ManualExecutor();
        wait.add(new Waiter(timer, workers)
                .run(
                        state -> {
                            wait.get(0).cancel(true);
                            return countingTo(3).advance(state);
                        },
                        0,
                        listener()));
        workers.run();
        timer.run();
        workers.run();

        assertThat(events).containsExactly("step from 0", "stored 1", "at 1");
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void aThousandWaitsHoldNoThreadBetweenTheirSteps() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger atOnce = new AtomicInteger();
        List<CompletableFuture<Integer>> ends;
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Waiter single = new Waiter(timer, worker);
            ends = IntStream.range(0, 1000)
                    .mapToObj(i -> single.run(
                            state -> {
                                threads.add(Thread.currentThread());
                                atOnce.incrementAndGet();
                                return new Later<>(state + 1, Duration.ofHours(1), WaitStatus.of("waiting"));
                            },
                            0,
                            new Silent()))
                    .toList();
            // The worker is free again although nothing has ended: it takes this as well.
            worker.submit(() -> {}).get();
        } finally {
            worker.shutdown();
        }

        assertThat(atOnce).hasValue(1000);
        assertThat(threads).hasSize(1);
        assertThat(ends).noneMatch(CompletableFuture::isDone);
        assertThat(timer.waiting()).isEqualTo(1000);
    }

    @Test
    void theTimerOfAnExecutorRunsTheTaskAndCallsItOff() throws Exception {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
        executor.setRemoveOnCancelPolicy(true);
        try {
            Timer real = Timer.on(executor);
            CompletableFuture<String> ran = new CompletableFuture<>();
            real.after(Duration.ofMillis(1), () -> ran.complete("ran"));
            assertThat(ran.get()).isEqualTo("ran");

            Runnable callOff = real.after(Duration.ofDays(1), () -> ran.completeExceptionally(new AssertionError()));
            assertThat(executor.getQueue()).hasSize(1);
            callOff.run();
            assertThat(executor.getQueue()).isEmpty();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aStepThatCannotBeHandedToAWorkerEndsTheWait() {
        ScheduledExecutorService closed = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger handed = new AtomicInteger();
        CompletableFuture<Integer> end = new Waiter(timer, task -> {
                    if (handed.getAndIncrement() > 0) {
                        closed.execute(task);
                    } else {
                        task.run();
                    }
                })
                .run(countingTo(3), 0, listener());
        closed.shutdownNow();
        timer.run();

        assertThat(end).isCompletedExceptionally();
    }

    private StateMachine<Integer> countingTo(int last) {
        return state -> {
            events.add("step from " + state);
            return state + 1 == last
                    ? new Done<>(last)
                    : new Later<>(state + 1, Duration.ofSeconds(1), WaitStatus.of("at " + (state + 1)));
        };
    }

    private WaitListener<Integer> listener() {
        return new WaitListener<>() {
            @Override
            public void store(Integer state) {
                events.add("stored " + state);
            }

            @Override
            public void status(WaitStatus status) {
                events.add(status.text());
            }
        };
    }

    private static final class Silent implements WaitListener<Integer> {
        @Override
        public void store(Integer state) {}

        @Override
        public void status(WaitStatus status) {}
    }

    /** Runs what it was given when it is told to. */
    private static final class ManualExecutor implements Executor {
        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        private void run() {
            while (!tasks.isEmpty()) {
                tasks.remove(0).run();
            }
        }
    }
}
