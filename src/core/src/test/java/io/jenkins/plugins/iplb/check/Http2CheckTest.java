package io.jenkins.plugins.iplb.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class Http2CheckTest {
    private static final String SHOP = "https://www.shop.example/";

    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final HandshakeCertificates service = new HandshakeCertificates.Builder()
            .heldCertificate(new HeldCertificate.Builder()
                    .signedBy(authority)
                    .addSubjectAlternativeName("www.shop.example")
                    .addSubjectAlternativeName("127.0.0.1")
                    .build())
            .build();
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient shared = new OkHttpClient();

    @TempDir
    Path directory;

    private String ca;

    @BeforeEach
    void startTheService() throws IOException {
        ca = Files.writeString(directory.resolve("ca.pem"), authority.certificatePem())
                .toString();
        server.useHttps(service.sslSocketFactory());
        server.start(InetAddress.getByName("127.0.0.1"), 0);
    }

    @AfterEach
    void stopTheService() {
        server.close();
        shared.dispatcher().executorService().shutdown();
    }

    @Test
    void tellsThatAServiceSpeaksHttp2() throws InterruptedException {
        server.enqueue(answer(200));

        Http2Result result = ask(shop()).requireHttp2();

        assertThat(result).isEqualTo(new Http2Result(URI.create(SHOP), "h2", 200));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("HEAD");
        assertThat(request.getHandshakeServerNames()).containsExactly("www.shop.example");
        assertThat(request.getHeaders().get(":authority")).isEqualTo("www.shop.example");
    }

    @Test
    void tellsThatAServiceSpeaksHttp11Only() {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.enqueue(answer(200));

        Http2Result result = ask(shop());

        assertThat(result).isEqualTo(new Http2Result(URI.create(SHOP), "http/1.1", 200));
        assertThatThrownBy(result::requireHttp2)
                .isInstanceOfSatisfying(IplbException.class, Http2CheckTest::isUnavailable)
                .hasMessageStartingWith("https://www.shop.example/ answered over http/1.1, h2 expected: ")
                .hasMessageContaining("protocol is http/2.0")
                .hasMessageContaining("refreshed");
    }

    @Test
    void takesTheStatusAsItIs() {
        server.enqueue(answer(503));

        assertThat(ask(shop()).requireHttp2().status()).isEqualTo(503);
    }

    @Test
    void followsNoRedirect() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", "https://elsewhere.example/")
                .build());

        assertThat(ask(shop()).status()).isEqualTo(302);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void connectsElsewhereAlsoWhenTheUrlHoldsAnAddress() {
        server.enqueue(answer(200));

        assertThat(ask(CheckTarget.of("https://127.0.0.1:9/", at(server.getPort()), ca))
                        .isHttp2())
                .isTrue();
    }

    @Test
    void connectsByTheUrlWhenNothingElseIsSaid() {
        server.enqueue(answer(200));

        assertThat(ask(CheckTarget.of("https://127.0.0.1:" + server.getPort() + "/health?deep=1", null, ca))
                        .isHttp2())
                .isTrue();
    }

    @Test
    void shakesHandsAnewEveryTime() {
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .build();
        Http2Check check = new Http2Check(shared.newBuilder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                .build());
        CheckTarget target = CheckTarget.of("https://127.0.0.1:" + server.getPort() + "/", null, null);
        server.enqueue(answer(200));
        assertThat(check.ask(target).protocol()).isEqualTo("h2");

        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.enqueue(answer(200));
        assertThat(check.ask(target).protocol()).isEqualTo("http/1.1");
    }

    @Test
    void carriesNothingThatTheSharedClientAdds() throws InterruptedException {
        server.enqueue(answer(200));
        OkHttpClient signing = shared.newBuilder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("X-Ovh-Consumer", "TOP")
                        .build()))
                .build();

        new Http2Check(signing).ask(shop());

        assertThat(server.takeRequest().getHeaders().get("X-Ovh-Consumer")).isNull();
    }

    @Test
    void goesPastTheProxyWhenToldWhereToConnect() throws IOException {
        server.enqueue(answer(200));
        Proxy nowhere = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", unusedPort()));

        assertThat(new Http2Check(shared.newBuilder().proxy(nowhere).build())
                        .ask(shop())
                        .isHttp2())
                .isTrue();
    }

    @Test
    void doesNotTrustAnAuthorityThatNobodyNamed() {
        IplbException failure = failure(CheckTarget.of(SHOP, at(server.getPort()), null));

        isUnavailable(failure);
        assertThat(failure).hasMessageContaining("not trusted").hasMessageContaining("in ca");
    }

    @Test
    void trustsTheNamedAuthorityAlone() throws IOException {
        HeldCertificate stranger =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        Path other = Files.writeString(directory.resolve("other.pem"), stranger.certificatePem());

        IplbException failure = failure(CheckTarget.of(SHOP, at(server.getPort()), other.toString()));

        isUnavailable(failure);
        assertThat(failure).hasMessageContaining("not trusted").hasMessageContaining("it alone is trusted");
    }

    @Test
    void takesSeveralAuthoritiesFromOneFile() throws IOException {
        server.enqueue(answer(200));
        HeldCertificate stranger =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        Path both = Files.writeString(
                directory.resolve("both.pem"),
                "# Größe: two\n" + stranger.certificatePem() + "# the second\n" + authority.certificatePem());

        assertThat(ask(CheckTarget.of(SHOP, at(server.getPort()), both.toString()))
                        .isHttp2())
                .isTrue();
    }

    @Test
    void checksTheCertificateAgainstTheNameInTheUrl() {
        IplbException failure = failure(CheckTarget.of("https://www.bank.example/", at(server.getPort()), ca));

        isUnavailable(failure);
        assertThat(failure)
                .hasMessageStartingWith("https://www.bank.example/ (at 127.0.0.1:" + server.getPort() + ")")
                .hasMessageContaining("another name");
        assertThat(failure.getMessage()).doesNotContain("\n");
    }

    @Test
    void tellsThatNothingListens() throws IOException {
        int port = unusedPort();

        IplbException failure = failure(CheckTarget.of(SHOP, at(port), ca));

        isUnavailable(failure);
        assertThat(failure)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("is there a frontend on port " + port)
                .hasMessageNotContaining("443");
    }

    @Test
    void tellsThatANameIsUnknown() {
        IplbException failure = failure(CheckTarget.of("https://nowhere.invalid/", null, null));

        isUnavailable(failure);
        assertThat(failure).hasMessageContaining("name is unknown");
    }

    @Test
    void tellsThatTheNameToConnectToIsUnknown() {
        IplbException failure = failure(CheckTarget.of(SHOP, "nowhere.invalid:443", null));

        isUnavailable(failure);
        assertThat(failure).hasMessageContaining("name is unknown").hasMessageContaining("nowhere.invalid");
    }

    @Test
    void tellsThatAServiceSpeaksNoTls() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> serve(plain, Http2CheckTest::refuse));
            thread.setDaemon(true);
            thread.start();

            IplbException failure = failure(CheckTarget.of(SHOP, at(plain.getLocalPort()), ca));

            isUnavailable(failure);
            assertThat(failure).hasMessageContaining("TLS").hasMessageContaining("SSL on in the frontend");
        }
    }

    @Test
    void tellsThatAServiceAgreesOnHttp2AndSpeaksSomethingElse() throws IOException {
        try (ServerSocket pretender = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> serve(pretender, this::pretendHttp2));
            thread.setDaemon(true);
            thread.start();

            IplbException failure = failure(CheckTarget.of(SHOP, at(pretender.getLocalPort()), ca));

            isUnavailable(failure);
            assertThat(failure)
                    .hasMessageContaining("agreed on h2 and then did not speak it")
                    .hasMessageContaining("servers of the farm");
        }
    }

    /** Over a reload an HTTP/2 connection is served with the old configuration, and a resumed session shows the old certificate. */
    @Test
    void eachLookTakesAFreshConnectionAndAFreshTlsSession() throws Exception {
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate())
                .build();
        OkHttpClient trusting = new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
        List<String> sessions = new CopyOnWriteArrayList<>();
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            SSLSocketFactory sockets = service.sslSocketFactory();
            Thread thread = new Thread(() -> serve(listening, socket -> answer(sockets, socket, sessions)));
            thread.setDaemon(true);
            thread.start();
            String url = "https://127.0.0.1:%d/".formatted(listening.getLocalPort());

            for (int look = 0; look < 2; look++) {
                Request plain = new Request.Builder().url(url).head().build();
                trusting.newCall(plain).execute().close();
            }
            assertThat(sessions)
                    .as("as OkHttp has it, the second session is the first")
                    .hasSize(2);
            assertThat(sessions.get(1)).isEqualTo(sessions.get(0));
            sessions.clear();

            Http2Check check = new Http2Check(trusting);
            check.ask(CheckTarget.of(url, null, null));
            check.ask(CheckTarget.of(url, null, null));
            assertThat(sessions).hasSize(2).doesNotHaveDuplicates();
        }
    }

    /** Sessions of TLS 1.2 are told apart by their ids. */
    private static void answer(SSLSocketFactory sockets, Socket socket, List<String> sessions) throws IOException {
        try (SSLSocket tls = (SSLSocket) sockets.createSocket(socket, null, socket.getPort(), true)) {
            tls.setUseClientMode(false);
            tls.setEnabledProtocols(new String[] {"TLSv1.2"});
            tls.startHandshake();
            sessions.add(HexFormat.of().formatHex(tls.getSession().getId()));
            tls.getInputStream().read(new byte[1024]);
            tls.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void waitsNoLongerThanTheDeadline() {
        server.enqueue(
                new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());

        IplbException failure = catchThrowableOfType(
                IplbException.class, () -> new Http2Check(shared).ask(shop(), Duration.ofMillis(500)));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure).hasMessageContaining("did not answer in time").hasMessageContaining(SHOP);
    }

    @Test
    void doesNotAskAfterTheDeadline() {
        assertThatThrownBy(() -> new Http2Check(shared).ask(shop(), Duration.ZERO))
                .isInstanceOfSatisfying(
                        IplbException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anInterruptEndsTheWait() {
        server.enqueue(
                new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());
        Thread asking = Thread.currentThread();
        Thread aborting = new Thread(() -> {
            try {
                server.takeRequest();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            asking.interrupt();
        });
        aborting.start();

        interruptedIn(shop());
    }

    @Test
    void aThreadThatWasInterruptedDoesNotAsk() {
        Thread.currentThread().interrupt();

        interruptedIn(shop());
        assertThat(server.getRequestCount()).isZero();
    }

    private void interruptedIn(CheckTarget target) {
        IplbException failure = failure(target);

        assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
        isUnavailable(failure);
        assertThat(failure).hasMessageContaining("interrupted");
    }

    private CheckTarget shop() {
        return CheckTarget.of(SHOP, at(server.getPort()), ca);
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    private static String at(int port) {
        return "127.0.0.1:" + port;
    }

    private Http2Result ask(CheckTarget target) {
        return new Http2Check(shared).ask(target);
    }

    private IplbException failure(CheckTarget target) {
        return catchThrowableOfType(IplbException.class, () -> ask(target));
    }

    private static void isUnavailable(IplbException e) {
        assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private interface Conversation {
        void with(Socket socket) throws IOException;
    }

    private static void serve(ServerSocket listener, Conversation conversation) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                conversation.with(socket);
            } catch (IOException e) {
                // The client may hang up at any point; the test ends this by closing the listener.
            }
        }
    }

    /** What a TCP frontend does that ends TLS for servers that know HTTP/1.1 only. */
    private void pretendHttp2(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) service.sslSocketFactory().createSocket(socket, null, socket.getPort(), false);
        secured.setUseClientMode(false);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        secured.setSSLParameters(parameters);
        refuse(secured);
    }

    /** Reads something, says in HTTP/1.1 that it is not understood, and waits for the client to hang up. */
    private static void refuse(Socket socket) throws IOException {
        socket.getInputStream().readNBytes(24);
        socket.getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}
