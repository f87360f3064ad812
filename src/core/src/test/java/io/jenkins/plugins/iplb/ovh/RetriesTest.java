package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls are sent again, when, and how often. */
class RetriesTest {
    @RegisterExtension
    final OvhServer ovh = new OvhServer();

    static Stream<ApiCall> repeatable() {
        return Stream.of(OvhServer.GET, OvhServer.PUT, OvhServer.DELETE);
    }

    static Stream<ApiCall> all() {
        return Stream.concat(repeatable(), Stream.of(OvhServer.POST));
    }

    static Stream<ApiCall> writes() {
        return all().filter(ApiCall::isWrite);
    }

    // ---- what is repeated

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aReadIsRepeatedAfterATransientAnswer(int status) {
        ovh.answers(OvhServer.status(status), OvhServer.ok());

        assertThat(ovh.send(OvhServer.GET).body().path("id").asInt()).isOne();

        assertThat(ovh.told()).containsExactly("reading GET /some/thing", "reading GET /some/thing");
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void whatMayBeDoneTwiceIsRepeatedAfterABrokenConnection(ApiCall call) {
        ovh.answers(cut(), OvhServer.ok());

        ovh.send(call);

        assertThat(ovh.requests()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void whatMayBeDoneTwiceIsRepeatedAfterAnErrorOfTheServer(ApiCall call) {
        ovh.answers(OvhServer.status(500), OvhServer.ok());

        ovh.send(call);

        assertThat(ovh.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 460})
    void aRefusalIsFinal(int status) {
        ovh.answers(OvhServer.status(status), OvhServer.ok());

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(1);
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.delivery()).isEqualTo(Delivery.REFUSED);
        assertThat(failure).hasMessageStartingWith("GET /some/thing: HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void aPostIsNotSentAgainAfterAnAnswerThatLeavesItsEffectOpen(int status) {
        ovh.answers(OvhServer.status(status), OvhServer.ok());

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(ovh.requests()).hasSize(1);
        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(ovh.told()).containsExactly("writing POST /some/thing", "failed UNKNOWN");
    }

    /** OkHttp 5.3.2 sends a POST again on {@code 503 Retry-After: 0}, whatever it is told, unless its body is for one use. */
    @Test
    void aPostIsNotSentAgainWhereTheServerAsksForThatAtOnce() throws IOException {
        ovh.answers(retryAfter("0"), OvhServer.ok());
        OkHttpClient plain =
                new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
        Request post = new Request.Builder()
                .url(ovh.endpoint().baseUrl() + "/some/thing")
                .post(RequestBody.create(new byte[] {'{', '}'}))
                .build();
        plain.newCall(post).execute().close();
        assertThat(ovh.requests()).as("OkHttp as it is").hasSize(2);

        ovh.answers(retryAfter("0"), OvhServer.ok());
        assertThat(ovh.failure(OvhServer.POST).delivery()).isEqualTo(Delivery.UNKNOWN);

        assertThat(ovh.requests()).hasSize(3);
    }

    @Test
    void aPostIsNotSentAgainAfterABrokenConnection() {
        ovh.answers(cut(), OvhServer.ok());

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(ovh.requests()).hasSize(1);
        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(failure).hasMessageContaining("the connection broke before the answer was read");
    }

    @Test
    void aPostIsSentAgainAfterTheGatewayTurnedItAway() {
        ovh.answers(OvhServer.status(429), OvhServer.ok());

        ovh.send(OvhServer.POST);

        assertThat(ovh.told())
                .containsExactly(
                        "writing POST /some/thing",
                        "failed REFUSED",
                        "writing POST /some/thing",
                        "succeeded 200 EU.ext-3.query");
    }

    @Test
    void aPostIsSentAgainWhenNoConnectionWasMade() {
        ovh.answers(OvhServer.ok())
                .http(new OkHttpClient.Builder()
                        .socketFactory(new FirstRefused())
                        .build());

        ovh.send(OvhServer.POST);

        assertThat(ovh.requests()).hasSize(1);
        assertThat(ovh.told())
                .containsExactly(
                        "writing POST /some/thing",
                        "failed NOT_SENT",
                        "writing POST /some/thing",
                        "succeeded 200 EU.ext-3.query");
    }

    @Test
    void aServerThatIsNotThereIsTriedAFewTimesAndNothingIsSaidToHaveBeenSent() {
        ovh.session();
        ovh.close();

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.status()).isEmpty();
        assertThat(failure)
                .hasMessageStartingWith("POST /some/thing: no connection (")
                .hasMessageEndingWith("; tried 3 times");
    }

    // ---- a DELETE that is repeated

    @Test
    void aDeleteWhoseRepetitionFindsNothingHasSucceeded() {
        ovh.answers(cut(), OvhServer.status(404));

        ApiReply reply = ovh.send(OvhServer.DELETE);

        assertThat(reply.body().isMissingNode()).isTrue();
        assertThat(reply.header("X-OVH-QUERYID")).isEmpty();
        assertThat(ovh.told())
                .containsExactly(
                        "writing DELETE /some/thing",
                        "failed UNKNOWN",
                        "writing DELETE /some/thing",
                        "failed REFUSED",
                        "settled true");
    }

    @Test
    void aDeleteThatFindsNothingAtOnceHasNotSucceeded() {
        ovh.answers(OvhServer.status(404));

        assertThat(ovh.failure(OvhServer.DELETE).isNotFound()).isTrue();
    }

    @Test
    void aDeleteThatFindsNothingAfterItWasTurnedAwayHasNotSucceeded() {
        ovh.answers(OvhServer.status(429), OvhServer.status(404));

        assertThat(ovh.failure(OvhServer.DELETE).isNotFound()).isTrue();
        assertThat(ovh.told()).noneMatch(each -> each.startsWith("settled"));
    }

    @Test
    void anUpdateThatFindsNothingOnItsRepetitionHasNotSucceeded() {
        ovh.answers(OvhServer.status(500), OvhServer.status(404));

        assertThat(ovh.failure(OvhServer.PUT).isNotFound()).isTrue();
    }

    // ---- bounds

    @Test
    void theNumberOfTriesIsBoundedAndTold() {
        ovh.answers(OvhServer.html(503));

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(3);
        assertThat(failure)
                .hasMessage(
                        "GET /some/thing: HTTP 503; the reply had no words of OVH's: try again later; tried 3 times");
    }

    @Test
    void noTryStartsAfterTheTimeForRetriesIsOver() {
        ovh.limits(limits(5, Duration.ofMillis(50), Duration.ofMillis(50))).answers(OvhServer.status(503));

        ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(1);
    }

    @Test
    void theFailureOfACallThatOutlivesTheDeadlineIsATimeout() {
        ovh.patience(Duration.ofSeconds(30))
                .onRequest(() -> ovh.clock().advance(Duration.ofSeconds(20)))
                .answers(OvhServer.status(503));

        IplbException failure = OvhServer.failureOf(() -> ovh.send(OvhServer.GET));

        assertThat(ovh.requests()).hasSize(2);
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure).hasMessageContaining("HTTP 503").hasMessageEndingWith("; tried 2 times");
    }

    @Test
    void theLastTryBeforeTheDeadlineSaysThatTheTimeWasUp() {
        ovh.limits(limits(0, Duration.ofSeconds(5), Duration.ofMillis(1)))
                .patience(Duration.ofSeconds(30))
                .onRequest(() -> ovh.clock().advance(Duration.ofSeconds(31)))
                .answers(OvhServer.status(503));

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    }

    @Test
    void aCallIsStillMadeWhenNoTimeIsLeftForASecondOne() {
        ovh.limits(Limits.DEFAULT).patience(Duration.ofMillis(400)).answers(OvhServer.ok());

        assertThat(ovh.send(OvhServer.GET).body().path("id").asInt()).isOne();
    }

    @Test
    void nothingIsSentOnceTheDeadlineHasPassed() {
        OvhSession session =
                ovh.patience(Duration.ofSeconds(1)).answers(OvhServer.ok()).session();
        ovh.clock().advance(Duration.ofSeconds(1));

        IplbException failure = OvhServer.failureOf(() -> session.send(OvhServer.POST));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure).hasMessage("POST /some/thing: not sent, because the deadline passed before");
        assertThat(ovh.requests()).isEmpty();
        assertThat(ovh.told()).isEmpty();
    }

    // ---- Retry-After

    @Test
    void aWaitThatOvhAsksForIsNotCutShort() {
        ovh.answers(retryAfter("1"), OvhServer.ok());
        long start = System.nanoTime();

        ovh.send(OvhServer.GET);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "soon", "-5", "", "1.5"})
    void aWaitThatIsNoneOrMakesNoSenseIsLeftToTheBackOff(String header) {
        ovh.answers(retryAfter(header), OvhServer.ok());

        ovh.send(OvhServer.PUT);

        assertThat(ovh.requests()).hasSize(2);
    }

    @Test
    void aDateInThePastIsNoWait() {
        ovh.answers(retryAfter(date(Duration.ofMinutes(-5))), OvhServer.ok());

        ovh.send(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "999999999", "99999999999"})
    void aWaitLongerThanThePatienceForRetriesIsNotWaitedFor(String seconds) {
        ovh.answers(but429(seconds), OvhServer.ok());

        OvhException failure = ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(1);
        assertThat(failure).hasMessageContaining("OVH limits the requests per key: try again later");
    }

    @Test
    void aDateFurtherOffThanThePatienceForRetriesIsNotWaitedFor() {
        ovh.answers(retryAfter(date(Duration.ofHours(1))), OvhServer.ok());

        ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(1);
    }

    @Test
    void aWaitBeyondTheDeadlineIsNotWaitedFor() {
        ovh.patience(Duration.ofSeconds(2)).answers(retryAfter("3"), OvhServer.ok());

        ovh.failure(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(1);
    }

    // ---- what the HTTP library would do on its own

    @ParameterizedTest
    @MethodSource("writes")
    void theHttpLibraryDoesNotRepeatAWriteThatMayBeRepeatedWithoutDelay(ApiCall call) {
        ovh.limits(limits(0, Duration.ofSeconds(5), Duration.ofMillis(1))).answers(retryAfter("0"), OvhServer.ok());

        assertThat(ovh.failure(call).status()).hasValue(503);

        assertThat(ovh.requests()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void theHttpLibraryDoesNotRepeatAWriteThatTimedOutAtTheServer(ApiCall call) {
        ovh.limits(limits(0, Duration.ofSeconds(5), Duration.ofMillis(1)))
                .answers(OvhServer.status(408), OvhServer.ok());

        assertThat(ovh.failure(call).status()).hasValue(408);

        assertThat(ovh.requests()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void theHttpLibraryDoesNotRepeatAWriteOnAConnectionThatTurnsOutToBeDead(ApiCall call) {
        ovh.limits(limits(0, Duration.ofSeconds(5), Duration.ofMillis(1)))
                .answers(OvhServer.ok(), cut(), OvhServer.ok());
        ovh.send(OvhServer.GET);

        OvhException failure = ovh.failure(call);

        assertThat(ovh.requests()).hasSize(2);
        assertThat(ovh.requests().get(1).getConnectionIndex())
                .isEqualTo(ovh.requests().get(0).getConnectionIndex());
        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        ovh.answers(
                OvhServer.but(OvhServer.status(status), reply -> reply.addHeader("Location", "/elsewhere")),
                OvhServer.ok());

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(ovh.requestLines()).containsExactly("POST /1.0/some/thing");
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.delivery()).isEqualTo(Delivery.REFUSED);
    }

    /** OkHttp 5.3.2 makes a GET of it, whose success would pass for that of the DELETE. */
    @Test
    void aRedirectedDeleteIsRefusedAndNoGet() {
        ovh.answers(
                OvhServer.but(OvhServer.status(302), reply -> reply.addHeader("Location", "/elsewhere")),
                OvhServer.ok());

        assertThat(ovh.failure(OvhServer.DELETE).delivery()).isEqualTo(Delivery.REFUSED);

        assertThat(ovh.requestLines()).containsExactly("DELETE /1.0/some/thing");
    }

    @Test
    void aReplyThatTheHttpLibraryChokesOnIsALostAnswerLikeAnyOther() {
        ovh.answers(retryAfter("99999999999"));

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(ovh.told()).containsExactly("writing POST /some/thing", "failed UNKNOWN");
    }

    // ---- bodies and slowness

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{'id': 1, 'nam", "<html>"})
    void aReadWithoutAUsableBodyIsRepeated(String body) {
        ovh.answers(OvhServer.json(200, body), OvhServer.ok());

        ovh.send(OvhServer.GET);

        assertThat(ovh.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{'id': 1, 'nam", "<html>"})
    void aPostWithoutAUsableBodyIsOfUnknownFate(String body) {
        ovh.answers(OvhServer.json(200, body));

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(ovh.requests()).hasSize(1);
        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(failure.status()).hasValue(200);
        assertThat(failure).hasMessageContaining("HTTP 200 with ").hasMessageContaining("(query id EU.ext-3.query)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void anUpdateOrRemovalNeedsNoBody(String body) {
        ovh.answers(OvhServer.json(200, body));

        ovh.send(OvhServer.PUT);
        ovh.send(OvhServer.DELETE);

        assertThat(ovh.told())
                .containsExactly(
                        "writing PUT /some/thing",
                        "succeeded 200 EU.ext-3.query",
                        "writing DELETE /some/thing",
                        "succeeded 200 EU.ext-3.query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Sign in</html>", "{'id': 1, 'nam"})
    void anUpdateOrRemovalThatAProxyAnswersForOvhIsRepeated(String body) {
        for (ApiCall call : List.of(OvhServer.PUT, OvhServer.DELETE)) {
            ovh.answers(OvhServer.json(200, body), OvhServer.ok());

            ovh.send(call);
        }

        assertThat(ovh.requests()).hasSize(4);
        assertThat(ovh.told())
                .contains("succeeded 200 EU.ext-3.query")
                .filteredOn(said -> said.startsWith("failed"))
                .hasSize(2);
    }

    @Test
    void anAnswerThatDoesNotComeInTimeLeavesThePostsFateOpen() {
        Limits limits = new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(300),
                2,
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                1_000);
        ovh.limits(limits)
                .answers(OvhServer.but(OvhServer.ok(), reply -> reply.onResponseStart(SocketEffect.Stall.INSTANCE)));

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(failure).hasMessageContaining("no answer in time");
    }

    @Test
    void anAnswerThatBreaksOffIsALostAnswer() {
        ovh.answers(OvhServer.but(OvhServer.ok(), reply -> reply.onResponseBody(new SocketEffect.CloseSocket())));

        assertThat(ovh.failure(OvhServer.POST).delivery()).isEqualTo(Delivery.UNKNOWN);
    }

    // ---- interruption

    @Test
    void anInterruptedThreadSendsNothingMoreAndStaysInterrupted() {
        Thread caller = Thread.currentThread();
        ovh.onRequest(caller::interrupt).answers(OvhServer.status(503), OvhServer.ok());

        IplbException failure = OvhServer.failureOf(() -> ovh.send(OvhServer.GET));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(ovh.requests()).hasSize(1);
    }

    // ---- helpers

    private static MockResponse cut() {
        return OvhServer.but(OvhServer.ok(), reply -> reply.onResponseStart(new SocketEffect.CloseSocket()));
    }

    private static MockResponse retryAfter(String value) {
        return OvhServer.but(OvhServer.status(503), reply -> reply.addHeader("Retry-After", value));
    }

    private static MockResponse but429(String seconds) {
        return OvhServer.but(OvhServer.status(429), reply -> reply.addHeader("Retry-After", seconds));
    }

    private String date(Duration fromNow) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ovh.clock().instant().plus(fromNow).atZone(ZoneOffset.UTC));
    }

    private static Limits limits(int retries, Duration retryFor, Duration firstDelay) {
        return new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                retries,
                retryFor,
                firstDelay,
                1_000);
    }

    /** Sockets of which the first never gets a connection. */
    private static final class FirstRefused extends SocketFactory {
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public Socket createSocket() throws IOException {
            if (made.getAndIncrement() == 0) {
                throw new ConnectException("Connection refused");
            }
            return new Socket();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
