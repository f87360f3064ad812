package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorReplyTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    @Test
    void readsTheShapeOfAnApplication() {
        ErrorReply error = error(404, "{'class':'Client::NotFound','message':'The requested object does not exist'}");

        assertThat(error.code()).isEqualTo("Client::NotFound");
        assertThat(error.sentence())
                .isEqualTo("HTTP 404 Client::NotFound: The requested object does not exist (query id EU.ext-3.1)");
        assertThat(error.kind()).isEqualTo(FailureKind.REFUSED);
    }

    @Test
    void readsTheShapeOfTheGateway() {
        ErrorReply error = error(
                403,
                "{'errorCode':'NOT_GRANTED_CALL','httpCode':'403 Forbidden','message':'This call has not been granted'}");

        assertThat(error.code()).isEqualTo("NOT_GRANTED_CALL");
        assertThat(error.sentence())
                .isEqualTo(
                        "HTTP 403 NOT_GRANTED_CALL: This call has not been granted; the consumer key lacks this right:"
                                + " create one whose access rules cover the call (query id EU.ext-3.1)");
        assertThat(error.kind()).isEqualTo(FailureKind.CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unauthorizedActionsByIAM", "unauthorizedActionsByAuthentication"})
    void readsTheShapeOfIamWhicheverPolicyLacksTheAction(String field) {
        ErrorReply error = error(
                403,
                "{'class':'Client::Forbidden','message':'User not granted','details':{'%s':'loadbalancer:apiovh:refresh'}}"
                        .formatted(field));

        assertThat(error.missingActions()).isEqualTo("loadbalancer:apiovh:refresh");
        assertThat(error.sentence())
                .isEqualTo("HTTP 403 Client::Forbidden: User not granted; the credentials lack the right"
                        + " loadbalancer:apiovh:refresh (query id EU.ext-3.1)");
    }

    @Test
    void readsTheShapeOfOauth() {
        ErrorReply error = error(401, "{'error':'invalid_client','error_description':'Client is disabled'}");

        assertThat(error.sentence()).startsWith("HTTP 401 invalid_client: Client is disabled; check the credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><h1>Bad gateway</h1></html>",
                "{'class':'Cut",
                "[]",
                "null",
                "'text'",
                "{'message':{}}"
            })
    void saysThatTheReplyHadNoWordsWhenItHadNone(String body) {
        ErrorReply error = error(502, body);

        assertThat(error.code()).isNull();
        assertThat(error.message()).isNull();
        assertThat(error.sentence())
                .isEqualTo("HTTP 502; the reply had no words of OVH's: try again later (query id EU.ext-3.1)");
    }

    @Test
    void leavesOutTheQueryIdThatIsNotThere() {
        assertThat(ErrorReply.of(reply(418, "", Headers.of()), NOW).sentence())
                .isEqualTo("HTTP 418; the reply had no words of OVH's");
    }

    @ParameterizedTest
    @CsvSource({
        "301, REFUSED,     REFUSED",
        "400, REFUSED,     REFUSED",
        "401, CREDENTIALS, REFUSED",
        "403, CREDENTIALS, REFUSED",
        "404, REFUSED,     REFUSED",
        "408, UNAVAILABLE, UNKNOWN",
        "409, CONFLICT,    REFUSED",
        "429, UNAVAILABLE, REFUSED",
        "460, REFUSED,     REFUSED",
        "500, UNAVAILABLE, UNKNOWN",
        "502, UNAVAILABLE, UNKNOWN",
        "503, UNAVAILABLE, UNKNOWN",
        "504, UNAVAILABLE, UNKNOWN",
    })
    void tellsByTheStatusWhatWentWrongAndWhetherAnythingCanHaveHappened(
            int status, FailureKind kind, Delivery delivery) {
        ErrorReply error = error(status, "{'message':'words'}");

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.delivery()).isEqualTo(delivery);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_CREDENTIAL, unknown; expired or not validated",
        "NOT_CREDENTIAL,     expired or not validated",
        "INVALID_SIGNATURE,  check the application secret",
        "INVALID_KEY,        that they belong to this endpoint",
    })
    void saysWhatToDoAboutCredentials(String code, String advice) {
        assertThat(error(403, "{'errorCode':'%s','message':'x'}".formatted(code))
                        .sentence())
                .contains(advice.replace("unknown; ", "unknown, "));
    }

    @ParameterizedTest
    @CsvSource({
        "400, Query out of time,       '',             true",
        "400, x,                       QUERY_TIME_OUT, true",
        "400, x,                       OTHER,          false",
        "500, Query out of time,       QUERY_TIME_OUT, false",
    })
    void knowsAClockThatIsOffByItsWordsOrItsCode(int status, String message, String code, boolean skew) {
        assertThat(error(status, "{'errorCode':'%s','message':'%s'}".formatted(code, message))
                        .isClockSkew())
                .isEqualTo(skew);
    }

    @ParameterizedTest
    @CsvSource({
        "0,                             PT0S",
        "7,                             PT7S",
        "99999999999,                   P365D",
        "'Fri, 01 May 2026 10:01:30 GMT', PT1M30S",
        "'Fri, 01 May 2026 09:00:00 GMT', PT0S",
    })
    void readsHowLongToWait(String header, Duration wait) {
        assertThat(withRetryAfter(header).retryAfter()).isEqualTo(wait);
    }

    @Test
    void readsUntilWhenToWaitByTheClockThatSaysSo() {
        Headers headers =
                Headers.of("Date", "Fri, 01 May 2026 12:00:00 GMT", "Retry-After", "Fri, 01 May 2026 12:00:30 GMT");

        assertThat(ErrorReply.of(reply(503, "", headers), NOW).retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "٣", "Fri, 32 May 2026 10:01:30 GMT"})
    void takesAWaitThatMakesNoSenseForNone(String header) {
        assertThat(withRetryAfter(header).retryAfter()).isNull();
    }

    private static ErrorReply withRetryAfter(String header) {
        Headers headers =
                new Headers.Builder().addUnsafeNonAscii("Retry-After", header).build();
        return ErrorReply.of(reply(503, "", headers), NOW);
    }

    private static ErrorReply error(int status, String body) {
        return ErrorReply.of(reply(status, body, Headers.of("x-ovh-queryid", "EU.ext-3.1")), NOW);
    }

    private static HttpReply reply(int status, String body, Headers headers) {
        return new HttpReply(status, headers, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
