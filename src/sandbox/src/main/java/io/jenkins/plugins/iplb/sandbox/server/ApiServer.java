package io.jenkins.plugins.iplb.sandbox.server;

import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.auth.TokenEndpoint;
import io.jenkins.plugins.iplb.sandbox.control.ControlPlane;
import io.jenkins.plugins.iplb.sandbox.fault.Faults;
import io.jenkins.plugins.iplb.sandbox.http.CallLog;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsEndpoint;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsTokens;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.time.Instant;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The API on Jetty: one server, an http and an https listener on the loopback address. */
public final class ApiServer implements AutoCloseable {
    public static final String LOOPBACK = "127.0.0.1";

    private final Server server;
    private final ServerConnector http;
    private final ServerConnector https;

    private ApiServer(Server server, ServerConnector http, ServerConnector https) {
        this.server = server;
        this.http = http;
        this.https = https;
    }

    /**
     * @param tls the identity of the https listener
     * @param afterEffect runs after every call that changed something, before its reply leaves
     */
    public static ApiServer start(
            World world,
            SandboxCredentials credentials,
            Faults faults,
            CallLog calls,
            SSLContext tls,
            int httpPort,
            int httpsPort,
            Runnable afterEffect) {
        QueuedThreadPool threads = new QueuedThreadPool(64, 4);
        threads.setName("iplb-sandbox");
        threads.setDaemon(true);
        Server server = new Server(threads);
        server.setStopTimeout(0);
        SslContextFactory.Server identity = new SslContextFactory.Server();
        identity.setSslContext(tls);
        identity.setSniRequired(false);
        ServerConnector http = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(false)));
        ServerConnector https = new ServerConnector(
                server,
                1,
                1,
                new SslConnectionFactory(identity, "http/1.1"),
                new HttpConnectionFactory(configuration(true)));
        listen(server, http, httpPort);
        listen(server, https, httpsPort);
        server.setHandler(handler(world, credentials, faults, calls, afterEffect));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The sandbox could not start: " + e.getMessage(), e);
        }
        return new ApiServer(server, http, https);
    }

    public int httpPort() {
        return http.getLocalPort();
    }

    public int httpsPort() {
        return https.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The sandbox could not stop: " + e.getMessage(), e);
        }
    }

    private static void listen(Server server, ServerConnector connector, int port) {
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        server.addConnector(connector);
    }

    /** Ambiguous URIs are let through: {@code %2F} inside a segment is how an IP block is written. */
    private static HttpConfiguration configuration(boolean secure) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        if (secure) {
            configuration.addCustomizer(new SecureRequestCustomizer(false));
        }
        return configuration;
    }

    private static Handler handler(
            World world, SandboxCredentials credentials, Faults faults, CallLog calls, Runnable afterEffect) {
        Supplier<Instant> skewed = () -> world.now().plus(faults.clockSkew());
        MetricsTokens tokens = new MetricsTokens();
        ApiHandler api = new ApiHandler(
                Dispatcher.of(world, credentials, faults, tokens, skewed),
                new TokenEndpoint(credentials, skewed),
                new MetricsEndpoint(world, tokens),
                faults,
                calls,
                afterEffect,
                world::now);
        return new ControlHandler(new ControlPlane(world, faults, calls), api);
    }
}
