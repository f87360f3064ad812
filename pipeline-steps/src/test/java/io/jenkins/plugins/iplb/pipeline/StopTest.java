package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Abort and {@code timeout}: the step ends within a second, and the log says what goes on at OVH. */
@WithJenkins
class StopTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private JenkinsRule jenkins;
    private Shop shop;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
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

    @Test
    void aTimeoutEndsAMoveAndSaysThatItGoesOn() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, """
                timeout(time: 3, unit: 'SECONDS') {
                    iplbMoveFailover loadBalancer: 'shop', ip: '%s', to: 'shop'
                }
                """.formatted(DemoWorld.MOVABLE_IP));

        jenkins.waitForCompletion(build);

        jenkins.assertBuildStatus(Result.ABORTED, build);
        jenkins.assertLogContains("goes on at OVH", build);
        jenkins.assertLogNotContains("kill", build);
    }

    @Test
    void aStepWhoseCallIsNotAnsweredEndsAtOnceToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        shop.sandbox().calls().onExchange(call -> {
            if (call.method().equals("PUT")) {
                asked.countDown();
                Waits.until(answer);
            }
        });
        WorkflowRun build = Jobs.start(
                jenkins, "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'");
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

    private void assertEndsAtOnce(WorkflowRun build, Runnable stop) throws Exception {
        long before = System.nanoTime();
        stop.run();
        jenkins.waitForCompletion(build);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE);
    }

    private long refreshId() {
        return List.copyOf(shop.sandbox().world().service(Shop.SERVICE).refreshes())
                .get(0)
                .id();
    }
}
