package io.jenkins.plugins.iplb.sandbox.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;

/** Somebody who visits what a load balancer serves: every name is at the address that is given. */
public final class Visitor implements AutoCloseable {
    private final OkHttpClient client;

    private Visitor(OkHttpClient client) {
        this.client = client;
    }

    /** @param trusted in PEM: the authority of the sandbox, and who else is */
    public static Visitor at(String address, String... trusted) {
        HandshakeCertificates.Builder trust = new HandshakeCertificates.Builder();
        Stream.of(trusted).map(Visitor::certificate).forEach(trust::addTrustedCertificate);
        HandshakeCertificates certificates = trust.build();
        return new Visitor(new OkHttpClient.Builder()
                .dns(name -> List.of(InetAddress.getByName(address)))
                .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build());
    }

    /** Whatever the certificate is for. */
    public Visitor trustingAnyName() {
        return with(builder -> builder.hostnameVerifier((name, session) -> true));
    }

    public Visitor speaking(Protocol... protocols) {
        return with(builder -> builder.protocols(List.of(protocols)));
    }

    /** Without any connection that is open already. */
    public Visitor anew() {
        return with(builder -> builder.connectionPool(new ConnectionPool()));
    }

    /** Counts the connections that are opened. */
    public Visitor counting(AtomicInteger connections) {
        return with(builder -> builder.eventListener(new EventListener() {
            @Override
            public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
                connections.incrementAndGet();
            }
        }));
    }

    /** Says by the PROXY protocol, version 1, that it comes from that address. */
    public Visitor from(String source) {
        return with(builder -> builder.connectionPool(new ConnectionPool()).socketFactory(new Claiming(source)));
    }

    private Visitor with(Consumer<OkHttpClient.Builder> change) {
        OkHttpClient.Builder builder = client.newBuilder();
        change.accept(builder);
        return new Visitor(builder.build());
    }

    /**
     * An answer.
     *
     * @param issuedTo the subject of the certificate; null without TLS
     * @param issuer who has signed it; null without TLS
     */
    public record Answer(
            int status, Protocol protocol, okhttp3.Headers headers, String text, String issuedTo, String issuer) {
        public JsonNode json() {
            return Json.parse(text);
        }

        /** Where the server would be that it came from. */
        public String server() {
            return headers.get("X-Sandbox-Server");
        }
    }

    public Answer get(String url) {
        return send(new Request.Builder().url(url).build());
    }

    public Answer send(Request request) {
        try (Response response = client.newCall(request).execute()) {
            Optional<X509Certificate> shown = Optional.ofNullable(response.handshake())
                    .map(handshake ->
                            (X509Certificate) handshake.peerCertificates().get(0));
            return new Answer(
                    response.code(),
                    response.protocol(),
                    response.headers(),
                    response.body().string(),
                    shown.map(each -> each.getSubjectX500Principal().getName()).orElse(null),
                    shown.map(each -> each.getIssuerX500Principal().getName()).orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Sockets that say who they are before anything else. */
    private static final class Claiming extends SocketFactory {
        private final String source;

        Claiming(String source) {
            this.source = source;
        }

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress endpoint, int timeout) throws IOException {
                    super.connect(endpoint, timeout);
                    setTcpNoDelay(true); // else what comes after these words waits until they are acknowledged
                    InetSocketAddress to = (InetSocketAddress) endpoint;
                    getOutputStream()
                            .write("PROXY TCP4 %s %s 40000 %d\r\n"
                                    .formatted(source, to.getAddress().getHostAddress(), to.getPort())
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
