package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import io.jenkins.plugins.iplb.sandbox.auth.IamPolicy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class AuthenticationTest {
    private static final String SERVICE = "/ipLoadbalancing/" + DemoWorld.SERVICE;

    private Sandbox sandbox;
    private TestClock clock;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock testClock) {
        sandbox = started;
        clock = testClock;
        client = new SignedClient(sandbox, clock);
    }

    @Test
    void theTimeIsToldToAnybodyOnTheSandboxsClock() {
        sandbox.faults().clockSkew(Duration.ofMinutes(8));
        var answer = client.send(HttpRequest.newBuilder(URI.create(sandbox.httpEndpoint() + "/auth/time"))
                .build());
        assertThat(answer.json().asLong())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(8)).getEpochSecond());
    }

    @Test
    void aTimestampFarOffIsOutOfTime() {
        sandbox.faults().clockSkew(Duration.ofMinutes(8));
        var answer = client.get("/ipLoadbalancing");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).isEqualTo("Query out of time");
    }

    @Test
    void aWrongSignatureIsRefusedInTheGatewaysShape() {
        var forged = HttpRequest.newBuilder(URI.create(sandbox.httpEndpoint() + "/ipLoadbalancing"))
                .header("X-Ovh-Application", sandbox.credentials().applicationKey())
                .header("X-Ovh-Consumer", sandbox.credentials().consumerKey())
                .header("X-Ovh-Timestamp", Long.toString(clock.instant().getEpochSecond()))
                .header("X-Ovh-Signature", "$1$" + "0".repeat(40))
                .build();
        SignedClient.Answer answer = client.send(forged);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errorCode").asText()).isEqualTo("INVALID_SIGNATURE");
        assertThat(answer.json().path("httpCode").asText()).isEqualTo("400 Bad Request");
    }

    @Test
    void aCallWithoutCredentialsIsRefusedWithAQueryId() {
        var answer = client.send(HttpRequest.newBuilder(URI.create(sandbox.httpEndpoint() + "/ipLoadbalancing"))
                .build());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.http().headers().firstValue("X-OVH-QUERYID").orElse(""))
                .startsWith("EU.ext-3.");
    }

    @Test
    void aConsumerKeyIsGoodWhenValidatedAndUntilItExpires() {
        String key = sandbox.credentials().consumerKey();
        sandbox.credentials().state(key, CredentialState.pendingValidation);
        assertThat(client.get("/ipLoadbalancing").json().path("errorCode").asText())
                .isEqualTo("INVALID_CREDENTIAL");

        sandbox.credentials().state(key, CredentialState.validated);
        sandbox.credentials().expiration(key, clock.instant().plusSeconds(60));
        assertThat(client.get("/auth/currentCredential").json().path("status").asText())
                .isEqualTo("validated");
        clock.advance(Duration.ofSeconds(60));
        assertThat(client.get("/ipLoadbalancing").status()).isEqualTo(403);
    }

    @Test
    void accessRulesBoundWhatAConsumerKeyMayCall() {
        sandbox.credentials().rules(sandbox.credentials().consumerKey(), new AccessRule("GET", "/ipLoadbalancing/*"));
        assertThat(client.get(SERVICE + "/zone").status()).isEqualTo(200);
        assertThat(client.get("/ipLoadbalancing").json().path("errorCode").asText())
                .isEqualTo("NOT_GRANTED_CALL");
        assertThat(client.post(SERVICE + "/refresh", null).status()).isEqualTo(403);
    }

    @Test
    void anUnknownApplicationKeyIsNamedAsSuch() {
        var answer = client.send(HttpRequest.newBuilder(URI.create(sandbox.httpEndpoint() + "/auth/credential"))
                .header("X-Ovh-Application", "nobody")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("message").asText()).isEqualTo("Invalid application key");
    }

    @Test
    void aConsumerKeyThatIsAskedForWaitsForItsValidation() {
        var answer = client.send(HttpRequest.newBuilder(URI.create(sandbox.httpEndpoint() + "/auth/credential"))
                .header("X-Ovh-Application", sandbox.credentials().applicationKey())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"accessRules\":[{\"method\":\"GET\",\"path\":\"/ipLoadbalancing\"}]}"))
                .build());
        assertThat(answer.json().path("state").asText()).isEqualTo("pendingValidation");
        assertThat(answer.json().path("consumerKey").asText()).hasSize(32);
        assertThat(answer.json().path("validationUrl").asText()).startsWith("https://");
    }

    @Test
    void aServiceAccountGetsATokenThatLivesAnHour() {
        String token = token().json().path("access_token").asText();
        assertThat(bearer("GET", "/ipLoadbalancing", token).status()).isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        assertThat(bearer("GET", "/ipLoadbalancing", token).status()).isEqualTo(401);
    }

    @Test
    void aWrongClientSecretIsAnOauthError() {
        var answer = token(sandbox.credentials().clientId(), "wrong");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void anOauthErrorCanHideBehindAStatusOf200() {
        sandbox.faults()
                .on("POST", "/auth/oauth2/token")
                .times(1)
                .status(200, Map.of(), "application/json", "{\"error\":\"invalid_client\"}");
        assertThat(token().json().path("error").asText()).isEqualTo("invalid_client");
        assertThat(token().json().path("token_type").asText()).isEqualTo("Bearer");
    }

    @Test
    void aMissingIamActionIsNamed() {
        sandbox.credentials()
                .policy(sandbox.credentials().clientId(), IamPolicy.ALL.denying("loadbalancer:apiovh:refresh"));
        String token = token().json().path("access_token").asText();

        var answer = bearer("POST", SERVICE + "/refresh", token);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json()
                        .path("details")
                        .path("unauthorizedActionsByIAM")
                        .asText())
                .isEqualTo("loadbalancer:apiovh:refresh");
        assertThat(bearer("GET", SERVICE, token).status()).isEqualTo(200);
    }

    /** OVH lists ip:apiovh:loadbalancer/allowAsBackend, on the address of the server, and does not require it. */
    @Test
    void aServerIsMadeWithoutARightOnItsAddress() {
        sandbox.credentials()
                .policy(sandbox.credentials().clientId(), IamPolicy.granting("loadbalancer:apiovh:tcp/farm/server/*"));
        String farm = SERVICE + "/tcp/farm/"
                + sandbox.world().service(DemoWorld.SERVICE).id("tcp/farm", "web-http2");
        String token = token().json().path("access_token").asText();

        var answer = client.send(HttpRequest.newBuilder(URI.create(sandbox.httpEndpoint() + farm + "/server"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"address\":\"192.0.2.99\",\"status\":\"active\"}"))
                .build());

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aStaticTokenWorksAndShowsWhoItIs() {
        var answer = bearer("GET", "/auth/details", sandbox.credentials().accessToken());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("method").asText()).isEqualTo("oauth2");
        assertThat(sandbox.calls().matching("GET", "/auth/details").get(0).who())
                .isEqualTo("static-token");
    }

    @Test
    void v1IsAnotherNameForTheBasePathAndNothingElseIs() {
        String token = sandbox.credentials().accessToken();
        assertThat(client.send(bearer("GET", sandbox.httpEndpoint().resolve("/v1/ipLoadbalancing"), token))
                        .status())
                .isEqualTo(200);
        assertThat(client.send(bearer("GET", sandbox.httpEndpoint().resolve("/v2/ipLoadbalancing"), token))
                        .status())
                .isEqualTo(404);
    }

    private SignedClient.Answer token() {
        return token(sandbox.credentials().clientId(), sandbox.credentials().clientSecret());
    }

    private SignedClient.Answer token(String id, String secret) {
        String form = "grant_type=client_credentials&scope=all&client_id=" + id + "&client_secret=" + secret;
        return client.send(HttpRequest.newBuilder(sandbox.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private SignedClient.Answer bearer(String method, String path, String token) {
        return client.send(bearer(method, URI.create(sandbox.httpEndpoint() + path), token));
    }

    private static HttpRequest bearer(String method, URI uri, String token) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }
}
