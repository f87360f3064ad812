package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that is restarted in each phase of each kind of step, while OVH goes on. */
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void beforeTheCall() throws Throwable {
        restartWhileHeld(
                EveryKind::isRead,
                EveryKind.SENDING,
                EveryKind.OBJECTS,
                EveryKind.CERTIFICATES,
                EveryKind.WHOLES,
                EveryKind.DEPLOYMENTS,
                EveryKind.LOOKING);
    }

    @Test
    void afterTheCallAndBeforeItsAnswer() throws Throwable {
        restartWhileHeld(
                EveryKind::isWrite,
                EveryKind.SENDING,
                EveryKind.OBJECTS,
                EveryKind.CERTIFICATES,
                EveryKind.WHOLES,
                EveryKind.DEPLOYMENTS);
    }

    @Test
    void whileWaiting() throws Throwable {
        try (Shop shop = EveryKind.shop()) {
            shop.sandbox().world().refreshTakes(Duration.ofHours(1)).ipMoveTakes(Duration.ofHours(1));
            sessions.then(jenkins -> {
                EveryKind.place(shop).start(jenkins, EveryKind.SENDING);
                EveryKind.awaitWaits(jenkins);
            });
            sessions.then(jenkins -> {
                shop.sandbox().world().endTasks();
                EveryKind.assertAllSucceed(jenkins, EveryKind.SENDING);
                EveryKind.assertNothingWasSentTwice(shop, EveryKind.SENDING);
                assertNoStepWasLeftOut();
            });
        }
    }

    @Test
    void aCheckOfTrafficGoesOnWithWhatWasBad() throws Throwable {
        try (Shop shop = new Shop();
                Page page = new Page(503)) {
            sessions.then(jenkins -> {
                shop.configure();
                WorkflowRun build = Jobs.start(jenkins, """
                        def answer = iplbCheckTraffic(url: '%s', times: 2)
                        echo "bad: ${answer.places[0].bad > 0}, good: ${answer.places[0].good}"
                        """.formatted(page.url()));
                jenkins.waitForMessage("0 of 2 good answers in a row, 1 bad", build);
            });
            page.answers(200);
            sessions.then(jenkins -> {
                WorkflowRun build =
                        jenkins.jenkins.getAllItems(WorkflowJob.class).get(0).getBuildByNumber(1);
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
                jenkins.assertLogContains("bad: true, good: 2", build);
            });
        }
    }

    /** But for the one that calls no load balancer. */
    private static void assertNoStepWasLeftOut() {
        assertThat(StepDescriptor.all())
                .filteredOn(IplbStepDescriptor.class::isInstance)
                .filteredOn(descriptor -> !ExplainingStep.class.isAssignableFrom(descriptor.clazz))
                .extracting(StepDescriptor::getFunctionName)
                .containsExactlyInAnyOrderElementsOf(EveryKind.functions());
    }

    /**
     * What the controller that went down was about to do is let go only when its successor has done it. The successor of
     * one group starts the next.
     */
    @SafeVarargs
    private void restartWhileHeld(Predicate<Exchange> which, List<EveryKind.Kind>... groups) throws Throwable {
        try (Shop shop = EveryKind.shop()) {
            Deque<Blockade> held = new ArrayDeque<>();
            for (int group = 0; group <= groups.length; group++) {
                int next = group;
                sessions.then(jenkins -> {
                    if (next > 0) {
                        EveryKind.assertAllSucceed(jenkins, groups[next - 1]);
                        held.remove().lift();
                        ShopJobs.deleteAll(jenkins);
                    }
                    if (next < groups.length) {
                        held.add(EveryKind.blockade(shop, groups[next], which));
                        EveryKind.place(shop).start(jenkins, groups[next]);
                        held.element().awaitHeld();
                    }
                });
            }
            EveryKind.assertNothingWasSentTwice(
                    shop, Stream.of(groups).flatMap(List::stream).toList());
        }
    }
}
