package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.EnsureCertificate;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.change.RemoveCertificate;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.HeldTurn;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class TransactionTest {
    private static final RefreshRequest REFRESH = new RefreshRequest(SERVICE, List.of(), false, true);

    private final Transaction transaction = new Transaction("3f1f3a52-0f39-4f19-a3d8-5a52d4c3b1aa", SERVICE);

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        bench.shop().deployed();
    }

    @Test
    void whoHasTheTurnChangesAndRefreshesWhileAllOthersWait() {
        HeldTurn turn = bench.ended(bench.operations().hold(transaction, bench.options(false)));
        Operations within = bench.operations().within(turn);

        CompletableFuture<Report> other = bench.operations().run(farm("theirs"), bench.options(false));
        CompletableFuture<Report> own = within.run(farm("ours"), transaction.of(bench.options(false)));

        assertThat(own).isCompleted();
        assertThat(other).isNotDone();
        assertThat(bench.told()).contains("waiting for its turn: another change of " + SERVICE + " comes first");
        assertThat(bench.ended(within.run(Operation.of(REFRESH), transaction.of(bench.options(false))))
                        .changed())
                .isTrue();
        assertThat(bench.named("http/farm")).containsKey("ours").doesNotContainKey("theirs");
    }

    @Test
    void theOthersGoOnWhenItIsGivenUp() {
        HeldTurn turn = bench.ended(bench.operations().hold(transaction, bench.options(false)));
        CompletableFuture<Report> change = bench.operations().run(farm("theirs"), bench.options(false));
        assertThat(change).isNotDone();

        turn.giveUp();

        assertThat(bench.ended(change).changed()).isTrue();
    }

    @Test
    void aRefreshOfAnotherDoesNotMakeLiveWhatIsHalfDone() {
        HeldTurn turn = bench.ended(bench.operations().hold(transaction, bench.options(false)));
        bench.operations()
                .within(turn)
                .run(farm("ours"), transaction.of(bench.options(false)))
                .join();

        CompletableFuture<Report> refresh = bench.operations().run(Operation.of(REFRESH), bench.options(false));
        for (int looks = 0; looks < 5; looks++) {
            bench.timer().next();
        }

        assertThat(refresh).isNotDone();
        assertThat(bench.told())
                .contains("waiting for its turn: somebody keeps " + SERVICE + " to change more than one thing");
        assertThat(bench.calls("POST", "/refresh")).isEmpty();
        turn.giveUp();
        assertThat(bench.ended(refresh).changed()).isTrue();
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsToldWhoHasIt() {
        bench.ended(bench.operations().hold(transaction, bench.options(false).and("build", "deploy#7")));

        CompletableFuture<Report> late =
                bench.operations().run(farm("theirs"), bench.options(false, Duration.ofMinutes(1)));

        assertThat(Bench.failure(() -> bench.ended(late)))
                .hasMessage("it was not its turn by the deadline: another change of " + SERVICE
                        + " had it, that of deploy#7")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aRefreshThatWaitsForItsTurnEndsAtItsDeadline() {
        others("theirs");
        bench.ended(bench.operations().hold(transaction, bench.options(false)));

        CompletableFuture<Report> refresh = bench.operations().run(Operation.of(REFRESH), bench.options(false));

        assertThat(Bench.failure(() -> bench.ended(refresh)).kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(bench.calls("POST", "/refresh")).isEmpty();
    }

    @Test
    void aWaitForTheTurnCanBeCalledOff() {
        HeldTurn first = bench.ended(bench.operations().hold(transaction, bench.options(false)));
        CompletableFuture<HeldTurn> second =
                bench.operations().hold(new Transaction("other", SERVICE), bench.options(false));
        CompletableFuture<Report> third = bench.operations().run(farm("theirs"), bench.options(false));

        second.cancel(false);
        first.giveUp();

        assertThat(bench.ended(third).changed()).isTrue();
    }

    @Test
    void whatIsStagedIsPutBackAndNothingIsRefreshed() {
        others("theirs");
        own(farm("ours"));
        assertThat(transaction.hasStaged(bench.entries())).isTrue();
        assertThat(transaction.isLive(bench.entries())).isFalse();

        Report undone = undo(transaction.undoing(bench.entries()));

        assertThat(bench.named("http/farm")).containsKey("theirs").doesNotContainKey("ours");
        assertThat(bench.calls("POST", "/refresh")).isEmpty();
        // It counts what was made and removed again, too.
        assertThat(undone.result().path("pending").path(0).path("number").asInt())
                .isEqualTo(3);
    }

    @Test
    void whatIsLiveIsUndoneAndMadeLive() {
        own(farm("ours"));
        own(Operation.of(REFRESH));
        own(farm("behind"));
        assertThat(transaction.isLive(bench.entries())).isTrue();

        undo(transaction.undoing(bench.entries()));

        assertThat(bench.named("http/farm")).doesNotContainKeys("ours", "behind");
        assertThat(bench.shop().pending()).isEmpty();
    }

    @Test
    void whatIsStagedBehindARefreshIsPutBackAlone() {
        own(farm("ours"));
        own(Operation.of(REFRESH));
        own(farm("behind"));

        undo(transaction.puttingBack(bench.entries()));

        assertThat(bench.named("http/farm")).containsKey("ours").doesNotContainKey("behind");
        assertThat(bench.calls("POST", "/refresh")).hasSize(1);
    }

    @Test
    void aRefreshThatHasFailedMayHaveMadeItLive() {
        own(farm("ours"));
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.error);
        Bench.failure(() -> own(Operation.of(REFRESH)));

        assertThat(transaction.isLive(bench.entries())).isTrue();
        assertThat(transaction.hasStaged(bench.entries())).isFalse();
    }

    @Test
    void aRefreshIsForcedForWhatMayNotCount() {
        own(farm("ours"));
        assertThat(transaction.refresh(bench.entries()).force()).isFalse();

        own(Operation.of(new MoveFailover(IpBlock.parse("ip", DemoWorld.MOVABLE_IP), SERVICE)));

        assertThat(transaction.refresh(bench.entries()).force()).isTrue();
    }

    @Test
    void whatCannotBeUndoneIsSaidAndHoldsUpNothing() {
        own(farm("ours"));
        own(Operation.of(new RemoveCertificate(SERVICE, new Reference("www.shop.example"))));
        own(Operation.of(certificate("shown", new Reference("https"))));
        own(Operation.of(certificate("alone")));

        assertThat(transaction.lasting(bench.entries()))
                .extracting(RecordedEntry::headline)
                .containsExactly("Certificate www.shop.example removed", "Certificate shown added");
        undo(transaction.undoing(bench.entries()));

        assertThat(bench.named("http/farm")).doesNotContainKey("ours");
        assertThat(new Snapshot(bench.session(), SERVICE).certificates())
                .extracting(Certificate::displayName)
                .containsExactly("shown");
    }

    private static EnsureCertificate certificate(String name, Reference... frontends) {
        HeldCertificate held = KeyPem.elliptic("www.shop.example");
        return new EnsureCertificate(
                SERVICE,
                Optional.of(name),
                CertifiedKey.of(held.certificatePem(), held.privateKeyPkcs8Pem(), null),
                List.of(frontends));
    }

    private void others(String name) {
        bench.ended(bench.operations().run(farm(name), bench.options(false)));
    }

    private void own(Operation.OnLoadBalancer operation) {
        bench.ended(bench.operations().run(operation, transaction.of(bench.options(false))));
    }

    private Report undo(Rollback rollback) {
        return bench.ended(bench.operations().run(new Operation.Undoing(rollback), bench.options(false)));
    }

    private static Operation.OnLoadBalancer farm(String name) {
        return Operation.of(new EnsureFarm(
                SERVICE, Protocol.HTTP, new Reference(name), Fields.none().with("zone", "gra")));
    }
}
