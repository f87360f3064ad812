package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class CheckHttp2CommandTest {
    private Sandbox sandbox;
    private Shell shell;
    private String check;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        shell = new Shell(sandbox, clock, directory);
        check = "check-http2 https://www.shop.example/ --connect-to " + SandboxEnvironment.tlsAddress(sandbox);
    }

    @Test
    void anAnswerOverHttp1FailsAndSaysWhatToLookAt() {
        Shell.Ran ran = shell.json(check, "--ca", sandbox.caFile().toString());

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.kind()).isEqualTo("unavailable");
        assertThat(ran.json().path("operation").textValue()).isEqualTo("check-http2");
        assertThat(ran.message()).contains("http/1.1", "h2 expected");
    }

    @Test
    void anAnswerOverHttp2TellsProtocolAndStatus() {
        deployHttp2();

        JsonNode told = shell.json(check, "--ca", sandbox.caFile().toString()).json();

        assertThat(told.path("result").toString())
                .isEqualTo("{\"url\":\"https://www.shop.example/\",\"protocol\":\"h2\",\"status\":200}");
        assertThat(told.path("changed").booleanValue()).isFalse();
        assertThat(told.path("service").isNull()).isTrue();
        assertThat(told.path("record").isNull()).isTrue();
    }

    @Test
    void inWordsItIsOneLine() {
        deployHttp2();

        assertThat(shell.run(check, "--ca", sandbox.caFile().toString()).out())
                .isEqualTo("https://www.shop.example/ answers over h2, with HTTP status 200\n");
    }

    @Test
    void theAuthorityIsLookedForInTheDirectoryOfTheCommand() throws IOException {
        deployHttp2();
        Files.copy(sandbox.caFile(), shell.file("authority.pem"));

        assertThat(shell.run(check, "--ca", "authority.pem").code()).isZero();
    }

    @Test
    void itNeedsNoCredentialsAndLeavesNoRecord() {
        deployHttp2();
        int calls = sandbox.calls().all().size();
        Shell stranger = shell.without("OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY");

        Shell.Ran ran = stranger.run(check, "--ca", sandbox.caFile().toString(), "--record", "unused.json");

        assertThat(ran.code()).isZero();
        assertThat(sandbox.calls().all()).hasSize(calls);
        assertThat(shell.files()).doesNotContain("unused.json");
    }

    @Test
    void aCertificateOfAnAuthorityThatNobodyKnowsFails() {
        Shell.Ran ran = shell.json(check);

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.message()).contains("not trusted");
    }

    private void deployHttp2() {
        shell.run(Writing.ADD_ROUTE.in(shell));
        shell.shop().deployed();
    }
}
