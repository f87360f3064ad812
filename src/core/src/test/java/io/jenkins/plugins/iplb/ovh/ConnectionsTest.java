package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers and proxies that close connections which nobody uses. What fails here is not tried again: it may not fail. */
class ConnectionsTest {
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            2,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            10);

    private final Watch watch = new Watch();
    private final TestClock clock = new TestClock();

    private ClosingServer server;
    private OvhClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ClosingServer();
        client = new OvhClients(new OkHttpClient(), LIMITS, clock)
                .client(Endpoint.of("http://127.0.0.1:" + server.port() + "/1.0"), OvhServer.TOKEN);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aReadThatFindsItsConnectionClosedIsSentAgainAtOnceAndFreeOfCharge() throws Exception {
        for (int i = 0; i < 5; i++) {
            send(OvhServer.GET);
            server.awaitClosed();
        }

        assertThat(server.requests).hasSize(5);
        assertThat(watch.told()).hasSize(5);
        assertThat(client.allowance().left()).isEqualTo(5);
    }

    @Test
    void aReadWhoseConnectionIsClosedAsItArrivesIsSentAgainToo() {
        server.answersToAConnection = 1;
        server.readsOneMore = true;
        send(OvhServer.GET);

        send(OvhServer.GET);

        assertThat(server.requests).hasSize(3);
        assertThat(watch.told()).hasSize(2);
        assertThat(client.allowance().left()).isEqualTo(8);
    }

    @Test
    void aWriteGoesOnlyOverAConnectionThatIsAlive() throws Exception {
        for (ApiCall write : List.of(OvhServer.POST, OvhServer.PUT, OvhServer.DELETE)) {
            send(OvhServer.GET);
            server.awaitClosed();
            send(write);
            server.awaitClosed();
        }

        assertThat(server.requests).hasSize(6);
        assertThat(client.allowance().left()).isEqualTo(4);
    }

    @Test
    void aWriteThatMayHaveArrivedIsNotSentAgain() {
        server.answersToAConnection = 1;
        server.readsOneMore = true;
        send(OvhServer.GET);

        OvhException failure = catchThrowableOfType(OvhException.class, () -> send(OvhServer.POST));

        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void aConnectionThatStaysIsUsedAgain() {
        server.answersToAConnection = 100;

        send(OvhServer.GET);
        send(OvhServer.POST);
        send(OvhServer.GET);

        assertThat(server.requests).hasSize(3);
        assertThat(server.connections).hasValue(1);
    }

    /** As some proxies answer, which close only later. */
    @Test
    void anAnswerInHttp10IsTheLastOfItsConnectionUnlessItSaysOtherwise() {
        server.answersToAConnection = 100;
        server.version = "HTTP/1.0";
        send(OvhServer.GET);
        send(OvhServer.POST);
        send(OvhServer.GET);
        assertThat(server.connections).hasValue(3);

        server.more = "Connection: keep-alive\r\n";
        send(OvhServer.GET);
        send(OvhServer.POST);
        assertThat(server.connections).hasValue(4);
        assertThat(server.requests).hasSize(5);
    }

    private ApiReply send(ApiCall call) {
        return client.session(watch, Deadline.in(Duration.ofMinutes(1), clock)).send(call);
    }

    /** Answers some requests to each connection, and closes it. */
    private static final class ClosingServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final Semaphore closed = new Semaphore(0);
        private volatile int answersToAConnection = 1;
        private volatile boolean readsOneMore;
        private volatile String version = "HTTP/1.1";
        private volatile String more = "";
        private final AtomicInteger connections = new AtomicInteger();

        private ClosingServer() throws IOException {
            Thread thread = new Thread(this::serve, "closing server");
            thread.setDaemon(true);
            thread.start();
        }

        private int port() {
            return server.getLocalPort();
        }

        private void awaitClosed() throws InterruptedException {
            closed.acquire();
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
        private void serve() {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    Thread thread = new Thread(() -> serve(socket), "connection");
                    thread.setDaemon(true);
                    thread.start();
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                for (int i = 0; i < answersToAConnection && read(socket.getInputStream()); i++) {
                    socket.getOutputStream()
                            .write((version + " 200 OK\r\nContent-Type: application/json\r\n" + more
                                            + "Content-Length: 8\r\n\r\n{\"id\":1}")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                }
                if (readsOneMore) {
                    read(socket.getInputStream());
                }
            } catch (IOException e) {
                // The client is gone.
            } finally {
                closed.release();
            }
        }

        private boolean read(InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                head.write(next);
                String text = head.toString(StandardCharsets.ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    requests.add(text.lines().findFirst().orElseThrow());
                    String length = text.replaceFirst("(?is).*content-length: (\\d+).*", "$1");
                    in.readNBytes(length.equals(text) ? 0 : Integer.parseInt(length));
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
