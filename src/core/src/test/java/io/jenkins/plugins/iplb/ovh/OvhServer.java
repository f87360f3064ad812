package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that answers what a test tells it to, and calls to it: for what the sandbox does not do. Replies are given
 * in their order, and the last one for ever; {@code /auth/time} answers by itself.
 */
final class OvhServer implements BeforeEachCallback, AfterEachCallback {
    /** Little patience, so that what fails fails at once. */
    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            2,
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            1_000);

    static final AccessToken TOKEN = new AccessToken("a-token-that-nobody-may-see");
    static final ApiCall GET = ApiCall.get("some", "thing");
    static final ApiCall POST = ApiCall.post(Fields.none().with("a", "b"), "some", "thing");
    static final ApiCall PUT = ApiCall.put(Fields.none().with("a", "b"), "some", "thing");
    static final ApiCall DELETE = ApiCall.delete("some", "thing");

    private final MockWebServer server = new MockWebServer();
    private final TestClock clock = new TestClock();
    private final Watch watch = new Watch();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final Deque<MockResponse> replies = new ArrayDeque<>();
    private OkHttpClient http = new OkHttpClient();
    private Limits limits = LIMITS;
    private Credentials credentials = TOKEN;
    private Duration patience = Duration.ofMinutes(1);
    private Runnable onRequest = () -> {};
    private OvhClient client;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.close();
    }

    // ---- before the calls

    OvhServer answers(MockResponse... inTheirOrder) {
        synchronized (replies) {
            replies.clear();
            replies.addAll(Arrays.asList(inTheirOrder));
        }
        return this;
    }

    OvhServer limits(Limits other) {
        limits = other;
        return this;
    }

    OvhServer credentials(Credentials other) {
        credentials = other;
        return this;
    }

    OvhServer http(OkHttpClient other) {
        http = other;
        return this;
    }

    /** How long the operation may take. */
    OvhServer patience(Duration other) {
        patience = other;
        return this;
    }

    /** Happens while each request is being answered. */
    OvhServer onRequest(Runnable other) {
        onRequest = other;
        return this;
    }

    void close() {
        server.close();
    }

    // ---- the calls

    Endpoint endpoint() {
        return Endpoint.of(server.url("/1.0").toString());
    }

    OvhClients clients() {
        return new OvhClients(http, limits, clock);
    }

    OvhSession session() {
        if (client == null) {
            client = clients().client(endpoint(), credentials);
        }
        return client.session(watch, Deadline.in(patience, clock));
    }

    ApiReply send(ApiCall call) {
        return session().send(call);
    }

    OvhException failure(ApiCall call) {
        Throwable thrown = catchThrowable(() -> send(call));
        assertThat(thrown).isInstanceOf(OvhException.class);
        return (OvhException) thrown;
    }

    static IplbException failureOf(Runnable work) {
        Throwable thrown = catchThrowable(work::run);
        assertThat(thrown).isInstanceOf(IplbException.class);
        return (IplbException) thrown;
    }

    // ---- after the calls

    TestClock clock() {
        return clock;
    }

    /** All requests but those of the clock. */
    List<RecordedRequest> requests() {
        return requests.stream().filter(request -> !isTime(request)).toList();
    }

    List<String> requestLines() {
        return requests().stream()
                .map(request -> request.getMethod() + " " + request.getTarget())
                .toList();
    }

    long timesAsked() {
        return requests.stream().filter(OvhServer::isTime).count();
    }

    /** What the observer of the session was told. */
    List<String> told() {
        return watch.told();
    }

    // ---- replies

    static MockResponse json(int status, String withSingleQuotes) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .addHeader("X-OVH-QUERYID", "EU.ext-3.query")
                .body(withSingleQuotes.replace('\'', '"'))
                .build();
    }

    static MockResponse ok() {
        return json(200, "{'id':1}");
    }

    static MockResponse status(int status) {
        return json(status, "{'class':'Some::Class','message':'some words'}");
    }

    static MockResponse html(int status) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/html")
                .body("<html>gateway</html>")
                .build();
    }

    static MockResponse but(MockResponse reply, UnaryOperator<MockResponse.Builder> change) {
        return change.apply(reply.newBuilder()).build();
    }

    private MockResponse answer(RecordedRequest request) {
        requests.add(request);
        if (isTime(request)) {
            return json(200, Long.toString(clock.instant().getEpochSecond()));
        }
        onRequest.run();
        synchronized (replies) {
            return replies.size() > 1 ? replies.remove() : replies.element();
        }
    }

    private static boolean isTime(RecordedRequest request) {
        return request.getTarget().endsWith("/auth/time");
    }
}
