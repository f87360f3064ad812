package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.auth.IamPolicy;
import io.jenkins.plugins.iplb.sandbox.fault.FaultBuilder;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every POST that the core makes, under everything that may go wrong with it. */
@ExtendWith(SandboxExtension.class)
class FaultMatrixTest {
    private static final String UNKNOWN_SERVICE = "loadbalancer-00000000deadbeef";

    private FaultBench bench;
    private TestClock clock;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock testClock, @TempDir Path directory) {
        clock = testClock;
        bench = new FaultBench(sandbox, clock, directory);
    }

    // ---- what passes

    static Stream<Arguments> mishaps() {
        return Arrays.stream(Post.values())
                .flatMap(post -> Arrays.stream(Mishap.values()).map(mishap -> Arguments.of(post, mishap)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("mishaps")
    void aMishapDoesNotShowInWhatIsDone(Post post, Mishap mishap) {
        post.prepare(bench.world());
        mishap.armOnce(bench, post);

        Report report = bench.run(post);

        assertDoneOnce(post, report);
        assertThat(bench.fates(post).subList(0, mishap.fates().size())).isEqualTo(mishap.fates());
    }

    static Stream<Arguments> lostAnswers() {
        return Arrays.stream(Post.values())
                .flatMap(post -> Stream.of(Mishap.CUT_BEFORE_EFFECT, Mishap.CUT_AFTER_EFFECT)
                        .map(mishap -> Arguments.of(post, mishap)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("lostAnswers")
    void aLostAnswerDoesNotShowEitherWhereListsAreOfIdsOnly(Post post, Mishap mishap) {
        bench.sandbox().faults().withoutExpandedLists().withoutBatch();
        post.prepare(bench.world());
        mishap.armOnce(bench, post);

        assertDoneOnce(post, bench.run(post));
    }

    @ParameterizedTest
    @EnumSource
    void twoMishapsInARowDoNotShowEither(Post post) {
        post.prepare(bench.world());
        Mishap.CUT_BEFORE_EFFECT.armOnce(bench, post);
        Mishap.CUT_AFTER_EFFECT.armOnce(bench, post);

        assertDoneOnce(post, bench.run(post));

        assertThat(bench.fates(post).subList(0, 2)).containsExactly(Fate.NO_EFFECT, Fate.TOOK_EFFECT);
    }

    @ParameterizedTest
    @EnumSource
    void anOvhThatAnswersNoPostAtAllStillGetsEachOnce(Post post) {
        post.prepare(bench.world());
        bench.sandbox().faults().on("POST", post.path()).cutAfterEffect();

        assertDoneOnce(post, bench.run(post));

        assertThat(bench.fates(post)).hasSize(post.needed()).containsOnly(Fate.TOOK_EFFECT);
    }

    static Stream<Arguments> skews() {
        return Arrays.stream(Post.values())
                .flatMap(post -> Stream.of(1, -1).map(hours -> Arguments.of(post, Duration.ofHours(hours))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("skews")
    void aClockThatIsAnHourOffIsAllowedFor(Post post, Duration skew) {
        bench.sandbox().faults().clockSkew(skew);
        post.prepare(bench.world());

        assertDoneOnce(post, bench.run(post));

        assertThat(bench.sandbox().calls().all()).noneMatch(call -> call.status() == 400);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("skews")
    void aClockThatJumpsByAnHourBeforeAPostCostsARefusalOnly(Post post, Duration skew) {
        post.prepare(bench.world());
        bench.watcher(Watchers.before(post, () -> bench.sandbox().faults().clockSkew(skew)));

        assertDoneOnce(post, bench.run(post));

        assertThat(bench.fates(post).subList(0, 2)).containsExactly(Fate.REFUSED, Fate.DONE);
    }

    private void assertDoneOnce(Post post, Report report) {
        post.assertDone(bench.world());
        assertThat(bench.effects(post)).isEqualTo(post.needed());
        bench.assertTruthful();
        RecordedEntry entry = bench.lastEntry();
        assertThat(bench.entries()).hasSize(1);
        assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(entry.error()).isNull();
        assertThat(entry.unsettled()).isEmpty();
        assertThat(entry.result()).hasToString(report.result().toString());
        assertThat(report.changed()).isTrue();
        assertThat(report.entry()).contains(entry.id());
        assertThat(report.writes()).isEqualTo(bench.writes().size());
    }

    // ---- what lasts

    static Stream<Arguments> outages() {
        List<Arguments> outages = List.of(
                outage("cut before effect", FaultBuilder::cutBeforeEffect, "the connection broke"),
                outage("500", fault -> fault.status(500), "HTTP 500 Server::Unavailable: Fault asked for; try again"),
                outage("503 HTML", fault -> fault.html(503), "HTTP 503; the reply had no words of OVH's: try again"),
                outage("429", fault -> fault.status(429), "OVH limits the requests per key: try again later"),
                outage(
                        "429 for an hour",
                        fault -> fault.statusWithRetryAfter(429, 3600),
                        "OVH limits the requests per key: try again later"));
        return Arrays.stream(Post.values())
                .flatMap(post -> outages.stream()
                        .map(outage -> Arguments.of(post, outage.get()[0], outage.get()[1], outage.get()[2])));
    }

    private static Arguments outage(String name, Consumer<FaultBuilder> fault, String words) {
        return Arguments.of(name, fault, words);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outages")
    void anOutageEndsInAFailureThatNamesTheCallAndLeavesNothingHalfDone(
            Post post, String outage, Consumer<FaultBuilder> fault, String words) {
        post.prepare(bench.world());
        fault.accept(bench.sandbox().faults().on("POST", post.path()));

        IplbException failure = bench.failure(post);

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("POST /ip").hasMessageContaining(words);
        assertThat(bench.effects(post)).isZero();
        assertThat(bench.sandbox().calls().matching("POST", post.path())).hasSizeLessThanOrEqualTo(12);
        post.assertUndone(bench.world());
        assertFailed(failure);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outages")
    void theSameWishGoesThroughOnceTheOutageIsOver(
            Post post, String outage, Consumer<FaultBuilder> fault, String words) {
        post.prepare(bench.world());
        fault.accept(bench.sandbox().faults().on("POST", post.path()));
        bench.failure(post);
        bench.sandbox().faults().clear();

        bench.run(post);

        post.assertDone(bench.world());
        assertThat(bench.effects(post)).isEqualTo(post.needed());
        bench.assertTruthful();
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.CHANGED);
    }

    @ParameterizedTest
    @EnumSource
    void aPostIsNotRepeatedWhileOvhCannotBeAskedWhatBecameOfIt(Post post) {
        post.prepare(bench.world());
        bench.sandbox().faults().on("POST", post.path()).times(1).cutAfterEffect();
        bench.watcher(Watchers.afterFailure(
                () -> bench.sandbox().faults().on("GET", "/ip**").status(503)));

        IplbException failure = bench.failure(post);

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(bench.effects(post)).isOne();
        assertThat(bench.fates(post)).containsExactly(Fate.UNKNOWN);
        assertFailed(failure);

        bench.sandbox().faults().clear();
        bench.run(post);

        post.assertDone(bench.world());
        assertThat(bench.effects(post)).isEqualTo(post.needed());
        bench.assertTruthful();
    }

    // ---- what is refused

    @ParameterizedTest
    @EnumSource
    void anExpiredConsumerKeyIsSaidToNeedANewOneAndNothingIsWritten(Post post) {
        post.prepare(bench.world());
        bench.sandbox().credentials().expiration(bench.sandbox().credentials().consumerKey(), clock.instant());

        IplbException failure = bench.failure(post);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure)
                .hasMessageContaining("GET /ip")
                .hasMessageContaining("HTTP 403 INVALID_CREDENTIAL")
                .hasMessageContaining("create and validate a new one")
                .hasMessageContaining("(query id EU.ext-3.");
        assertNothingTried(post);
    }

    @ParameterizedTest
    @EnumSource
    void aConsumerKeyWithoutTheRightToWriteIsRefusedOnce(Post post) {
        post.prepare(bench.world());
        bench.sandbox().credentials().rules(bench.sandbox().credentials().consumerKey(), new AccessRule("GET", "/*"));

        IplbException failure = bench.failure(post);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure)
                .hasMessageStartingWith("POST /ip")
                .hasMessageContaining("HTTP 403 NOT_GRANTED_CALL")
                .hasMessageContaining("create one whose access rules cover the call");
        assertThat(bench.lastEntry().calls()).extracting(RecordedCall::fate).containsExactly(Fate.REFUSED);
        post.assertUndone(bench.world());
        assertFailed(failure);
    }

    @ParameterizedTest
    @EnumSource
    void aMissingActionIsNamed(Post post) {
        post.prepare(bench.world());
        bench.sandbox().credentials().policy(bench.account().clientId(), IamPolicy.ALL.denying(post.action()));
        bench.as(bench.account());

        IplbException failure = bench.failure(post);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure)
                .hasMessageStartingWith("POST /ip")
                .hasMessageContaining("the credentials lack the right " + post.action())
                .hasMessageContaining("(query id EU.ext-3.");
        assertThat(bench.fates(post)).containsExactly(Fate.REFUSED);
        post.assertUndone(bench.world());
        assertFailed(failure);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatThereIsNotIsNamedAndNothingIsWritten(Post post) {
        post.prepare(bench.world());
        bench.service(UNKNOWN_SERVICE);

        IplbException failure = bench.failure(post);

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure).hasMessageContaining(UNKNOWN_SERVICE);
        assertNothingTried(post);
    }

    private void assertNothingTried(Post post) {
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
        post.assertUndone(bench.world());
    }

    private void assertFailed(IplbException failure) {
        bench.assertTruthful();
        RecordedEntry entry = bench.lastEntry();
        assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entry.error().kind()).isEqualTo(failure.kind().code());
        assertThat(entry.error().message()).isEqualTo(failure.getMessage()).doesNotContain(bench.secrets());
    }
}
