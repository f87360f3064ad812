package io.jenkins.plugins.iplb.sandbox;

import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.fault.Faults;
import io.jenkins.plugins.iplb.sandbox.http.CallLog;
import io.jenkins.plugins.iplb.sandbox.server.ApiServer;
import io.jenkins.plugins.iplb.sandbox.tls.CertificateAuthority;
import io.jenkins.plugins.iplb.sandbox.tls.TlsEndpoint;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The OVH API in a box, as far as this project uses it: {@code /ipLoadbalancing}, {@code /ip} and {@code /auth} over http
 * and https on the loopback address, and the load balancer's own TLS side.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.builder().world(DemoWorld::in).start()) {
 *     URI api = sandbox.httpEndpoint();
 *     sandbox.faults().on("POST", "/ipLoadbalancing/*&#47;refresh").times(1).cutAfterEffect();
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
    private final World world;
    private final SandboxCredentials credentials;
    private final Faults faults;
    private final CallLog calls;
    private final ApiServer api;
    private final CertificateAuthority authority;
    private final TlsEndpoint tls;
    private final Optional<DataPlane> traffic;
    private final Map<String, TlsEndpoint> tlsByZone = new ConcurrentHashMap<>();
    private final boolean ownsCaFile;
    private Path caFile;

    @SuppressWarnings("ReturnValueIgnored") // what fills a world gives the same world back
    private Sandbox(Builder builder) {
        world = new World(builder.clock);
        faults = new Faults();
        calls = new CallLog();
        Optional<StateFile> stateFile = Optional.ofNullable(builder.stateFile).map(StateFile::new);
        Optional<StateFile.State> kept = stateFile.flatMap(StateFile::load);
        credentials = kept.map(state -> SandboxCredentials.restored(state.credentials()))
                .orElseGet(() -> Optional.ofNullable(builder.credentials)
                        .orElseGet(() -> SandboxCredentials.random(world.now())));
        kept.ifPresentOrElse(state -> world.restore(state.world()), () -> builder.seed.apply(world));
        stateFile.ifPresent(file -> file.save(world, credentials));

        authority = new CertificateAuthority();
        ownsCaFile = builder.caFile == null;
        if (!ownsCaFile) {
            caFile = written(builder.caFile);
        }
        api = ApiServer.start(
                world,
                credentials,
                faults,
                calls,
                authority.identity("localhost", ApiServer.LOOPBACK, "api.sandbox.test"),
                builder.httpPort,
                builder.httpsPort,
                () -> stateFile.ifPresent(file -> file.save(world, credentials)));
        tls = startTls(builder.tlsPort);
        traffic = startTraffic(Optional.ofNullable(builder.traffic));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** {@code http://127.0.0.1:port/1.0}. */
    public URI httpEndpoint() {
        return URI.create("http://" + ApiServer.LOOPBACK + ":" + api.httpPort() + "/1.0");
    }

    /**
     * {@code https://localhost:port/1.0}; the certificate is good for {@code 127.0.0.1} and {@code api.sandbox.test} too,
     * which only a proxy can know. Trust {@link #caFile}.
     */
    public URI httpsEndpoint() {
        return URI.create("https://localhost:" + api.httpsPort() + "/1.0");
    }

    /** The token URL over http: at the server's root, not under {@code /1.0}. */
    public URI tokenEndpoint() {
        return httpEndpoint().resolve("/auth/oauth2/token");
    }

    /** The control plane, for other processes; ends in a slash. */
    public URI controlEndpoint() {
        return httpEndpoint().resolve("/sandbox/");
    }

    /**
     * The certificate authority of https and of the TLS endpoint, as PEM. A file of the sandbox's own is written when it is first
     * asked for.
     */
    public synchronized Path caFile() {
        if (caFile == null) {
            caFile = written(temporaryFile());
        }
        return caFile;
    }

    private Path written(Path file) {
        authority.writeTo(file);
        return file;
    }

    /** Where the load balancer takes TLS connections, under any server name, as its first zone has it deployed. */
    public InetSocketAddress tlsAddress() {
        return tls.address();
    }

    /** The same for another zone, on a port of its own; opened when first asked for. */
    public InetSocketAddress tlsAddress(String zone) {
        return tlsByZone
                .computeIfAbsent(zone, name -> TlsEndpoint.start(world, name, authority, ApiServer.LOOPBACK, 0))
                .address();
    }

    /** Hears of every request to {@link #tlsAddress()}, on the thread that serves it and before the reply leaves. */
    public void onVisit(Runnable listener) {
        tls.onVisit(listener);
    }

    /** What carries real traffic through the deployed configurations, if it was asked for. */
    public Optional<DataPlane> traffic() {
        return traffic;
    }

    public SandboxCredentials credentials() {
        return credentials;
    }

    public Faults faults() {
        return faults;
    }

    public CallLog calls() {
        return calls;
    }

    /** To seed before a test and to look at after. */
    public World world() {
        return world;
    }

    @Override
    public synchronized void close() {
        traffic.ifPresent(DataPlane::close);
        tls.close();
        tlsByZone.values().forEach(TlsEndpoint::close);
        api.close();
        if (ownsCaFile && caFile != null) {
            try {
                Files.deleteIfExists(caFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A sandbox that can not start whole does not stay half open. */
    private TlsEndpoint startTls(int port) {
        try {
            return TlsEndpoint.start(world, null, authority, ApiServer.LOOPBACK, port);
        } catch (RuntimeException e) {
            api.close();
            throw e;
        }
    }

    private Optional<DataPlane> startTraffic(Optional<DataPlane.Options> options) {
        try {
            return options.map(wanted -> DataPlane.start(world, authority, wanted));
        } catch (RuntimeException e) {
            tls.close();
            api.close();
            throw e;
        }
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("iplb-sandbox-ca", ".pem");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a sandbox starts with. Everything has a default: free ports, an empty world, random credentials. */
    public static final class Builder {
        private InstantSource clock = InstantSource.system();
        private UnaryOperator<World> seed = UnaryOperator.identity();
        private SandboxCredentials credentials;
        private int httpPort;
        private int httpsPort;
        private int tlsPort;
        private Path stateFile;
        private Path caFile;
        private DataPlane.Options traffic;

        private Builder() {}

        /** Moves tasks and dates; {@link Faults#clockSkew} is on top of it. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /** Fills the world at the first start, such as {@code DemoWorld::in}; a state file that exists comes before it. */
        public Builder world(UnaryOperator<World> filler) {
            seed = filler;
            return this;
        }

        public Builder credentials(SandboxCredentials known) {
            credentials = known;
            return this;
        }

        /** 0 = any free port. */
        public Builder httpPort(int port) {
            httpPort = port;
            return this;
        }

        /** 0 = any free port. */
        public Builder httpsPort(int port) {
            httpsPort = port;
            return this;
        }

        /** 0 = any free port. */
        public Builder tlsPort(int port) {
            tlsPort = port;
            return this;
        }

        /** Keeps world and credentials in this file across starts; without it they are gone at the end. */
        public Builder stateFile(Path file) {
            stateFile = file;
            return this;
        }

        /** Where to write the authority's certificate; without it, a temporary file that goes with the sandbox. */
        public Builder caFile(Path file) {
            caFile = file;
            return this;
        }

        /** A HAProxy for each zone; without it, nothing carries traffic but the {@link Sandbox#tlsAddress TLS side}. */
        public Builder traffic(DataPlane.Options options) {
            traffic = options;
            return this;
        }

        public Sandbox start() {
            return new Sandbox(this);
        }
    }
}
