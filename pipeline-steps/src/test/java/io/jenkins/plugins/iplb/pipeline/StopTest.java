package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Abort and {@code timeout}: the step ends within a second, and the log says what goes on at OVH. */
@WithJenkins
class StopTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String TIMEOUT = "Cancelling nested steps due to timeout";
    private static final String REFRESH_GOES_ON = "shop: stopped; refresh \\d+ goes on at OVH";
    private static final String STICKINESS =
            "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'";

    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
        shop.sandbox()
                .world()
                .refreshTakes(Duration.ofHours(1))
                .ipMoveTakes(Duration.ofHours(1))
                .service(Shop.SERVICE)
                .add("udp/farm", Map.of("zone", "all", "port", 53));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anAbortedGateSaysThatTheRefreshGoesOn() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, "iplbRefresh loadBalancer: 'shop'");
        jenkins.waitForMessage("is todo", build);

        assertEndsAtOnce(build, () -> build.getExecutor().interrupt());

        jenkins.assertBuildStatus(Result.ABORTED, build);
        jenkins.assertLogContains("stopped; refresh " + refreshId() + " goes on at OVH", build);
        jenkins.assertLogNotContains("\tat ", build);
        Waits.until(() -> new BuildRecord(build).entries().get(0).outcome() == Outcome.ABORTED);
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                Arguments.of("a refresh", "iplbRefresh loadBalancer: 'shop'", REFRESH_GOES_ON),
                Arguments.of(
                        "a refresh of all who ask",
                        "parallel one: { iplbRefresh loadBalancer: 'shop' }, other: { iplbRefresh loadBalancer: 'shop' }",
                        "(?s)(" + REFRESH_GOES_ON + ".*){2}"),
                Arguments.of(
                        "a refresh of its own",
                        "iplbRefresh loadBalancer: 'shop', exclusive: true, zones: 'gra'",
                        REFRESH_GOES_ON),
                Arguments.of(
                        "a move",
                        "iplbMoveFailover loadBalancer: 'shop', ip: '%s', to: 'shop'".formatted(DemoWorld.MOVABLE_IP),
                        "shop: stopped; the move \\(task \\d+\\) goes on at OVH"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waits")
    void aTimeoutEndsEveryWaitAndSaysThatItGoesOn(String what, String step, String told) throws Exception {
        WorkflowRun build = startWithTimeout(step);

        assertEndsAtOnce(build, () -> jenkins.waitForMessage(TIMEOUT, build));

        jenkins.assertBuildStatus(Result.ABORTED, build);
        assertThat(JenkinsRule.getLog(build)).containsPattern(told);
        jenkins.assertLogNotContains("kill", build);
    }

    @Test
    void aTimeoutOfAGateThatWaitsForSomebodyElsesRefreshSaysThatNothingWasSent() throws Exception {
        RefreshTask theirs = shop.sandbox().world().service(Shop.SERVICE).refresh();
        shop.sandbox().world().service(Shop.SERVICE).add("udp/farm", Map.of("zone", "all", "port", 54));
        WorkflowRun build = startWithTimeout("iplbRefresh loadBalancer: 'shop'");

        assertEndsAtOnce(build, () -> jenkins.waitForMessage(TIMEOUT, build));

        jenkins.assertLogContains("waiting for refresh " + theirs.id(), build);
        jenkins.assertLogContains("shop: stopped before anything was sent", build);
        assertThat(shop.sandbox().calls().all()).allMatch(call -> call.method().equals("GET"));
    }

    @Test
    void aTimeoutOfAChangeThatWaitsForItsTurnSaysThatNothingWasSent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        holdWrites(asked, answer);
        WorkflowRun first = Jobs.start(jenkins, STICKINESS);
        Waits.until(asked);
        WorkflowRun second = startWithTimeout("""
                iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', port: '8080', zone: 'all', farm: 'app'
                """);

        assertEndsAtOnce(second, () -> jenkins.waitForMessage(TIMEOUT, second));
        answer.countDown();

        jenkins.assertLogContains("shop: stopped before anything was sent", second);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/http/frontend"))
                .isZero();
    }

    @Test
    void aStepWhoseCallIsNotAnsweredEndsAtOnceToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        holdWrites(asked, answer);
        WorkflowRun build = Jobs.start(jenkins, STICKINESS);
        Waits.until(asked);

        assertEndsAtOnce(build, () -> build.getExecutor().interrupt());
        answer.countDown();

        jenkins.assertBuildStatus(Result.ABORTED, build);
        jenkins.assertLogContains("was on its way: whether it took effect is not known", build);
    }

    @Test
    void aStoppedStepSendsNothingMore() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, "iplbRefresh loadBalancer: 'shop'");
        jenkins.waitForMessage("is todo", build);
        assertEndsAtOnce(build, () -> build.getExecutor().interrupt());
        Waits.until(() -> new BuildRecord(build).entries().get(0).outcome() == Outcome.ABORTED);
        int sent = shop.sandbox().calls().all().size();

        Thread.sleep(Duration.ofSeconds(3).toMillis()); // The pace of looks is shorter.
        assertThat(shop.sandbox().calls().all()).hasSize(sent);
    }

    private void holdWrites(CountDownLatch asked, CountDownLatch answer) {
        shop.sandbox().calls().onExchange(call -> {
            if (!call.method().equals("GET")) {
                asked.countDown();
                Waits.until(answer);
            }
        });
    }

    @Test
    void aCheckOfTrafficThatIsStoppedAsksNoMore() throws Exception {
        try (Page page = new Page(503)) {
            WorkflowRun build = Jobs.start(jenkins, "iplbCheckTraffic url: '%s'".formatted(page.url()));
            jenkins.waitForMessage("0 of 3 good answers in a row, 1 bad", build);

            assertEndsAtOnce(build, build::doStop);

            jenkins.assertBuildStatus(Result.ABORTED, build);
            int asked = page.asked();
            try (Page other = new Page(200)) {
                Jobs.succeed(jenkins, "iplbCheckTraffic url: '%s', times: 3".formatted(other.url()));
            }
            assertThat(page.asked()).as("two pauses later").isEqualTo(asked);
        }
    }

    private WorkflowRun startWithTimeout(String steps) throws Exception {
        return Jobs.start(jenkins, "timeout(time: 5, unit: 'SECONDS') {\n" + steps + "\n}");
    }

    private interface Stop {
        void run() throws Exception;
    }

    private void assertEndsAtOnce(WorkflowRun build, Stop stop) throws Exception {
        stop.run();
        long stopped = System.nanoTime();
        jenkins.waitForCompletion(build);
        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(AT_ONCE);
    }

    private long refreshId() {
        return List.copyOf(shop.sandbox().world().service(Shop.SERVICE).refreshes())
                .get(0)
                .id();
    }
}
