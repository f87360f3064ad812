package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.change.EnsureCertificate;
import io.jenkins.plugins.iplb.change.RotateCertificate;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A certificate in the place of another, on the sandbox's TLS side. */
@ExtendWith(SandboxExtension.class)
class RotationTest {
    private static final String HOST = "www.shop.example";
    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .commonName("authority")
            .certificateAuthority(0)
            .build();
    private static final HeldCertificate OLD = issued();
    private static final HeldCertificate NEW = issued();

    private Bench bench;
    private Path directory;

    @BeforeEach
    void serveTheOldOne(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        directory = folder;
        bench = new Bench(sandbox, clock, folder);
        bench.apply(
                new EnsureCertificate(SERVICE, Optional.of("site"), certified(OLD), List.of(new Reference("https"))));
        bench.refresh(new RefreshRequest(SERVICE, List.of(), false, true));
        bench.forget();
        bench.forgetRecord();
    }

    @Test
    void noHandshakeFailsWhileACertificateIsRotatedAndTheOldOneIsGoneAtTheEnd() throws Exception {
        Visitor visitor = new Visitor();
        // One look whenever anything happens at OVH, with a TLS context of its own: a session would show what it knows.
        bench.sandbox().calls().onExchange(call -> visitor.look());

        Report report = rotate(NEW, false);
        visitor.look();

        assertThat(visitor.failures).isEmpty();
        assertThat(visitor.seen)
                .hasSizeGreaterThan(20)
                .startsWith(OLD.certificate())
                .endsWith(NEW.certificate());
        assertThat(visitor.changes()).isEqualTo(1);
        assertThat(bench.writes())
                .extracting(call -> call.replaceAll("/\\d+$", "/*").replace("/ipLoadbalancing/" + SERVICE, ""))
                .containsExactly("POST /ssl", "PUT /tcp/frontend/*", "POST /refresh", "DELETE /ssl/*", "POST /refresh");
        assertThat(bench.shop().certificates().stream().filter(Certificate::isGiven))
                .singleElement()
                .satisfies(left -> assertThat(left.pem())
                        .contains(NEW.certificatePem().lines().toList().get(2)));
        assertThat(report.headline(false)).isEqualTo("Certificate site changed");
        assertThat(report.changed()).isTrue();
        assertThat(report.result().path("removedIds")).hasSize(1);
        assertNoSecretIsLeft(report);
    }

    @Test
    void whatIsRotatedAlreadyIsLeftAlone() {
        rotate(NEW, false);
        bench.forget();

        Report again = rotate(NEW, false);

        assertThat(again.changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aCheckSaysAllOfItAndSendsNothing() {
        Report planned = rotate(NEW, true);

        assertThat(planned.changed()).isTrue();
        assertThat(planned.diff())
                .extracting(Object::toString)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("+ certificate: CN=" + HOST),
                        line -> assertThat(line).isEqualTo("+ name: site"),
                        line -> assertThat(line)
                                .matches("~ defaultSslId of tcp frontend 'https' \\(\\d+\\): site \\(\\d+\\) -> site"),
                        line -> assertThat(line).startsWith("- certificate: site ("));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void oneOfAnotherNameIsReplacedToo() {
        HeldCertificate third = issued();
        bench.apply(new EnsureCertificate(SERVICE, Optional.of("panel"), certified(third), List.of()));

        Report report = rotate(NEW, false, "panel");

        assertThat(report.result().path("removedIds")).hasSize(2);
        assertThat(rotate(NEW, false, "panel").changed()).isFalse();
        IplbException unknown = Bench.failure(() -> rotate(issued(), false, "pannel"));
        assertThat(unknown).hasMessageContaining("has no certificate 'pannel' to replace");
    }

    @Test
    void whoeverStartsItAgainGoesOnWhereItWas() {
        bench.sandbox()
                .faults()
                .on("DELETE", "/ipLoadbalancing/*/ssl/*")
                .times(1)
                .status(400);
        Options options = bench.options(false);
        IplbException refused =
                Bench.failure(() -> bench.ended(bench.operations().run(operation(NEW), options)));
        assertThat(refused).hasMessageContaining("400");
        bench.forget();

        Report report = bench.ended(bench.operations().run(operation(NEW), bench.options(false)));

        assertThat(report.changed()).isTrue();
        assertThat(bench.writes())
                .extracting(call -> call.replaceAll("/\\d+$", "/*").replace("/ipLoadbalancing/" + SERVICE, ""))
                .containsExactly("POST /refresh", "DELETE /ssl/*", "POST /refresh");
    }

    @Test
    void anIdThatIsOverIsNotDoneTwice() {
        Options options = bench.options(false);
        Report first = bench.ended(bench.operations().run(operation(NEW), options));
        bench.forget();

        Report second = bench.ended(bench.operations().run(operation(NEW), options));

        assertThat(bench.writes()).isEmpty();
        assertThat(second.changed()).isTrue();
        assertThat(second.result()).hasToString(first.result().toString());
        assertThat(bench.entries())
                .extracting(RecordedEntry::operation)
                .containsExactly("ensure-certificate", "refresh", "remove-certificate", "refresh");
    }

    private Report rotate(HeldCertificate to, boolean check, String... replaces) {
        return bench.ended(bench.operations().run(operation(to, replaces), bench.options(check)));
    }

    private static Operation.Rotating operation(HeldCertificate to, String... replaces) {
        return new Operation.Rotating(RotateCertificate.of(
                SERVICE,
                "site",
                certified(to),
                Stream.of(replaces).map(Reference::new).findFirst()));
    }

    private static CertifiedKey certified(HeldCertificate held) {
        return CertifiedKey.of(held.certificatePem(), held.privateKeyPkcs8Pem(), AUTHORITY.certificatePem());
    }

    private static HeldCertificate issued() {
        return KeyPem.certificate(HOST).ecdsa256().signedBy(AUTHORITY).build();
    }

    private void assertNoSecretIsLeft(Report report) throws IOException {
        String line = NEW.privateKeyPkcs8Pem().lines().toList().get(1);
        assertThat(report.toString() + bench.told() + bench.sandbox().calls().all())
                .doesNotContain(line)
                .doesNotContain("PRIVATE KEY");
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(line).doesNotContain("PRIVATE KEY");
            }
        }
    }

    /** Somebody who trusts the authority alone. */
    private final class Visitor {
        private final List<X509Certificate> seen = new ArrayList<>();
        private final List<Exception> failures = new ArrayList<>();

        private synchronized void look() {
            HandshakeCertificates fresh = new HandshakeCertificates.Builder()
                    .addTrustedCertificate(AUTHORITY.certificate())
                    .build();
            try (SSLSocket socket = (SSLSocket) fresh.sslContext()
                    .getSocketFactory()
                    .createSocket(
                            bench.sandbox().tlsAddress().getAddress(),
                            bench.sandbox().tlsAddress().getPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(HOST)));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                seen.add((X509Certificate) socket.getSession().getPeerCertificates()[0]);
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }

        private long changes() {
            long changes = 0;
            for (int i = 1; i < seen.size(); i++) {
                changes += seen.get(i).equals(seen.get(i - 1)) ? 0 : 1;
            }
            return changes;
        }
    }
}
