package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.fault.FaultBuilder;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every command with every kind of credentials, told to show all it knows, while all goes well and while nothing does.
 * That no secret is in what it prints and writes is what {@link Shell} sees to; these tests see to it that there is
 * something to look at.
 */
@ExtendWith(SandboxExtension.class)
class SecretsTest {
    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        shell = new Shell(sandbox, clock, directory);
    }

    /** The kinds of credentials, by the variables that hold them. */
    enum Credentials {
        KEYS,
        SERVICE_ACCOUNT,
        TOKEN;

        private Map<String, String> of(Sandbox sandbox) {
            return switch (this) {
                case KEYS ->
                    Map.of(
                            "OVH_APPLICATION_KEY", sandbox.credentials().applicationKey(),
                            "OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret(),
                            "OVH_CONSUMER_KEY", sandbox.credentials().consumerKey());
                case SERVICE_ACCOUNT ->
                    Map.of(
                            "OVH_CLIENT_ID", sandbox.credentials().clientId(),
                            "OVH_CLIENT_SECRET", sandbox.credentials().clientSecret());
                case TOKEN -> Map.of("OVH_ACCESS_TOKEN", sandbox.credentials().accessToken());
            };
        }

        /** The variable whose value, when it is another, is refused. */
        private String secret() {
            return switch (this) {
                case KEYS -> "OVH_APPLICATION_SECRET";
                case SERVICE_ACCOUNT -> "OVH_CLIENT_SECRET";
                case TOKEN -> "OVH_ACCESS_TOKEN";
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void noneIsToldWhenAllGoesWell(Credentials credentials) {
        as(credentials);

        for (Writing writing : Writing.values()) {
            String command = writing.in(shell);
            assertThat(shell.run(command, "--check", "--diff", "--verbose").code())
                    .isZero();
            assertThat(shell.run(command, "--diff", "--verbose").err()).contains("HTTP 200");
            assertThat(shell.json(command, "--verbose")
                            .json()
                            .path("calls")
                            .path("reads")
                            .intValue())
                    .isPositive();
        }
        assertThat(shell.run("show --service $S --verbose").err()).contains("GET /");
        assertThat(shell.record()).hasSameSizeAs(Writing.values());
    }

    @ParameterizedTest
    @EnumSource
    void noneIsToldWhenItIsRefused(Credentials credentials) {
        as(credentials).with(credentials.secret(), "sandboxsecret0of0somebody0else");

        everyCommandFails(3);
    }

    @ParameterizedTest
    @EnumSource
    void noneIsToldWhenTheServerFails(Credentials credentials) {
        as(credentials);

        everyCommandFails(4, fault -> fault.status(500));
        everyCommandFails(4, fault -> fault.html(503));
        everyCommandFails(4, FaultBuilder::cutBeforeEffect);
        everyCommandFails(4, FaultBuilder::garbageAfterEffect);
        everyCommandFails(4, FaultBuilder::emptyAfterEffect);
    }

    @ParameterizedTest
    @EnumSource
    void noneIsToldWhenTheWritesFail(Credentials credentials) {
        as(credentials);
        sandbox.faults().on("POST", "/ip**").status(500);
        sandbox.faults().on("PUT", "/ip**").cutBeforeEffect();
        sandbox.faults().on("DELETE", "/ip**").cutBeforeEffect();

        for (Writing writing : Writing.values()) {
            assertThat(shell.json(writing.in(shell), "--verbose").code()).isNotZero();
        }
        assertThat(shell.record()).hasSameSizeAs(Writing.values());
    }

    @ParameterizedTest
    @EnumSource
    void noneIsToldWhenItWasCopiedWithALineBreak(Credentials credentials) {
        Map<String, String> variables = credentials.of(sandbox);
        as(credentials);
        variables.forEach((name, value) -> shell.with(name, value.substring(0, 20 % value.length()) + "\n" + value));

        Shell.Ran ran = shell.json("show --service $S --verbose");

        assertThat(ran.code()).isIn(2, 3);
    }

    @Test
    void noneIsToldWhenTheAnswerToTheRequestForATokenIsBroken() {
        as(Credentials.SERVICE_ACCOUNT);
        sandbox.faults()
                .on("POST", "/auth/oauth2/token")
                .status(200, Map.of(), "application/json", "{\"access_token\":sandboxsecret0}");

        everyCommandFails(4);
    }

    @Test
    void noneIsToldOfTwoWaysToAuthenticate() {
        as(Credentials.KEYS).with("OVH_CLIENT_SECRET", sandbox.credentials().clientSecret());

        assertThat(shell.json("show --service $S --verbose").code()).isEqualTo(2);
    }

    private Shell as(Credentials credentials) {
        return shell.withOnly(credentials.of(sandbox))
                .with("OVH_ENDPOINT", sandbox.httpEndpoint().toString());
    }

    private void everyCommandFails(int code, Consumer<FaultBuilder> fault) {
        sandbox.faults().clear();
        fault.accept(sandbox.faults().on("*", "/**"));
        everyCommandFails(code);
    }

    private void everyCommandFails(int code) {
        for (Writing writing : Writing.values()) {
            String command = writing.in(shell);
            assertThat(shell.run(command, "--verbose").code()).isEqualTo(code);
            assertThat(shell.json(command, "--verbose").json().path("failed").booleanValue())
                    .isTrue();
        }
        assertThat(shell.run("show --service $S --verbose").err()).contains("failed");
    }
}
