package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import io.jenkins.plugins.iplb.sandbox.auth.IamPolicy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of failure and their exit codes; what each of them is about is the core's to test. */
@ExtendWith(SandboxExtension.class)
class FailuresTest {
    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        shell = new Shell(sandbox, clock, directory);
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredKeyIsRefused(Writing writing) {
        sandbox.credentials().state(sandbox.credentials().consumerKey(), CredentialState.expired);

        Shell.Ran ran = shell.json(writing.in(shell));

        assertFailure(ran, 3, "credentials", "the consumer key is unknown, expired or not validated yet");
        assertThat(ran.json().path("operation").textValue()).isEqualTo(writing.operation());
        JsonNode error = ran.json().path("error");
        assertThat(error.path("httpStatus").intValue()).isEqualTo(403);
        assertThat(error.path("errorCode").textValue()).isEqualTo("INVALID_CREDENTIAL");
        assertThat(error.path("queryId").textValue()).isNotBlank();
        assertThat(shell.writes()).isEmpty();
    }

    @Test
    void aMissingRightOfAConsumerKeyIsRefusedAndOnRecord() {
        sandbox.credentials().rules(sandbox.credentials().consumerKey(), new AccessRule("GET", "/*"));

        Shell.Ran ran = shell.json(Writing.SET_STICKINESS.in(shell));

        assertFailure(ran, 3, "credentials", "PUT /ipLoadbalancing/", "lacks this right");
        assertThat(shell.record()).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.error().errorCode()).isEqualTo("NOT_GRANTED_CALL");
        });
    }

    @Test
    void aMissingRightOfAServiceAccountIsNamed() {
        sandbox.credentials()
                .policy(sandbox.credentials().clientId(), IamPolicy.ALL.denying("loadbalancer:apiovh:http/farm/edit"));
        shell.withOnly(asServiceAccount());

        assertFailure(
                shell.json(Writing.SET_STICKINESS.in(shell)),
                3,
                "credentials",
                "lack the right loadbalancer:apiovh:http/farm/edit");
    }

    @Test
    void anUnknownServiceIsRefused() {
        Shell.Ran ran = shell.json("refresh --service loadbalancer-0000");

        assertFailure(ran, 3, "refused", "loadbalancer-0000", "does not exist");
        assertThat(ran.json().path("error").path("httpStatus").intValue()).isEqualTo(404);
    }

    @Test
    void twoRoutesOfOneNameAreAConflict() {
        long frontend = shell.shop().staged("tcp/frontend").get(0).id();
        Map<String, Object> route =
                Map.of("frontendId", frontend, "displayName", "http2", "action", Map.of("type", "reject"));
        long one = shell.shop().add("tcp/route", route);
        long other = shell.shop().add("tcp/route", route);

        Shell.Ran ran = shell.json(Writing.ADD_ROUTE.in(shell));

        assertFailure(ran, 3, "conflict", Long.toString(one), Long.toString(other));
        assertThat(ran.json().path("error").path("httpStatus").isNull()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatFailsForEverIsGivenUp(Writing writing) {
        sandbox.faults().on("*", "/ip**").status(500);

        assertFailure(shell.json(writing.in(shell)), 4, "unavailable", "HTTP 500", "tried 3 times");
    }

    @Test
    void aWriteThatFailsForEverIsOnRecord() {
        sandbox.faults().on("PUT", "/**").html(503);

        Shell.Ran ran = shell.json(Writing.SET_STICKINESS.in(shell));

        assertFailure(ran, 4, "unavailable", "HTTP 503");
        assertThat(shell.record()).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.calls()).hasSize(3);
        });
    }

    @Test
    void aMoveThatFailsIsAFailedTask() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);

        assertFailure(shell.json(Writing.MOVE_FAILOVER.in(shell)), 4, "task-failed", "203.0.113.7/32");
    }

    @Test
    void aMoveThatHangsIsGivenUpAtTheDeadline() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.hang);

        assertFailure(shell.json(Writing.MOVE_FAILOVER.in(shell), "--timeout", "45s"), 5, "timeout", "goes on at OVH");
    }

    @ParameterizedTest
    @Timeout(30)
    @ValueSource(strings = {"/ipLoadbalancing/**", "/auth/time", "/auth/oauth2/token"})
    void aServerThatIsTooSlowIsGivenUpAtTheDeadline(String slow) {
        if (slow.endsWith("token")) {
            shell.withOnly(asServiceAccount());
        }
        sandbox.faults().on("*", slow).delay(Duration.ofSeconds(60));

        Shell.Ran ran = shell.inRealTime().json(Writing.SET_STICKINESS.in(shell), "--timeout", "1s");

        assertFailure(ran, 5, "timeout", "/");
        assertThat(shell.writes()).isEmpty();
    }

    @Test
    void nobodyAtTheEndpointIsUnavailable() {
        shell.with("OVH_ENDPOINT", "http://127.0.0.1:1/1.0");

        assertFailure(shell.json("show --service $S"), 4, "unavailable", "no connection");
    }

    @Test
    void inWordsAFailureIsOneLineOnStandardErrorWithItsKind() {
        Shell.Ran ran = shell.run("show --service loadbalancer-0000");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("show failed (refused): ").hasLineCount(1);
    }

    @Test
    void whatOvhSaysIsOneLineWhateverItIs() {
        sandbox.faults()
                .on("GET", "/ipLoadbalancing/**")
                .status(400, Map.of(), "application/json", "{\"message\": \"no\\u001b[2J\\n::error::forged\"}");

        assertThat(shell.run("show --service $S").err())
                .contains("no [2J ::error::forged")
                .hasLineCount(1);
    }

    private Map<String, String> asServiceAccount() {
        return Map.of(
                "OVH_ENDPOINT", sandbox.httpEndpoint().toString(),
                "OVH_CLIENT_ID", sandbox.credentials().clientId(),
                "OVH_CLIENT_SECRET", sandbox.credentials().clientSecret());
    }

    private static void assertFailure(Shell.Ran ran, int code, String kind, String... words) {
        assertThat(ran.kind()).isEqualTo(kind);
        assertThat(ran.code()).isEqualTo(code);
        assertThat(ran.message()).contains(words);
    }
}
