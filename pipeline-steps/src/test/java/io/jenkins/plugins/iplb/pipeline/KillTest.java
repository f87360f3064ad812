package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed in each phase of each kind of step, while OVH goes on. */
class KillTest {
    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().javaOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Shop shop = EveryKind.shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void beforeTheCall() throws Throwable {
        killWhileHeld(EveryKind.SENDING, EveryKind::isRead);
    }

    @Test
    void afterTheCallAndBeforeItsAnswer() throws Throwable {
        killWhileHeld(EveryKind.SENDING, EveryKind::isWrite);
    }

    @Test
    void whileWaiting() throws Throwable {
        shop.sandbox().world().refreshTakes(Duration.ofSeconds(30)).ipMoveTakes(Duration.ofSeconds(30));
        start(EveryKind.SENDING);
        controller.runRemotely(EveryKind::awaitWaits);
        controller.stopJenkinsForcibly();
        goOn(EveryKind.SENDING);
    }

    @Test
    void whileItOnlyLooks() throws Throwable {
        killWhileHeld(EveryKind.LOOKING, EveryKind::isRead);
    }

    private void killWhileHeld(List<EveryKind.Kind> kinds, Predicate<Exchange> which) throws Throwable {
        Blockade blockade = EveryKind.blockade(shop, kinds, which);
        start(kinds);
        blockade.awaitHeld();
        controller.stopJenkinsForcibly();
        blockade.lift();
        goOn(kinds);
    }

    private void start(List<EveryKind.Kind> kinds) throws Throwable {
        EveryKind.Place place = EveryKind.place(shop);
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            place.start(jenkins, kinds);
        });
    }

    private void goOn(List<EveryKind.Kind> kinds) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            EveryKind.assertAllSucceed(jenkins, kinds);
        });
        EveryKind.assertNothingWasSentTwice(shop, kinds);
    }
}
