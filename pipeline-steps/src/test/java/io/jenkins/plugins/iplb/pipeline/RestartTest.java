package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that is restarted in each phase of each kind of step, while OVH goes on. */
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Shop shop = EveryKind.shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void beforeTheCall() throws Throwable {
        restartWhileHeld(EveryKind.SENDING, EveryKind::isRead);
    }

    @Test
    void afterTheCallAndBeforeItsAnswer() throws Throwable {
        restartWhileHeld(EveryKind.SENDING, EveryKind::isWrite);
    }

    @Test
    void ofAnObjectBeforeTheCall() throws Throwable {
        restartWhileHeld(EveryKind.OBJECTS, EveryKind::isRead);
    }

    @Test
    void ofAnObjectAfterTheCallAndBeforeItsAnswer() throws Throwable {
        restartWhileHeld(EveryKind.OBJECTS, EveryKind::isWrite);
    }

    @Test
    void ofTheOthersBeforeTheCall() throws Throwable {
        restartWhileHeld(EveryKind.OTHERS, EveryKind::isRead);
    }

    @Test
    void ofTheOthersAfterTheCallAndBeforeItsAnswer() throws Throwable {
        restartWhileHeld(EveryKind.OTHERS, EveryKind::isWrite);
    }

    @Test
    void whileWaiting() throws Throwable {
        shop.sandbox().world().refreshTakes(Duration.ofHours(1)).ipMoveTakes(Duration.ofHours(1));
        sessions.then(jenkins -> {
            EveryKind.place(shop).start(jenkins, EveryKind.SENDING);
            EveryKind.awaitWaits(jenkins);
        });
        sessions.then(jenkins -> {
            shop.sandbox().world().endTasks();
            EveryKind.assertAllSucceed(jenkins, EveryKind.SENDING);
            EveryKind.assertNothingWasSentTwice(shop, EveryKind.SENDING);
        });
    }

    @Test
    void whileItOnlyLooks() throws Throwable {
        restartWhileHeld(EveryKind.LOOKING, EveryKind::isRead);
    }

    @Test
    void noStepIsLeftOut() throws Throwable {
        sessions.then(jenkins -> assertThat(StepDescriptor.all())
                .filteredOn(IplbStepDescriptor.class::isInstance)
                .extracting(StepDescriptor::getFunctionName)
                .containsExactlyInAnyOrderElementsOf(EveryKind.functions()));
    }

    /** What the controller that went down was about to do is let go only when its successor has done it. */
    private void restartWhileHeld(List<EveryKind.Kind> kinds, Predicate<Exchange> which) throws Throwable {
        Blockade blockade = EveryKind.blockade(shop, kinds, which);
        sessions.then(jenkins -> {
            EveryKind.place(shop).start(jenkins, kinds);
            blockade.awaitHeld();
        });
        sessions.then(jenkins -> {
            EveryKind.assertAllSucceed(jenkins, kinds);
            blockade.lift();
            EveryKind.assertNothingWasSentTwice(shop, kinds);
        });
    }
}
