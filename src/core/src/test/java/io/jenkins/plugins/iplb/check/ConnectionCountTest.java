package io.jenkins.plugins.iplb.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionCountTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0                                                                                   | 0
            ` 17 `                                                                              | 17
            Active connections: 291 ~server accepts handled requests~ 16630948 16630948 31070465~Reading: 6 | 290
            Active connections: 1 ~server accepts handled requests~ 1 1 1                        | 0
            localhost~BusyWorkers: 3~IdleWorkers: 72~ConnsTotal: 9~ConnsAsyncKeepAlive: 6        | 8
            localhost~BusyWorkers: 3~IdleWorkers: 72                                             | 2
            """)
    void aNumberAloneIsWhatIsMeantAndAPageCountsTheQuestionToo(String page, long connections) {
        assertThat(ConnectionCount.read(page.replace('~', '\n'))).isEqualTo(OptionalLong.of(connections));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "-1", "1.5", "<html>Active connections: 3</html>", "0\n0"})
    void anythingElseTellsNothing(String page) {
        assertThat(ConnectionCount.read(page)).isEmpty();
    }

    @Test
    void whatDoesNotAnswerOrTellsNothingIsNamed() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "fine".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/gone") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertThat(failure(at + "/gone")).hasMessage(at + "/gone answered with status 404");
            assertThat(failure(at + "/"))
                    .hasMessageStartingWith(at + "/ says nothing that could be read as a number of connections")
                    .extracting(IplbException::kind)
                    .isEqualTo(FailureKind.REFUSED);
        } finally {
            server.stop(0);
        }
        assertThat(failure(at + "/"))
                .hasMessageContaining(at + "/")
                .extracting(IplbException::kind)
                .isEqualTo(FailureKind.UNAVAILABLE);
    }

    private static IplbException failure(String url) {
        try {
            new ConnectionCount(new OkHttpClient()).ask(URI.create(url), Duration.ofSeconds(5));
        } catch (IplbException e) {
            return e;
        }
        throw new AssertionError(url);
    }

    @Test
    void aServerHasItsOwnPlaceByItsAddressAndPort() {
        ConnectionsAt at = new ConnectionsAt("http://{address}:{port}/status");

        assertThat(at.of("192.0.2.31", 8080)).hasToString("http://192.0.2.31:8080/status");
        assertThat(at.isOfEach()).isTrue();
        assertThat(new ConnectionsAt("https://status.example.com/web-1").isOfEach())
                .isFalse();
        assertThatThrownBy(() -> at.of("192.0.2.31", null))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("neither the server 192.0.2.31 nor its farm has one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status", "ftp://{address}/", "http://user:sandboxsecret@{address}/", "http://{address}/a b"})
    void whatIsNoSuchUrlIsRefusedWithoutAPassword(String given) {
        assertThatThrownBy(() -> new ConnectionsAt(given))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("connectionsAt: ")
                .hasMessageNotContaining("sandboxsecret");
    }
}
