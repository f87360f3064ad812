package io.jenkins.plugins.iplb.sandbox.origin;

import io.jenkins.plugins.iplb.sandbox.tls.CertificateAuthority;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A port for each server of a load balancer that answers in its place. Each takes HTTP/1.1 and HTTP/2, with or without TLS, behind
 * the PROXY protocol or not, as it comes.
 */
public final class Origins implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Server server;
    private final SslContextFactory.Server identity;
    private final Map<Long, ServerConnector> byServer = new ConcurrentHashMap<>();

    private Origins(Server server, SslContextFactory.Server identity) {
        this.server = server;
        this.identity = identity;
    }

    public static Origins start(CertificateAuthority authority) {
        QueuedThreadPool threads = new QueuedThreadPool(400, 4);
        threads.setName("iplb-sandbox-origin");
        threads.setDaemon(true);
        Server server = new Server(threads);
        server.setStopTimeout(0);
        server.setHandler(new Echo());
        SslContextFactory.Server identity = new SslContextFactory.Server();
        identity.setSslContext(authority.identity("localhost", LOOPBACK));
        identity.setSniRequired(false);
        try {
            identity.start();
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The origins could not start: " + e.getMessage(), e);
        }
        return new Origins(server, identity);
    }

    /**
     * @param port where the server itself would be reached
     * @return address and port of who stands in for it
     */
    public String inPlaceOf(Item item, int port) {
        ServerConnector connector = byServer.computeIfAbsent(item.id(), id -> open(Echo.name(item, port)));
        return LOOPBACK + ":" + connector.getLocalPort();
    }

    private ServerConnector open(String name) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.addCustomizer(new SecureRequestCustomizer(false)); // any name will do
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
        alpn.setDefaultProtocol(plain.getProtocol());
        SslConnectionFactory tls = new SslConnectionFactory(identity, alpn.getProtocol());
        DetectorConnectionFactory detector = new DetectorConnectionFactory(tls);
        ServerConnector connector = new ServerConnector(
                server,
                null,
                null,
                null,
                0,
                1,
                new ProxyConnectionFactory(detector.getProtocol()),
                detector,
                plain, // which is what comes when neither is detected
                new HTTP2CServerConnectionFactory(http),
                tls,
                alpn,
                new HTTP2ServerConnectionFactory(http));
        connector.setHost(LOOPBACK);
        connector.setName(name);
        server.addConnector(connector);
        try {
            connector.start();
        } catch (Exception e) {
            throw new IllegalStateException("No port for an origin: " + e.getMessage(), e);
        }
        return connector;
    }

    @Override
    public void close() {
        try {
            server.stop();
            identity.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The origins could not stop: " + e.getMessage(), e);
        }
    }
}
