package io.jenkins.plugins.iplb.ansible;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.process.HttpClients;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * What a call needs and what takes long to get ready, begun in the background while the arguments are read: the HTTP
 * client above all. Only to read the authorities that the platform trusts takes longer than all the rest of many a call.
 */
final class HeadStart implements HttpClients {
    private static final List<ConnectionSpec> PLAIN = List.of(ConnectionSpec.CLEARTEXT);
    private static final List<ConnectionSpec> ANY = List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);

    private final CompletableFuture<OkHttpClient> client = new CompletableFuture<>();

    private HeadStart() {}

    /** @param environment tells, in advance, whether it is likely that there is no TLS */
    static HeadStart begin(Map<String, String> environment) {
        boolean plain = environment.getOrDefault("OVH_ENDPOINT", "").startsWith("http:");
        HeadStart start = new HeadStart();
        Thread thread = new Thread(() -> start.run(plain ? PLAIN : ANY), "head start");
        thread.setDaemon(true);
        thread.start();
        return start;
    }

    private void run(List<ConnectionSpec> specs) {
        client.completeAsync(
                () -> new OkHttpClient.Builder().connectionSpecs(specs).build(), Runnable::run);
        loadForTheFirstCall();
    }

    /** OkHttp looks through all security providers and knows the rules for names of hosts; runs are named at random. */
    private static void loadForTheFirstCall() {
        Security.getProviders();
        HttpUrl.get("http://localhost/");
        UUID.randomUUID();
    }

    @Override
    public OkHttpClient client() {
        OkHttpClient made = client.join();
        return made.connectionSpecs().equals(PLAIN)
                ? made.newBuilder().connectionSpecs(ANY).build()
                : made;
    }

    /** With TLS where this endpoint needs it. */
    @Override
    public OkHttpClient client(Endpoint endpoint) {
        boolean plain = Stream.concat(Stream.of(endpoint.baseUrl()), endpoint.tokenUrl().stream())
                .allMatch(url -> "http".equalsIgnoreCase(url.getScheme()));
        return plain ? client.join() : client();
    }
}
