package io.jenkins.plugins.iplb.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hudson.ProxyConfiguration;
import hudson.model.Item;
import io.jenkins.plugins.iplb.jenkins.form.LiveChoices;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ProxyTest {
    private static final LoadBalancerChoice SHOP = new LoadBalancerChoice(Shop.NAME, null, null);

    @Test
    void theProxyOfTheControllerIsUsedAsSoonAsItIsConfiguredAndNotForHostsWithoutProxy(JenkinsRule jenkins)
            throws Exception {
        try (Shop shop = new Shop();
                Proxy proxy = new Proxy()) {
            shop.configure();

            assertThat(LiveChoices.get().read((Item) null, SHOP).displayName()).isEqualTo("shop");
            assertThat(proxy.passed).isEmpty();

            jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port()));
            assertThat(LiveChoices.get().read((Item) null, SHOP).displayName()).isEqualTo("shop");
            assertThat(proxy.passed)
                    .isNotEmpty()
                    .allMatch(url -> url.toString()
                            .startsWith(shop.sandbox().httpEndpoint().toString()));

            proxy.passed.clear();
            jenkins.jenkins.setProxy(
                    new ProxyConfiguration("127.0.0.1", proxy.port(), null, null, "other.example\n127.0.0.*"));
            assertThat(LiveChoices.get().read((Item) null, SHOP).displayName()).isEqualTo("shop");
            assertThat(proxy.passed).isEmpty();
        }
    }

    /** Passes requests on as they are. */
    private static final class Proxy implements AutoCloseable {
        private static final Set<String> OF_ONE_CONNECTION =
                Set.of("host", "connection", "proxy-connection", "content-length", "transfer-encoding");

        private final List<URI> passed = new CopyOnWriteArrayList<>();
        private final HttpClient http = HttpClient.newHttpClient();
        private final HttpServer server;

        Proxy() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                URI url = exchange.getRequestURI();
                passed.add(url);
                HttpRequest.Builder request = HttpRequest.newBuilder(url)
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(
                                        exchange.getRequestBody().readAllBytes()));
                exchange.getRequestHeaders().forEach((name, values) -> {
                    if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                        values.forEach(value -> request.header(name, value));
                    }
                });
                try {
                    HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    exchange.close();
                }
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
