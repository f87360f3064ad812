package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.time.Duration;
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
        restartWhileHeld(new Blockade(shop.sandbox(), EveryKind::isRead, EveryKind.COUNT));
    }

    @Test
    void afterTheCallAndBeforeItsAnswer() throws Throwable {
        restartWhileHeld(new Blockade(shop.sandbox(), EveryKind::isWrite, EveryKind.COUNT));
    }

    @Test
    void whileWaiting() throws Throwable {
        shop.sandbox().world().refreshTakes(Duration.ofSeconds(15)).ipMoveTakes(Duration.ofSeconds(15));
        sessions.then(jenkins -> {
            shop.configure();
            EveryKind.start(jenkins);
            EveryKind.awaitWaits(jenkins);
        });
        sessions.then(jenkins -> {
            EveryKind.assertAllSucceed(jenkins);
            EveryKind.assertNothingWasSentTwice(shop);
        });
    }

    /** What the controller that went down was about to do is let go only when its successor has done it. */
    private void restartWhileHeld(Blockade blockade) throws Throwable {
        sessions.then(jenkins -> {
            shop.configure();
            EveryKind.start(jenkins);
            blockade.awaitHeld();
        });
        sessions.then(jenkins -> {
            EveryKind.assertAllSucceed(jenkins);
            blockade.lift();
            EveryKind.assertNothingWasSentTwice(shop);
        });
    }
}
