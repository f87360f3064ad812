package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class EnableHttp2CommandTest {
    private static final String REFRESH = "/ipLoadbalancing/" + DemoWorld.SERVICE + "/refresh";

    private Sandbox sandbox;
    private Shell shell;
    private String enable;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        shell = new Shell(sandbox, clock, directory);
        enable =
                "enable-http2 --service $S --protocol tcp --frontend https --url https://www.shop.example/ --connect-to %s --ca %s"
                        .formatted(SandboxEnvironment.tlsAddress(sandbox), sandbox.caFile());
    }

    @Test
    void aFrontendWithSslIsRefreshedWithNothingPendingAndAnswersOverH2() {
        assertThat(sandbox.world().service(DemoWorld.SERVICE).pending()).isEmpty();

        JsonNode told = shell.json(enable).json();

        assertThat(shell.writes()).extracting(Exchange::path).containsExactly(REFRESH);
        assertThat(told.path("msg").textValue()).isEqualTo("HTTP/2 added to frontend https");
        assertThat(told.at("/result/way").textValue()).isEqualTo("native");
        assertThat(told.at("/result/answers").textValue()).isEqualTo("h2");
    }

    @Test
    void withAFarmARouteIsStagedAndRefreshed() {
        sandbox.world().nativeHttp2Since(Instant.MAX);

        JsonNode told = shell.json(enable, "--farm", "web-http2").json();

        assertThat(shell.writes()).hasSize(4).last().extracting(Exchange::path).isEqualTo(REFRESH);
        assertThat(told.at("/result/way").textValue()).isEqualTo("route");
        assertThat(told.at("/result/answers").textValue()).isEqualTo("h2");
    }

    @Test
    void inWordsItSaysWhichWayAndWhy() {
        assertThat(shell.run(enable, "--check").out())
                .contains(
                        "HTTP/2 would be added to frontend https", "  way: native\n", "  ~ answers: http/1.1 -> h2\n");
        assertThat(shell.writes()).isEmpty();

        assertThat(shell.run(enable).out())
                .contains(
                        "HTTP/2 added to frontend https\n",
                        "  why: tcp frontends with ssl speak HTTP/2 by themselves since June 2025",
                        "  answers: h2\n");
    }
}
