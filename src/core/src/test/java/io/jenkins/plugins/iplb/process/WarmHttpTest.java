package io.jenkins.plugins.iplb.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Timer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
@Timeout(60)
class WarmHttpTest {
    private static final Endpoint OVH = Endpoint.of("https://eu.api.ovh.com/1.0");

    private final Map<String, String> environment = new TreeMap<>();
    private Sandbox sandbox;
    private Machine machine;
    private HttpUrl time;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        machine = new Machine(environment, directory, directory, Bench.LIMITS, clock, Timer::on);
        time = HttpUrl.get(box.httpEndpoint() + "/auth/time");
        environment.put("OVH_ENDPOINT", box.httpEndpoint().toString());
    }

    @Test
    void whoeverAsksForTlsHasItThoughAllThatWasToldInAdvanceIsPlain() {
        WarmHttp warm = WarmHttp.begin(machine);

        assertThat(specs(warm.client(Endpoint.of(sandbox.httpEndpoint().toString()))))
                .containsExactly(ConnectionSpec.CLEARTEXT);
        assertThat(specs(warm.client(OVH))).contains(ConnectionSpec.MODERN_TLS);
        assertThat(specs(warm.client())).contains(ConnectionSpec.MODERN_TLS);
    }

    @Test
    void withoutAnEndpointThereIsTls() {
        environment.clear();
        WarmHttp warm = WarmHttp.begin(machine);

        assertThat(specs(warm.client(OVH))).contains(ConnectionSpec.MODERN_TLS);
        assertThat(warm.client()).isSameAs(warm.client(OVH));
    }

    @Test
    void aConnectionThatIsOpenedEarlySendsTheFirstRequestWhenItIsWantedAndOnce() throws IOException {
        signed();
        OkHttpClient http = WarmHttp.connecting(machine)
                .client(endpoint())
                .newBuilder()
                .callTimeout(Duration.ofSeconds(30))
                .build();
        assertThat(times()).isEmpty();

        assertThat(status(http, time)).isEqualTo(200);
        assertThat(times()).hasSize(1);

        assertThat(status(http, time)).isEqualTo(200);
        assertThat(times()).hasSize(2);
        assertThat(http.interceptors()).hasSize(1);
    }

    @Test
    void whoHasNoKeysBeginsWithNoRequestThatIsKnown() {
        assertThat(WarmHttp.connecting(machine).client(endpoint()).interceptors())
                .as("no credentials")
                .isEmpty();
        environment.put("OVH_ACCESS_TOKEN", "token");
        assertThat(WarmHttp.connecting(machine).client(endpoint()).interceptors())
                .as("a token")
                .isEmpty();
    }

    @Test
    void anotherRequestGoesItsOwnWay() throws IOException {
        try (MockWebServer server = started()) {
            server.enqueue(new MockResponse.Builder().code(204).build());
            EarlyConnection early = new EarlyConnection(server.url("/known"));
            OkHttpClient http = new OkHttpClient.Builder().addInterceptor(early).build();

            assertThat(status(http, server.url("/other"))).isEqualTo(204);
        }
    }

    @Test
    void whereNoConnectionCouldBeOpenedItIsTriedAgainWhenItIsWanted() throws IOException {
        MockWebServer server = started();
        HttpUrl url = server.url("/known");
        EarlyConnection early = new EarlyConnection(url);
        server.close();
        early.prepare(new OkHttpClient());

        try (MockWebServer again = new MockWebServer()) {
            again.start(url.port());
            again.enqueue(new MockResponse.Builder().code(204).build());

            assertThat(status(patient(early), url)).isEqualTo(204);
        }
    }

    @Test
    void aRequestThatGetsNoAnswerIsGivenUpInTime() {
        EarlyConnection never = new EarlyConnection(time);
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(never)
                .callTimeout(Duration.ofMillis(50))
                .build();

        assertThatThrownBy(() -> status(http, time))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("timeout");
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() {
        EarlyConnection never = new EarlyConnection(time);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> status(patient(never), time)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void signed() {
        environment.put("OVH_APPLICATION_KEY", sandbox.credentials().applicationKey());
        environment.put("OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret());
        environment.put("OVH_CONSUMER_KEY", sandbox.credentials().consumerKey());
    }

    private Endpoint endpoint() {
        return Endpoint.of(sandbox.httpEndpoint().toString());
    }

    private List<?> times() {
        return sandbox.calls().all().stream()
                .filter(call -> call.path().equals("/auth/time"))
                .toList();
    }

    private static MockWebServer started() throws IOException {
        MockWebServer server = new MockWebServer();
        server.start();
        return server;
    }

    private static OkHttpClient patient(EarlyConnection early) {
        return new OkHttpClient.Builder()
                .addInterceptor(early)
                .callTimeout(Duration.ofSeconds(30))
                .build();
    }

    private static List<ConnectionSpec> specs(OkHttpClient http) {
        return http.connectionSpecs();
    }

    private static int status(OkHttpClient http, HttpUrl url) throws IOException {
        try (Response response =
                http.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code();
        }
    }
}
