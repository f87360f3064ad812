package io.jenkins.plugins.iplb.ansible;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * The HTTP client of a process, made in the background while the arguments are read: only to read the authorities that
 * the platform trusts takes longer than all the rest of many a call.
 */
final class HttpStart {
    private static final List<ConnectionSpec> PLAIN = List.of(ConnectionSpec.CLEARTEXT);
    private static final List<ConnectionSpec> ANY = List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);

    private final CompletableFuture<OkHttpClient> client;

    private HttpStart(CompletableFuture<OkHttpClient> client) {
        this.client = client;
    }

    /** @param environment tells, in advance, whether it is likely that there is no TLS */
    static HttpStart begin(Map<String, String> environment) {
        boolean plain = environment.getOrDefault("OVH_ENDPOINT", "").startsWith("http:");
        CompletableFuture<OkHttpClient> client = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> client.completeAsync(
                        () -> new OkHttpClient.Builder()
                                .connectionSpecs(plain ? PLAIN : ANY)
                                .build(),
                        Runnable::run),
                "http");
        thread.setDaemon(true);
        thread.start();
        return new HttpStart(client);
    }

    /** With TLS. */
    OkHttpClient client() {
        OkHttpClient made = client.join();
        return made.connectionSpecs().equals(PLAIN)
                ? made.newBuilder().connectionSpecs(ANY).build()
                : made;
    }

    /** With TLS where this endpoint needs it. */
    OkHttpClient client(Endpoint endpoint) {
        boolean plain = Stream.concat(Stream.of(endpoint.baseUrl()), endpoint.tokenUrl().stream())
                .allMatch(url -> "http".equalsIgnoreCase(url.getScheme()));
        return plain ? client.join() : client();
    }
}
