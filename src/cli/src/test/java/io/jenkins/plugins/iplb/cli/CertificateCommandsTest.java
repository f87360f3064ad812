package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and their keys come from files, and a key is shown nowhere. */
@ExtendWith(SandboxExtension.class)
class CertificateCommandsTest {
    private static final HeldCertificate FIRST = KeyPem.elliptic("new.shop.example");
    private static final HeldCertificate SECOND = KeyPem.rsa("new.shop.example");
    private static final String FILES = " --service $S --name site --certificate-file site.pem --key-file site.key";

    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        shell = new Shell(sandbox, clock, directory);
        give(FIRST);
    }

    @Test
    void aCertificateIsAddedAndThenRotatedWithoutAKeyInSight() {
        Shell.Ran added = shell.run("ensure-certificate" + FILES + " --frontend https --diff --verbose");
        give(SECOND);
        Shell.Ran rotated = shell.run("rotate-certificate" + FILES + " --diff --verbose");

        assertThat(added.out()).contains("Certificate site added", "+ certificate: CN=new.shop.example, until 20");
        assertThat(rotated.out()).contains("Certificate site changed", "- certificate: site (");
        assertThat(added.err() + rotated.err()).contains("/ssl {", "\"key\":\"(not recorded)\"");
        assertThat(added.toString() + rotated + shell.record())
                .doesNotContain("PRIVATE KEY")
                .doesNotContain(FIRST.privateKeyPkcs8Pem().lines().toList().get(1))
                .doesNotContain(KeyPem.traditional(SECOND).lines().toList().get(1));
        assertThat(shell.json("rotate-certificate" + FILES)
                        .json()
                        .path("changed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aKeyThatOvhRepeatsIsCutFromWhatItSays() {
        String key = KeyPem.traditional(FIRST);
        sandbox.faults()
                .on("POST", "/ipLoadbalancing/*/ssl")
                .status(
                        400,
                        Map.of(),
                        "application/json",
                        "{\"message\":\"Invalid value: %s\"}".formatted(key.replace("\n", "\\n")));

        Shell.Ran ran = shell.run("ensure-certificate" + FILES + " --verbose");

        assertThat(ran.code()).isNotZero();
        assertThat(ran.err()).contains("Invalid value: ********");
        assertThat(ran.toString() + shell.record())
                .doesNotContain(key.lines().toList().get(1))
                .doesNotContain(key.lines().toList().get(2));
    }

    @Test
    void whatIsWrongIsToldInTheWordsOfTheCommandAndNothingIsSent() {
        shell.write("site.key", SECOND.privateKeyPkcs8Pem());
        assertRefused(
                "--key-file: a key of another kind, or one that is damaged, was given; allowed: the private key of");

        shell.write("site.pem", "no certificate at all");
        assertRefused("--certificate-file: a text without PEM was given; allowed: a certificate in PEM");

        Shell.Ran missing =
                shell.json("ensure-certificate --service $S --certificate-file none.pem --key-file site.key");
        assertThat(missing.message())
                .isEqualTo(
                        "--certificate-file: 'none.pem' was given; allowed: a file that can be read, with a certificate"
                                + " in PEM, which begins with -----BEGIN CERTIFICATE-----");
    }

    private void assertRefused(String message) {
        Shell.Ran ran = shell.json("ensure-certificate" + FILES);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.message()).startsWith(message);
        assertThat(shell.writes()).isEmpty();
    }

    private void give(HeldCertificate held) {
        shell.write("site.pem", held.certificatePem());
        shell.write("site.key", KeyPem.traditional(held));
    }
}
