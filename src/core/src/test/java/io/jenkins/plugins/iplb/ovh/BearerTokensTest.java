package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the token URL may answer beyond what the sandbox does. */
class BearerTokensTest {
    private static final String TOKEN_LINE = "POST /auth/oauth2/token";
    private static final String CALL_LINE = "GET /1.0/some/thing";

    @RegisterExtension
    final OvhServer ovh = new OvhServer();

    @BeforeEach
    void useAServiceAccount() {
        ovh.credentials(new ServiceAccount("the-id", "the-secret"));
    }

    @Test
    void sendTheSecretInAFormToTheTokenUrlAndTheTokenAloneToTheApi() {
        ovh.answers(token("t1", 3599), OvhServer.ok());

        ovh.send(OvhServer.GET);

        assertThat(ovh.requestLines()).containsExactly(TOKEN_LINE, CALL_LINE);
        assertThat(ovh.requests().get(0).getBody().utf8())
                .isEqualTo("grant_type=client_credentials&client_id=the-id&client_secret=the-secret&scope=all");
        assertThat(ovh.requests().get(1).getHeaders().get("Authorization")).isEqualTo("Bearer t1");
        assertThat(ovh.requests().get(1).getHeaders().names()).noneMatch(name -> name.startsWith("X-Ovh"));
    }

    @Test
    void recogniseAnErrorBehindASuccess() {
        ovh.answers(OvhServer.json(200, "{'error':'invalid_client','error_description':'Client is disabled'}"));

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("no token for client id the-id: Client is disabled; check the client id");
        assertThat(ovh.requestLines()).containsExactly(TOKEN_LINE);
        assertThat(ovh.told()).isEmpty();
    }

    @Test
    void recogniseTheErrorThatHasNoDescription() {
        ovh.answers(OvhServer.json(401, "{'error':'Invalid client'}"));

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure).hasMessageContaining("HTTP 401 Invalid client");
        assertThat(ovh.requests()).hasSize(1);
    }

    @Test
    void areAskedForAgainAfterAPageOfHtmlEvenForAPost() {
        ovh.answers(OvhServer.html(503), token("t1", 3599), OvhServer.ok());

        ovh.send(OvhServer.POST);

        assertThat(ovh.requestLines()).containsExactly(TOKEN_LINE, TOKEN_LINE, "POST /1.0/some/thing");
        assertThat(ovh.told()).containsExactly("writing POST /some/thing", "succeeded 200 EU.ext-3.query");
    }

    @Test
    void giveUpOnATokenUrlThatIsDownAndSayThatItWasThat() {
        ovh.answers(OvhServer.html(503));

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure)
                .hasMessage(
                        "POST /auth/oauth2/token: HTTP 503; the reply had no words of OVH's: try again later; tried 3 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eyJhbGciOi.not-json", "[]", "{'token_type':'Bearer'}"})
    void areNotReadIntoARepliesThatHoldNone(String body) {
        ovh.answers(OvhServer.json(200, body));

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(TOKEN_LINE);
        assertThat(Secrets.textOf(failure)).doesNotContain("eyJhbGciOi");
    }

    @Test
    void areRenewedOnceWhenTheApiRefusesOne() {
        ovh.answers(token("t1", 3599), OvhServer.status(401), token("t2", 3599), OvhServer.ok());

        ovh.send(OvhServer.POST);

        assertThat(ovh.requestLines())
                .containsExactly(TOKEN_LINE, "POST /1.0/some/thing", TOKEN_LINE, "POST /1.0/some/thing");
        assertThat(ovh.requests().get(3).getHeaders().get("Authorization")).isEqualTo("Bearer t2");
        assertThat(ovh.told())
                .containsExactly(
                        "writing POST /some/thing",
                        "failed REFUSED",
                        "writing POST /some/thing",
                        "succeeded 200 EU.ext-3.query");
    }

    @Test
    void areNotRenewedASecondTimeForTheSameCall() {
        ovh.answers(token("t1", 3599), OvhServer.status(401), token("t2", 3599), OvhServer.status(401));

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(ovh.requestLines()).containsExactly(TOKEN_LINE, CALL_LINE, TOKEN_LINE, CALL_LINE);
    }

    @Test
    void areAskedForOnceWhenTheAccountIsClosedWhileOneIsOut() {
        ovh.answers(token("t1", 5), OvhServer.ok(), OvhServer.json(401, "{'error':'invalid_client'}"));
        ovh.send(OvhServer.GET);

        ovh.failure(OvhServer.GET);

        assertThat(ovh.requestLines()).containsExactly(TOKEN_LINE, CALL_LINE, TOKEN_LINE);
    }

    private static MockResponse token(String token, int seconds) {
        return OvhServer.json(
                200, "{'access_token':'%s','token_type':'Bearer','expires_in':%d}".formatted(token, seconds));
    }
}
