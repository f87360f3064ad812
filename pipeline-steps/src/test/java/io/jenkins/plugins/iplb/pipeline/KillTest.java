package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.testing.OwnProcess;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed in each phase of each kind of step, while OVH goes on. */
class KillTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = OwnProcess.controller();

    /** In the lives of one controller, since a first one takes longest. */
    @Test
    void inEachPhaseOfEachKind() throws Throwable {
        controller.startJenkins();
        beforeTheCall();
        afterTheCallAndBeforeItsAnswer();
        whileWaiting();
        insideABlock();
    }

    private void beforeTheCall() throws Throwable {
        killWhileHeld(
                EveryKind::isRead,
                EveryKind.SENDING,
                EveryKind.OBJECTS,
                EveryKind.CERTIFICATES,
                EveryKind.WHOLES,
                EveryKind.DEPLOYMENTS,
                EveryKind.LOOKING);
    }

    private void afterTheCallAndBeforeItsAnswer() throws Throwable {
        killWhileHeld(
                EveryKind::isWrite,
                EveryKind.SENDING,
                EveryKind.OBJECTS,
                EveryKind.CERTIFICATES,
                EveryKind.WHOLES,
                EveryKind.DEPLOYMENTS);
    }

    private void whileWaiting() throws Throwable {
        try (Shop shop = EveryKind.shop()) {
            shop.sandbox().world().refreshTakes(Duration.ofHours(1)).ipMoveTakes(Duration.ofHours(1));
            start(shop, EveryKind.SENDING);
            controller.runRemotely(EveryKind::awaitWaits);
            controller.stopJenkinsForcibly();
            shop.sandbox().world().endTasks();
            goOn(EveryKind.SENDING);
            EveryKind.assertNothingWasSentTwice(shop, EveryKind.SENDING);
        }
    }

    private void insideABlock() throws Throwable {
        try (Shop shop = EveryKind.shop()) {
            start(shop, EveryKind.DEPLOYMENTS);
            controller.runRemotely(EveryKind::awaitBlocks);
            controller.stopJenkinsForcibly();
            goOn(EveryKind.DEPLOYMENTS);
            EveryKind.assertNothingWasSentTwice(shop, EveryKind.DEPLOYMENTS);
        }
    }

    /** Group by group: an answer that is held back is not waited for forever. */
    @SafeVarargs
    private void killWhileHeld(Predicate<Exchange> which, List<EveryKind.Kind>... groups) throws Throwable {
        try (Shop shop = EveryKind.shop()) {
            for (List<EveryKind.Kind> kinds : groups) {
                Blockade blockade = EveryKind.blockade(shop, kinds, which);
                start(shop, kinds);
                blockade.awaitHeld();
                controller.stopJenkinsForcibly();
                blockade.lift();
                goOn(kinds);
            }
            EveryKind.assertNothingWasSentTwice(
                    shop, Stream.of(groups).flatMap(List::stream).toList());
        }
    }

    private void start(Shop shop, List<EveryKind.Kind> kinds) throws Throwable {
        EveryKind.Place place = EveryKind.place(shop);
        controller.runRemotely(jenkins -> {
            place.start(jenkins, kinds);
        });
    }

    private void goOn(List<EveryKind.Kind> kinds) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            EveryKind.assertAllSucceed(jenkins, kinds);
            ShopJobs.deleteAll(jenkins);
        });
    }
}
