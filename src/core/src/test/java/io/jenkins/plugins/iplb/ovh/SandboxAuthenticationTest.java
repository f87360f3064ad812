package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import io.jenkins.plugins.iplb.sandbox.auth.IamPolicy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to prove who asks, against a server that checks the proof. */
@ExtendWith(SandboxExtension.class)
class SandboxAuthenticationTest {
    private static final ApiCall READ = ApiCall.get("ipLoadbalancing", DemoWorld.SERVICE);

    private Sandbox sandbox;
    private TestClock clock;

    @BeforeEach
    void start(Sandbox started, TestClock testClock) {
        sandbox = started;
        clock = testClock;
    }

    @Test
    void aBodyWithAccentsIsAcceptedAndKept() {
        ApiReply made = signed().send(ApiCall.post(
                Fields.none().with("displayName", "Été – 日本").with("zone", "all"),
                "ipLoadbalancing",
                DemoWorld.SERVICE,
                "tcp",
                "farm"));

        ApiReply read = signed().send(ApiCall.get(
                "ipLoadbalancing",
                DemoWorld.SERVICE,
                "tcp",
                "farm",
                made.body().path("farmId").asLong()));
        assertThat(read.body().path("displayName").asText()).isEqualTo("Été – 日本");
    }

    @Test
    void aBlockInAPathAndAQueryAreAccepted() {
        assertThat(signed().send(ApiCall.get("ip", DemoWorld.MOVABLE_IP))
                        .body()
                        .path("ip")
                        .asText())
                .isEqualTo(DemoWorld.MOVABLE_IP);
        assertThat(signed().send(ApiCall.get("ip").query(Map.of("ip", DemoWorld.ATTACHED_IP)))
                        .body())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void aClockThatIsAnHourOffIsNoticedBeforehand(long hours) {
        sandbox.faults().clockSkew(Duration.ofHours(hours));
        OvhSession session = signed();

        session.send(READ);
        session.send(READ);

        assertThat(sandbox.calls().count("GET", "/auth/time")).isOne();
        assertThat(sandbox.calls().all()).noneMatch(call -> call.status() == 400);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void aClockThatJumpsByAnHourCostsOneRefusalAndOneLookAtOvhs(long hours) {
        OvhSession session = signed();
        session.send(READ);
        sandbox.faults().clockSkew(Duration.ofHours(hours));

        session.send(READ);
        session.send(READ);

        assertThat(sandbox.calls().count("GET", "/auth/time")).isEqualTo(2);
        assertThat(sandbox.calls().all())
                .filteredOn(call -> call.status() == 400)
                .hasSize(1);
    }

    @Test
    void aWrongSecretIsToldApartFromAnUnknownKey() {
        ApplicationKeys right = keys();
        OvhException wrongSecret = refusal(new ApplicationKeys(right.applicationKey(), "x", right.consumerKey()));
        OvhException unknownKey = refusal(new ApplicationKeys("nobody", "x", right.consumerKey()));

        assertThat(wrongSecret.errorCode()).contains("INVALID_SIGNATURE");
        assertThat(unknownKey.errorCode()).contains("INVALID_KEY");
        assertThat(unknownKey)
                .hasMessageContaining("Invalid application key")
                .hasMessageContaining("check the credentials, and that they belong to this endpoint");
        assertThat(wrongSecret.kind()).isEqualTo(FailureKind.CREDENTIALS).isEqualTo(unknownKey.kind());
    }

    @Test
    void aConsumerKeyThatNobodyHasValidatedIsSaidToNeedIt() {
        sandbox.credentials().state(sandbox.credentials().consumerKey(), CredentialState.pendingValidation);

        assertThat(refusal(keys()))
                .hasMessageContaining("INVALID_CREDENTIAL")
                .hasMessageContaining("expired or not validated yet: create and validate a new one");
    }

    @Test
    void aServiceAccountGetsOneTokenForManyCalls() {
        OvhSession session = session(account());

        session.send(READ);
        session.send(READ);

        assertThat(sandbox.calls().count("POST", "/auth/oauth2/token")).isOne();
        assertThat(sandbox.calls().count("GET", "/auth/time")).isZero();
    }

    @Test
    void aTokenIsUsedUntilItIsAboutToEndAndRenewedThen() {
        OvhSession session = session(account());
        session.send(READ);

        clock.advance(Duration.ofSeconds(3588));
        session.send(READ);
        assertThat(sandbox.calls().count("POST", "/auth/oauth2/token")).isOne();

        clock.advance(Duration.ofSeconds(1));
        session.send(READ);
        assertThat(sandbox.calls().count("POST", "/auth/oauth2/token")).isEqualTo(2);
        assertThat(sandbox.calls().all()).noneMatch(call -> call.status() == 401);
    }

    @Test
    void aTokenThatOvhEndsEarlyIsRenewedOnce() {
        OvhSession session = session(account());
        session.send(READ);
        sandbox.faults().clockSkew(Duration.ofHours(2));

        session.send(READ);

        assertThat(sandbox.calls().count("POST", "/auth/oauth2/token")).isEqualTo(2);
        assertThat(sandbox.calls().all())
                .filteredOn(call -> call.status() == 401)
                .hasSize(1);
    }

    @Test
    void aWrongClientSecretIsRefusedBeforeAnythingIsAsked() {
        OvhException failure = refusal(new ServiceAccount(sandbox.credentials().clientId(), "wrong"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure.asked()).isEqualTo("POST /auth/oauth2/token");
        assertThat(failure).hasMessageContaining("HTTP 401 invalid_client: Client authentication failed");
        assertThat(sandbox.calls().all()).hasSize(1);
    }

    @Test
    void aMissingActionIsNamedWithTheQueryId() {
        sandbox.credentials()
                .policy(sandbox.credentials().clientId(), IamPolicy.ALL.denying("loadbalancer:apiovh:get"));

        OvhException failure = refusal(account());

        assertThat(failure)
                .hasMessageStartingWith("GET /ipLoadbalancing/" + DemoWorld.SERVICE + ": HTTP 403 Client::Forbidden")
                .hasMessageContaining("the credentials lack the right loadbalancer:apiovh:get")
                .hasMessageContaining("(query id EU.ext-3.");
        assertThat(failure.queryId()).get().asString().startsWith("EU.ext-3.");
    }

    @Test
    void aStaticTokenIsUsedAsItIsAndNeverRenewed() {
        session(new AccessToken(sandbox.credentials().accessToken())).send(READ);
        sandbox.calls().clear();

        OvhException failure = refusal(new AccessToken("ended"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(sandbox.calls().all()).hasSize(1);
    }

    @Test
    void aServiceAccountOfABrandWithoutThemIsRefusedAtOnce() {
        OvhClients clients = new OvhClients(new OkHttpClient(), OvhServer.LIMITS, clock);

        IplbException failure = catchThrowableOfType(
                IplbException.class, () -> clients.client(Endpoint.of("kimsufi-eu"), new ServiceAccount("id", "s")));

        assertThat(failure).hasMessage("endpoint kimsufi-eu has no service accounts: use an application key");
        assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
    }

    private OvhSession signed() {
        return session(keys());
    }

    private OvhException refusal(Credentials credentials) {
        return catchThrowableOfType(
                OvhException.class, () -> session(credentials).send(READ));
    }

    private OvhSession session(Credentials credentials) {
        return new OvhClients(new OkHttpClient(), OvhServer.LIMITS, clock)
                .client(Endpoint.of(sandbox.httpEndpoint().toString()), credentials)
                .session(CallObserver.NONE, Deadline.in(Duration.ofDays(1), clock));
    }

    private ApplicationKeys keys() {
        return new ApplicationKeys(
                sandbox.credentials().applicationKey(),
                sandbox.credentials().applicationSecret(),
                sandbox.credentials().consumerKey());
    }

    private ServiceAccount account() {
        return new ServiceAccount(
                sandbox.credentials().clientId(), sandbox.credentials().clientSecret());
    }
}
