package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.tls.TlsEndpoint;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class TlsEndpointTest {
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
    void h2IsNegotiatedOnceTheGuidesRouteAndRuleAreRefreshed() throws Exception {
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("http/1.1");

        addH2Route();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("http/1.1");

        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("h2");
        assertThat(negotiated("http/1.1")).isEqualTo("http/1.1");
    }

    @Test
    void aFrontendFromBeforeSpeaksH2ByItselfAfterARefreshWithNothingPending() throws Exception {
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("http/1.1");
        assertThat(sandbox.world().service(DemoWorld.SERVICE).pending()).isEmpty();

        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("h2");
        assertThat(negotiated("http/1.1")).isEqualTo("http/1.1");
    }

    @Test
    void onlyTheRefreshedZoneSpeaksH2ByItself() throws Exception {
        client.post(SERVICE + "/refresh", Map.of("zone", "rbx"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(negotiated(sandbox.tlsAddress("rbx"), "h2", "http/1.1")).isEqualTo("h2");
        assertThat(negotiated(sandbox.tlsAddress("gra"), "h2", "http/1.1")).isEqualTo("http/1.1");
    }

    @Test
    void beforeNativeHttp2NoRefreshBringsIt() throws Exception {
        sandbox.world().nativeHttp2Since(Instant.MAX);
        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("http/1.1");

        addH2Route();
        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("h2");
    }

    @Test
    void anHttpFrontendWithSslSpeaksH2ByItself() throws Exception {
        client.put(SERVICE + "/tcp/frontend/" + id("tcp/frontend", "https"), Map.of("disabled", true));
        client.put(SERVICE + "/http/frontend/" + id("http/frontend", "http"), Map.of("port", "443", "ssl", true));
        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("h2");
        assertThat(get(trusting())).contains(TlsEndpoint.FARM_HEADER + ": " + id("http/farm", "app"));
    }

    @Test
    void aTcpFrontendThatLeavesTlsToItsServersTakesTheRoute() throws Exception {
        client.put(SERVICE + "/tcp/frontend/" + id("tcp/frontend", "https"), Map.of("ssl", false));
        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("http/1.1");

        addH2Route();
        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("h2");
    }

    @Test
    void aFarmWithoutAnActiveServerGetsNoH2() throws Exception {
        addH2Route();
        long farm = id("tcp/farm", "web-http2");
        for (var server : sandbox.world().service(DemoWorld.SERVICE).staged("tcp/server")) {
            if (server.parent() == farm) {
                client.put(SERVICE + "/tcp/farm/" + farm + "/server/" + server.id(), Map.of("status", "inactive"));
            }
        }
        refresh();
        assertThat(negotiated("h2", "http/1.1")).isEqualTo("http/1.1");
    }

    @Test
    void theDefaultFarmAnswersHttp1ForWhateverNameIsAsked() throws Exception {
        assertThat(get(trusting()))
                .startsWith("HTTP/1.1 200")
                .contains(TlsEndpoint.FARM_HEADER + ": " + id("tcp/farm", "web-http1"));
    }

    @Test
    void http2IsServedByTheFarmOfTheRoute() throws Exception {
        addH2Route();
        refresh();
        var http = HttpClient.newBuilder().sslContext(trusting()).build();
        var reply = http.send(
                HttpRequest.newBuilder(URI.create(
                                "https://localhost:" + sandbox.tlsAddress().getPort() + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(reply.headers().firstValue(TlsEndpoint.FARM_HEADER))
                .contains(Long.toString(id("tcp/farm", "web-http2")));
    }

    @Test
    void eachZoneServesWhatWasRefreshedThere() throws Exception {
        addH2Route();
        client.post(SERVICE + "/refresh", Map.of("zone", "rbx"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(negotiated(sandbox.tlsAddress("rbx"), "h2", "http/1.1")).isEqualTo("h2");
        assertThat(negotiated(sandbox.tlsAddress("gra"), "h2", "http/1.1")).isEqualTo("http/1.1");
    }

    @Test
    void aSessionFromBeforeDoesNotOutliveTheFrontend() throws Exception {
        SSLContext same = trusting();
        assertThat(get(same)).startsWith("HTTP/1.1 200");
        client.put(SERVICE + "/tcp/frontend/" + id("tcp/frontend", "https"), Map.of("disabled", true));
        refresh();
        assertThatThrownBy(() -> get(same)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void withoutADeployedFrontendTheHandshakeFails() throws Exception {
        client.put(SERVICE + "/tcp/frontend/" + id("tcp/frontend", "https"), Map.of("disabled", true));
        assertThat(negotiated("http/1.1")).isEqualTo("http/1.1");
        refresh();
        assertThatThrownBy(() -> negotiated("http/1.1")).isInstanceOf(SSLHandshakeException.class);
    }

    private String get(SSLContext context) throws Exception {
        try (SSLSocket socket = connect(context, sandbox.tlsAddress(), "anything.example", "http/1.1")) {
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: anything.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void addH2Route() {
        long farm = id("tcp/farm", "web-http2");
        long route = client.post(
                        SERVICE + "/tcp/route",
                        Map.of(
                                "action", Map.of("type", "farm", "target", Long.toString(farm)),
                                "frontendId", id("tcp/frontend", "https")))
                .json()
                .path("routeId")
                .asLong();
        client.post(
                SERVICE + "/tcp/route/" + route + "/rule",
                Map.of("field", "protocol", "match", "is", "pattern", "http/2.0"));
    }

    private void refresh() {
        assertThat(client.post(SERVICE + "/refresh", null).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
    }

    private String negotiated(String... protocols) throws Exception {
        return negotiated(sandbox.tlsAddress(), protocols);
    }

    private String negotiated(InetSocketAddress address, String... protocols) throws Exception {
        try (SSLSocket socket = connect(trusting(), address, "www.shop.example", protocols)) {
            socket.startHandshake();
            return socket.getApplicationProtocol();
        }
    }

    private static SSLSocket connect(SSLContext context, InetSocketAddress address, String name, String... protocols)
            throws Exception {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        socket.connect(address);
        return socket;
    }

    private SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(sandbox.caFile())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private long id(String kind, String displayName) {
        return sandbox.world().service(DemoWorld.SERVICE).id(kind, displayName);
    }
}
