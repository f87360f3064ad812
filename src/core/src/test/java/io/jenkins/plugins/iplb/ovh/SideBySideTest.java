package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void asManyAsThereMayBeAreUnderWayAtTheSameTimeAndNoMore() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(SideBySide.CALLS);

        SideBySide.all(IntStream.range(0, 3 * SideBySide.CALLS).mapToObj(i -> () -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            full.countDown();
            await(full);
            underWay.decrementAndGet();
        }));

        assertThat(most).hasValue(SideBySide.CALLS);
        assertThat(underWay).hasValue(0);
    }

    @Test
    void allComeToAnEndAndTheFirstThatFailedSaysWhy() {
        Set<String> ended = ConcurrentHashMap.newKeySet();
        CountDownLatch laterHasFailed = new CountDownLatch(1);
        Stream<Runnable> calls = Stream.of(
                () -> ended.add("one"),
                () -> {
                    await(laterHasFailed);
                    throw new IllegalStateException("two");
                },
                () -> {
                    laterHasFailed.countDown();
                    throw new IllegalArgumentException("three");
                },
                () -> ended.add("four"));

        assertThatThrownBy(() -> SideBySide.all(calls))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two");
        assertThat(ended).containsExactlyInAnyOrder("one", "four");
    }

    @Test
    void whereTheFirstIsRefusedNoOtherIsSent() {
        AtomicInteger others = new AtomicInteger();
        Stream<Runnable> calls = Stream.of(
                () -> {
                    throw new IllegalStateException("refused");
                },
                others::incrementAndGet,
                others::incrementAndGet);

        assertThatThrownBy(() -> SideBySide.allAfterTheFirst(calls)).hasMessage("refused");
        assertThat(others).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
