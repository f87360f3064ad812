package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Settings;
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
 * What a process needs and what takes long to get ready, begun in the background while the arguments are read: the HTTP
 * client above all. Only to read the authorities that the platform trusts takes longer than all the rest of many a
 * command.
 */
public final class WarmHttp implements HttpClients {
    private static final List<ConnectionSpec> PLAIN = List.of(ConnectionSpec.CLEARTEXT);
    private static final List<ConnectionSpec> ANY = List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);

    private final CompletableFuture<OkHttpClient> client = new CompletableFuture<>();

    private WarmHttp() {}

    /** Sends nothing, and connects to nobody. */
    public static WarmHttp begin(Machine machine) {
        WarmHttp warm = new WarmHttp();
        warm.inBackground(() -> {
            warm.client.completeAsync(() -> plainOrTls(machine), Runnable::run);
            loadForTheFirstCall();
        });
        return warm;
    }

    /**
     * Connects as well, to the endpoint that the machine has credentials for, and sends nothing yet: how far away that
     * is does not add to the time that it takes to read the arguments.
     */
    public static WarmHttp connecting(Machine machine) {
        WarmHttp warm = new WarmHttp();
        warm.inBackground(() -> {
            warm.client.completeAsync(() -> warm.connected(plainOrTls(machine), machine), Runnable::run);
            loadForTheFirstCall();
        });
        return warm;
    }

    private static OkHttpClient plainOrTls(Machine machine) {
        // Told in advance, whether it is likely that there is no TLS.
        boolean plain = machine.environment().getOrDefault("OVH_ENDPOINT", "").startsWith("http:");
        return EnvironmentProxies.in(HttpClients.builder(), machine.environment())
                .connectionSpecs(plain ? PLAIN : ANY)
                .build();
    }

    /** Only who signs requests begins with one that is known in advance. */
    private OkHttpClient connected(OkHttpClient http, Machine machine) {
        try {
            Settings settings = Settings.find(
                    Map.of(), machine.environment(), Settings.files(machine.workingDirectory(), machine.home()));
            if (!(settings.credentials() instanceof ApplicationKeys)) {
                return http;
            }
            EarlyConnection first =
                    new EarlyConnection(HttpUrl.get(settings.endpoint().baseUrl() + "/auth/time"));
            inBackground(() -> first.prepare(http));
            return http.newBuilder().addInterceptor(first).build();
        } catch (IplbException | IllegalArgumentException e) {
            // Said by who needs the settings.
            return http;
        }
    }

    private void inBackground(Runnable work) {
        Thread thread = new Thread(work, "warm http");
        thread.setDaemon(true);
        thread.start();
    }

    /** OkHttp looks through all security providers and knows the rules for names of hosts; runs are named at random. */
    private static void loadForTheFirstCall() {
        Security.getProviders();
        HttpUrl.get("http://localhost/");
        UUID.randomUUID();
    }

    /** With TLS. */
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
