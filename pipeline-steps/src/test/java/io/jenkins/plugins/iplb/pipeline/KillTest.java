package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed in each phase of each kind of step, while OVH goes on. */
class KillTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    private final Shop shop = EveryKind.shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void beforeTheCall() throws Throwable {
        killWhileHeld(new Blockade(shop.sandbox(), EveryKind::isRead, EveryKind.COUNT));
    }

    @Test
    void afterTheCallAndBeforeItsAnswer() throws Throwable {
        killWhileHeld(new Blockade(shop.sandbox(), EveryKind::isWrite, EveryKind.COUNT));
    }

    @Test
    void whileWaiting() throws Throwable {
        shop.sandbox().world().refreshTakes(Duration.ofSeconds(30)).ipMoveTakes(Duration.ofSeconds(30));
        start();
        controller.runRemotely(EveryKind::awaitWaits);
        controller.stopJenkinsForcibly();
        goOn();
    }

    private void killWhileHeld(Blockade blockade) throws Throwable {
        start();
        blockade.awaitHeld();
        controller.stopJenkinsForcibly();
        blockade.lift();
        goOn();
    }

    private void start() throws Throwable {
        Shop.Key key = shop.key();
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            key.configure();
            EveryKind.start(jenkins);
        });
    }

    private void goOn() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(EveryKind::assertAllSucceed);
        EveryKind.assertNothingWasSentTwice(shop);
    }
}
