package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.iplb.fault.Fuse.Crash;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that dies, and the same wish again: it ends as if nothing had happened. */
@ExtendWith(SandboxExtension.class)
class CrashTest {
    /** When in the life of a call. */
    enum Moment {
        /** It is written down, and does not leave. */
        BEFORE_SENDING("after a call"),
        /** It has had its effect and its answer has come, and is not written down. */
        BEFORE_THE_ANSWER_IS_WRITTEN("before an answer");

        private final String reached;

        Moment(String reached) {
            this.reached = reached;
        }
    }

    private FaultBench bench;
    private TestClock clock;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock testClock, @TempDir Path directory) {
        clock = testClock;
        bench = new FaultBench(sandbox, clock, directory);
    }

    static Stream<Arguments> crashes() {
        return Arrays.stream(Post.values())
                .filter(post -> post != Post.RULE_OF_A_NEW_ROUTE)
                .flatMap(post -> IntStream.rangeClosed(1, post == Post.ROUTE ? 4 : 1)
                        .boxed()
                        .flatMap(call ->
                                Arrays.stream(Moment.values()).map(moment -> Arguments.of(post, call, moment))));
    }

    @ParameterizedTest(name = "{0}, call {1}, {2}")
    @MethodSource("crashes")
    void theNextRunFinishesWhatACrashHasLeft(Post post, int call, Moment moment) {
        post.prepare(bench.world());
        crash(post, call, moment);

        bench.journal(bench.journal()).run(post);

        post.assertDone(bench.world());
        assertThat(bench.effects(post)).isOne();
        assertThat(post == Post.ROUTE ? bench.effects(Post.RULE_OF_A_NEW_ROUTE) : 2)
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}, call {1}, {2}")
    @MethodSource("crashes")
    void aCrashLeavesAnOpenEntryThatNamesTheOneCallOfWhichNobodyKnows(Post post, int call, Moment moment) {
        post.prepare(bench.world());

        crash(post, call, moment);

        RecordedEntry left = bench.lastEntry();
        assertThat(left.outcome()).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(left.unsettled()).hasSize(1);
        assertThat(left.calls()).hasSize(call);
        assertThat(left.calls().get(call - 1).fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(bench.writes()).hasSize(moment == Moment.BEFORE_SENDING ? call - 1 : call);
    }

    @ParameterizedTest(name = "{0}, call {1}, {2}")
    @MethodSource("crashes")
    void whoGoesOnWithTheEntryThatACrashHasLeftSaysInItWhatBecameOfThatCall(Post post, int call, Moment moment) {
        post.prepare(bench.world());
        crash(post, call, moment);

        bench.journal(bench.journal()).goingOn().run(post);

        post.assertDone(bench.world());
        assertThat(bench.effects(post)).isOne();
        assertThat(bench.entries()).hasSize(1);
        RecordedEntry entry = bench.lastEntry();
        assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(entry.unsettled()).isEmpty();
        assertThat(entry.calls().get(call - 1).fate())
                .isEqualTo(moment == Moment.BEFORE_SENDING ? Fate.NO_EFFECT : Fate.TOOK_EFFECT);
        assertThat(entry.tasks()).allMatch(task -> task.endedAt() != null);
    }

    static Stream<Arguments> crashesOfARoute() {
        return crashes().filter(crash -> crash.get()[0] == Post.ROUTE);
    }

    @ParameterizedTest(name = "{0}, call {1}, {2}")
    @MethodSource("crashesOfARoute")
    void noCrashLeavesARouteThatARefreshWouldMakeLiveHalfMade(Post post, int call, Moment moment) {
        crash(post, call, moment);

        assertThat(Post.shop(bench.world()).staged("tcp/route").stream()
                        .filter(route -> route.reference("frontendId") != 0)
                        .map(Item::id))
                .allSatisfy(route -> assertThat(Post.shop(bench.world()).staged("tcp/rule"))
                        .filteredOn(rule -> rule.parent() == route)
                        .hasSize(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFRESH", "MOVE"})
    void aWaitThatDiesIsTakenUpByTheNextRun(Post post) {
        post.prepare(bench.world());
        bench.abandon(post);
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.IN_PROGRESS);

        bench.run(post);

        post.assertDone(bench.world());
        assertThat(bench.effects(post)).isOne();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFRESH", "MOVE"})
    void whatCameToItsEndWhileNobodyWaitedIsNotDoneAgain(Post post) {
        post.prepare(bench.world());
        bench.abandon(post);
        clock.advance(Duration.ofHours(1));

        assertThat(bench.run(post).changed()).isFalse();

        post.assertDone(bench.world());
        assertThat(bench.effects(post)).isOne();
    }

    private void crash(Post post, int call, Moment moment) {
        Journal mortal = new MortalJournal(bench.journal(), new Fuse(moment.reached::equals, call));
        Throwable end = catchThrowable(() -> bench.journal(mortal).run(post));
        assertThat(end).hasRootCauseInstanceOf(Crash.class);
        assertThat(bench.writes()).allMatch(Exchange::effect);
    }
}
