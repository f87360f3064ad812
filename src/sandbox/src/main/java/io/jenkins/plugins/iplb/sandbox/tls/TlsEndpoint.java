package io.jenkins.plugins.iplb.sandbox.tls;

import io.jenkins.plugins.iplb.sandbox.world.World;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The load balancer's public side: a TLS listener that does what the deployed configuration of the frontend on port 443
 * says, as soon as a refresh has made it so. Every handshake looks anew.
 */
public final class TlsEndpoint implements AutoCloseable {
    /** Names the farm that would have served the request. */
    public static final String FARM_HEADER = "X-Sandbox-Farm";

    private final Server server;
    private final ServerConnector connector;
    private final List<Runnable> visits;

    private TlsEndpoint(Server server, ServerConnector connector, List<Runnable> visits) {
        this.server = server;
        this.connector = connector;
        this.visits = visits;
    }

    /**
     * @param zone whose configuration it serves; null = the first zone of the service
     * @param port 0 = any free port
     */
    public static TlsEndpoint start(World world, String zone, CertificateAuthority authority, String host, int port) {
        Supplier<Optional<LiveFrontend>> live = () -> LiveFrontend.of(world, zone);
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("iplb-sandbox-tls");
        threads.setDaemon(true);
        Server server = new Server(threads);
        server.setStopTimeout(0);
        SslContextFactory.Server identity = new FreshContexts(live, authority);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(
                server,
                1,
                1,
                new SslConnectionFactory(identity, "alpn"),
                new DeployedAlpn(live),
                new HTTP2ServerConnectionFactory(configuration),
                new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        List<Runnable> visits = new CopyOnWriteArrayList<>();
        server.setHandler(new Farms(live, visits));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The TLS endpoint could not start: " + e.getMessage(), e);
        }
        return new TlsEndpoint(server, connector, visits);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    /** Hears of every later request, on the thread that serves it and before the reply leaves. */
    public void onVisit(Runnable listener) {
        visits.add(listener);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The TLS endpoint could not stop: " + e.getMessage(), e);
        }
    }

    /** A context per connection: a resumed session would slip past the question whether anything listens. */
    private static final class FreshContexts extends SslContextFactory.Server {
        private final Supplier<Optional<LiveFrontend>> live;
        private final CertificateAuthority authority;

        FreshContexts(Supplier<Optional<LiveFrontend>> live, CertificateAuthority authority) {
            this.live = live;
            this.authority = authority;
            setSslContext(getSslContext());
        }

        @Override
        public SSLContext getSslContext() {
            return CertificateAuthority.context(new SniKeyManager(authority, live));
        }
    }

    /** Offers h2 exactly when the deployed configuration does. */
    private static final class DeployedAlpn extends ALPNServerConnectionFactory {
        private final Supplier<Optional<LiveFrontend>> live;

        DeployedAlpn(Supplier<Optional<LiveFrontend>> live) {
            super(LiveFrontend.H2, LiveFrontend.HTTP_1);
            setDefaultProtocol(LiveFrontend.HTTP_1);
            this.live = live;
        }

        @Override
        protected AbstractConnection newServerConnection(
                Connector on, EndPoint endPoint, SSLEngine engine, List<String> protocols, String defaultProtocol) {
            boolean h2 = live.get().filter(LiveFrontend::speaksH2).isPresent();
            List<String> offered = h2 ? protocols : List.of(LiveFrontend.HTTP_1);
            return super.newServerConnection(on, endPoint, engine, offered, defaultProtocol);
        }
    }

    /** Answers for the farm behind the frontend, and closes the connection where there is none. */
    private static final class Farms extends Handler.Abstract {
        private final Supplier<Optional<LiveFrontend>> live;
        private final List<Runnable> visits;

        Farms(Supplier<Optional<LiveFrontend>> live, List<Runnable> visits) {
            this.live = live;
            this.visits = visits;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            visits.forEach(Runnable::run);
            boolean h2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
            OptionalLong farm = live.get()
                    .map(frontend -> frontend.farm(h2 ? LiveFrontend.H2 : LiveFrontend.HTTP_1))
                    .orElse(OptionalLong.empty());
            if (farm.isEmpty()) {
                request.getConnectionMetaData().getConnection().getEndPoint().close();
                callback.succeeded();
            } else {
                response.getHeaders().put(FARM_HEADER, Long.toString(farm.getAsLong()));
                byte[] body = ("farm " + farm.getAsLong() + "\n").getBytes(StandardCharsets.UTF_8);
                response.write(true, ByteBuffer.wrap(body), callback);
            }
            return true;
        }
    }
}
