package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.change.EnsureCertificate;
import io.jenkins.plugins.iplb.change.RotateCertificate;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A certificate in the place of another, whose process dies before and after every write and everything that is written down,
 * and is started again with the same id and record: the new one alone is there in the end, and live, and nothing was done twice.
 */
class RotationCrashTest {
    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .commonName("authority")
            .certificateAuthority(0)
            .build();

    private static final HeldCertificate OLD = issued();
    private static final HeldCertificate NEW = issued();

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @Test
    void aRotationThatIsKilledAndStartedAgainEndsAsIfNothingHadHappened() throws IOException {
        Fuse counted = Fuse.none();
        List<String> quiet;
        try (Life life = new Life(Files.createDirectory(directory.resolve("quiet")))) {
            life.rotate(counted);
            quiet = life.end();
        }

        for (int moment = 1; moment <= counted.passed(); moment++) {
            try (Life life = new Life(Files.createTempDirectory(directory, "crash"))) {
                Fuse fuse = new Fuse(each -> true, moment);
                life.rotate(fuse);
                assertThat(fuse.isDead()).isTrue();

                life.rotate(Fuse.none());

                assertThat(life.end()).as("after a crash at moment %d", moment).isEqualTo(quiet);
            }
        }
        System.out.printf(
                "crash harness: rotation of a certificate killed at %d boundaries, all the same end%n",
                counted.passed());
    }

    private static HeldCertificate issued() {
        return KeyPem.certificate("www.shop.example")
                .ecdsa256()
                .signedBy(AUTHORITY)
                .build();
    }

    private static CertifiedKey certified(HeldCertificate held) {
        return CertifiedKey.of(held.certificatePem(), held.privateKeyPkcs8Pem(), AUTHORITY.certificatePem());
    }

    /** What outlives a crash: what is at OVH, and the record. */
    private static final class Life implements AutoCloseable {
        private final TestClock clock = new TestClock();
        private final Sandbox sandbox = Sandbox.builder()
                .clock(clock)
                .world(world -> DemoWorld.in(Bench.quick(world)))
                .start();
        private final ServiceSeed shop = sandbox.world().service(DemoWorld.SERVICE);
        private final String id = UUID.randomUUID().toString();
        private final Path record;

        private Life(Path directory) throws IOException {
            record = directory.resolve("iplb-changes.json");
            run(
                    UUID.randomUUID().toString(),
                    Fuse.none(),
                    Operation.of(new EnsureCertificate(
                            DemoWorld.SERVICE, Optional.of("site"), certified(OLD), List.of(new Reference("https")))));
            run(
                    UUID.randomUUID().toString(),
                    Fuse.none(),
                    Operation.of(new RefreshRequest(DemoWorld.SERVICE, List.of(), false, true)));
            Files.delete(record);
            sandbox.calls().clear();
        }

        private void rotate(Fuse fuse) {
            run(
                    id,
                    fuse,
                    new Operation.Rotating(
                            RotateCertificate.of(DemoWorld.SERVICE, "site", certified(NEW), Optional.empty())));
        }

        private void run(String as, Fuse fuse, Operation.OnLoadBalancer operation) {
            try (MortalProcess process = MortalProcess.start(sandbox, clock, record, fuse)) {
                Throwable failure = process.end(() -> process.operations().run(operation, process.options(as)));
                if (!fuse.isDead()) {
                    assertThat(failure).isNull();
                }
            }
        }

        /** What was done at OVH and came of it; the record agrees with it, and is closed. */
        private List<String> end() {
            List<RecordedEntry> entries = RecordReader.read(record);
            assertThat(entries).noneMatch(RecordedEntry::open);
            assertThat(entries.stream().flatMap(entry -> entry.calls().stream()))
                    .noneMatch(call -> call.fate() == Fate.UNKNOWN);
            assertThat(shop.certificates().stream().filter(Certificate::isGiven))
                    .singleElement()
                    .satisfies(left -> assertThat(left.pem())
                            .contains(NEW.certificatePem().lines().toList().get(2)));
            return Deeds.of(sandbox);
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
