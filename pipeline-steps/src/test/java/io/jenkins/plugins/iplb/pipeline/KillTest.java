package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
        killWhileHeld(EveryKind::isRead, EveryKind.SENDING, EveryKind.OBJECTS, EveryKind.OTHERS);
    }

    @Test
    void afterTheCallAndBeforeItsAnswer() throws Throwable {
        killWhileHeld(EveryKind::isWrite, EveryKind.SENDING, EveryKind.OBJECTS, EveryKind.OTHERS);
    }

    @Test
    void whileWaiting() throws Throwable {
        shop.sandbox().world().refreshTakes(Duration.ofHours(1)).ipMoveTakes(Duration.ofHours(1));
        controller.startJenkins();
        start(EveryKind.SENDING);
        controller.runRemotely(EveryKind::awaitWaits);
        controller.stopJenkinsForcibly();
        shop.sandbox().world().endTasks();
        goOn(EveryKind.SENDING);
        EveryKind.assertNothingWasSentTwice(shop, EveryKind.SENDING);
    }

    @Test
    void whileItOnlyLooks() throws Throwable {
        killWhileHeld(EveryKind::isRead, EveryKind.LOOKING);
    }

    /** Group by group: an answer that is held back is not waited for forever. */
    @SafeVarargs
    private void killWhileHeld(Predicate<Exchange> which, List<EveryKind.Kind>... groups) throws Throwable {
        controller.startJenkins();
        for (List<EveryKind.Kind> kinds : groups) {
            Blockade blockade = EveryKind.blockade(shop, kinds, which);
            start(kinds);
            blockade.awaitHeld();
            controller.stopJenkinsForcibly();
            blockade.lift();
            goOn(kinds);
        }
        EveryKind.assertNothingWasSentTwice(
                shop, Stream.of(groups).flatMap(List::stream).toList());
    }

    private void start(List<EveryKind.Kind> kinds) throws Throwable {
        EveryKind.Place place = EveryKind.place(shop);
        controller.runRemotely(jenkins -> {
            place.start(jenkins, kinds);
        });
    }

    private void goOn(List<EveryKind.Kind> kinds) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            EveryKind.assertAllSucceed(jenkins, kinds);
        });
    }
}
