package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedRequestsTest {
    private static final ApplicationKeys KEYS = new ApplicationKeys("the-application", "the-secret", "the-consumer");

    @RegisterExtension
    final OvhServer ovh = new OvhServer();

    @BeforeEach
    void signAll() {
        ovh.credentials(KEYS).answers(OvhServer.ok());
    }

    static Stream<ApiCall> calls() {
        return Stream.of(
                ApiCall.get("ipLoadbalancing"),
                ApiCall.get("ip", "203.0.113.7/32", "move"),
                ApiCall.get("ip", "2001:db8::/64", "task").query(Map.of("function", "genericMoveFloatingIp")),
                ApiCall.get("a").query(Map.of("creationDate.from", "2026-01-01T00:00:00+01:00", "b", "é &=/?#%")),
                ApiCall.get("a b", "é", "100%", "?", "#", "+"),
                ApiCall.post(Fields.none().with("displayName", "Été à Besançon – 日本 \"quoted\" \\ 😀"), "a"),
                ApiCall.post(Fields.none(), "a"),
                ApiCall.put(Fields.none().with("to", null).with("n", 0), "ip", "203.0.113.0/28", "move"),
                ApiCall.delete("a", 12));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void carryASignatureOfWhatIsReallyOnTheWire(ApiCall call) throws Exception {
        ovh.send(call);

        RecordedRequest sent = ovh.requests().get(0);
        assertThat(sent.getHeaders().get("X-Ovh-Application")).isEqualTo("the-application");
        assertThat(sent.getHeaders().get("X-Ovh-Consumer")).isEqualTo("the-consumer");
        assertThat(sent.getHeaders().get("X-Ovh-Timestamp"))
                .isEqualTo(Long.toString(ovh.clock().instant().getEpochSecond()));
        assertThat(sent.getHeaders().get("X-Ovh-Signature")).isEqualTo(signatureOf(sent));
        assertThat(sent.getHeaders().get("Authorization")).isNull();
    }

    /** From the request line, the Host header and the body alone, by another way than the client's. */
    private static String signatureOf(RecordedRequest sent) throws Exception {
        String body = sent.getBody() == null ? "" : sent.getBody().utf8();
        String text = "the-secret+the-consumer+%s+http://%s%s+%s+%s"
                .formatted(
                        sent.getMethod(),
                        sent.getHeaders().get("Host"),
                        sent.getTarget(),
                        body,
                        sent.getHeaders().get("X-Ovh-Timestamp"));
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        return "$1$" + HexFormat.of().formatHex(hash);
    }

    @Test
    void sendASlashInsideASegmentEncodedOnce() {
        ovh.send(ApiCall.get("ip", "203.0.113.7/32", "move"));

        assertThat(ovh.requestLines()).containsExactly("GET /1.0/ip/203.0.113.7%2F32/move");
    }

    @Test
    void sendBodiesInAsciiThatMeanTheSame() throws Exception {
        ovh.send(ApiCall.post(Fields.none().with("displayName", "Été"), "a"));

        RecordedRequest sent = ovh.requests().get(0);
        assertThat(sent.getBody().utf8()).isEqualTo("{\"displayName\":\"\\u00C9t\\u00E9\"}");
        assertThat(sent.getHeaders().get("Content-Type")).isEqualTo("application/json;charset=utf-8");
    }

    @Test
    void haveNoContentTypeWithoutABody() {
        ovh.send(OvhServer.GET);
        ovh.send(OvhServer.DELETE);

        assertThat(ovh.requests()).hasSize(2).allSatisfy(sent -> {
            assertThat(sent.getHeaders().get("Content-Type")).isNull();
            assertThat(sent.getBodySize()).isZero();
        });
    }

    @Test
    void askForTheTimeOnceAndWithoutAProofOfWhoAsks() {
        ovh.send(OvhServer.GET);
        ovh.clock().advance(Duration.ofMinutes(5));
        ovh.send(OvhServer.GET);

        assertThat(ovh.timesAsked()).isOne();
        assertThat(ovh.requests().get(1).getHeaders().get("X-Ovh-Timestamp"))
                .isEqualTo(Long.toString(ovh.clock().instant().getEpochSecond()));
    }

    @Test
    void areRepeatedOnceWithANewTimeWhenOvhSaysOnlyInWordsThatTheyAreOutOfTime() {
        ovh.answers(OvhServer.json(400, "{'message':'Query out of time'}"), OvhServer.ok());

        assertThat(ovh.send(OvhServer.POST).body().path("id").asInt()).isOne();

        assertThat(ovh.requestLines()).containsExactly("POST /1.0/some/thing", "POST /1.0/some/thing");
        assertThat(ovh.timesAsked()).isEqualTo(2);
        assertThat(ovh.told())
                .containsExactly(
                        "writing POST /some/thing",
                        "failed REFUSED",
                        "writing POST /some/thing",
                        "succeeded 200 EU.ext-3.query");
    }

    @Test
    void areNotRepeatedASecondTimeWhenTheNewTimeDoesNotHelp() {
        ovh.answers(OvhServer.json(400, "{'errorCode':'QUERY_TIME_OUT','message':'Query out of time'}"));

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(2);
        assertThat(ovh.timesAsked()).isEqualTo(2);
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure).hasMessageContaining("this machine's clock is too far from OVH's");
    }

    @Test
    void areNotRepeatedForARefusalThatTheTimeHasNothingToDoWith() {
        ovh.answers(OvhServer.json(400, "{'errorCode':'INVALID_SIGNATURE','message':'Invalid signature'}"));

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(1);
        assertThat(ovh.timesAsked()).isOne();
        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure)
                .hasMessageContaining("check the application secret, and that the consumer key is validated");
    }
}
