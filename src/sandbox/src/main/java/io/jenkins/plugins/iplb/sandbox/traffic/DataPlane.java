package io.jenkins.plugins.iplb.sandbox.traffic;

import io.jenkins.plugins.iplb.sandbox.haproxy.HaproxyConfiguration;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import io.jenkins.plugins.iplb.sandbox.origin.Origins;
import io.jenkins.plugins.iplb.sandbox.tls.CertificateAuthority;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.FailoverIp;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.Meters;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A HAProxy for each zone of each load balancer, which carries traffic through what the zone has deployed. Whoever sees that a
 * refresh is done finds it live: the one waits for the other.
 */
public final class DataPlane implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;

    /** OVH's task is done once the zones have loaded what it deploys, so to load it is its last part: about as long as HAProxy takes. */
    private static final Duration TO_LOAD = Duration.ofMillis(300);

    private final World world;
    private final CertificateAuthority authority;
    private final Consumer<String> remarks;
    private final Path program = HaproxyProgram.required();
    private final TemporaryFolder folder = TemporaryFolder.called("iplb-traffic");
    private final Loopback loopback = Loopback.claim();
    private final int portShift;
    private final Optional<Origins> origins;
    private final Map<String, Zone> zones = new LinkedHashMap<>();
    private final Map<String, Running> tried = new HashMap<>();
    private final Map<String, Running> lookedThrough = new HashMap<>();
    private final Map<Long, String> madeUp = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "iplb-sandbox-traffic");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    private DataPlane(World world, CertificateAuthority authority, Options options) {
        this.world = world;
        this.authority = authority;
        remarks = options.remarks();
        portShift = options.portShift().orElseGet(loopback::portShift);
        origins = options.ownServers() ? Optional.empty() : Optional.of(Origins.start(authority));
    }

    /**
     * @param portShift added to every port; empty = nothing where low ports may be bound, else 10,000
     * @param ownServers traffic goes to the addresses of the servers; else to echoing origins in their place
     * @param remarks hears of what is not as it was deployed, or as its author may think
     */
    public record Options(OptionalInt portShift, boolean ownServers, Consumer<String> remarks) {}

    /** What a zone's HAProxy is to run. The additional IPs are part of it: OVH wants a refresh after a move. */
    private record Running(Configuration deployed, Optional<Instant> refreshed) {
        static Running of(RefreshTask coming) {
            return new Running(coming.staged(), Optional.of(coming.timeline().end()));
        }
    }

    private record Zone(HaproxyProcess process, Rendered rendered) {}

    /** Where a zone listens. */
    public record Listening(String service, String zone, List<Rendered.Listener> listeners) {}

    /** @throws IllegalStateException without HAProxy, or when it does not take what is deployed */
    public static DataPlane start(World world, CertificateAuthority authority, Options options) {
        DataPlane plane = new DataPlane(world, authority, options);
        try {
            world.inside(() -> {
                plane.update(plane::startZone);
                return null;
            });
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
        world.onSettled(plane::follow);
        world.onMetered(plane::read);
        plane.clock.scheduleWithFixedDelay(
                () -> world.inside(plane::toLookThrough).forEach(CompletableFuture::runAsync),
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
        return plane;
    }

    public List<Listening> listening() {
        return world.inside(() -> world.services().stream()
                .flatMap(service -> service.zones().stream()
                        .filter(zone -> zones.containsKey(key(service, zone)))
                        .map(zone -> new Listening(
                                service.name(),
                                zone,
                                zones.get(key(service, zone)).rendered().listeners())))
                .toList());
    }

    /** What a zone has counted since its last refresh, which starts other processes; nothing where it has none. */
    public Counters counters(String service, String zone) {
        return world.inside(() -> Optional.ofNullable(zones.get(key(service, zone)))
                .map(running -> running.process().counters())
                .orElse(Counters.NONE));
    }

    /** What is added to every port of the configuration. */
    public int portShift() {
        return portShift;
    }

    /** Once: whoever runs a sandbox closes it, and so does the end of the process. */
    @Override
    public void close() {
        boolean first = world.inside(() -> {
            boolean open = !closed;
            closed = true;
            zones.values().forEach(zone -> zone.process().close());
            zones.clear();
            return open;
        });
        if (first) {
            clock.shutdownNow();
            origins.ifPresent(Origins::close);
            loopback.close();
            folder.close();
        }
    }

    // ---- inside the world's lock

    private void follow() {
        if (!closed) {
            List<Reload> reloads = new ArrayList<>();
            update((key, service, zone, wanted) ->
                    prepared(key, service, zone, wanted).ifPresent(reloads::add));
            // Side by side: nearly all of the time is HAProxy's own.
            reloads.parallelStream().map(Reload::attempt).toList().forEach(this::loaded);
        }
    }

    /** HAProxy looks through what a refresh is to load while that runs, so that it need not at its end. */
    private List<Runnable> toLookThrough() {
        List<Runnable> looks = new ArrayList<>();
        for (LoadBalancer service : world.services()) {
            for (String zone : service.zones()) {
                String key = key(service, zone);
                Optional<Running> coming = service.coming(zone)
                        .map(Running::of)
                        .filter(next -> zones.containsKey(key) && !next.equals(tried.get(key)));
                if (coming.isPresent() && !coming.get().equals(lookedThrough.put(key, coming.get()))) {
                    HaproxyProcess process = zones.get(key).process();
                    try {
                        Rendered rendered = rendered(key, service, zone, coming.get(), own(key));
                        looks.add(() -> process.lookThrough(rendered));
                    } catch (IllegalStateException | UncheckedIOException e) {
                        // What is wrong with it is said when it is to be loaded.
                    }
                }
            }
        }
        return looks;
    }

    private void read() {
        for (LoadBalancer service : world.services()) {
            service.zones().forEach(zone -> write(service, zone, counters(service.name(), zone)));
        }
    }

    private void write(LoadBalancer service, String zone, Counters counted) {
        world.meters().count(service.name(), zone, Meters.Counter.connections, counted.connections(), world.now());
        world.meters().count(service.name(), zone, Meters.Counter.requests, counted.requests(), world.now());
    }

    private interface Change {
        void of(String key, LoadBalancer service, String zone, Running wanted);
    }

    private void update(Change change) {
        for (LoadBalancer service : world.services()) {
            for (String zone : service.zones()) {
                String key = key(service, zone);
                Running wanted = wanted(service, zone);
                if (!wanted.equals(tried.put(key, wanted))) {
                    change.of(key, service, zone, wanted);
                }
            }
        }
    }

    private Running wanted(LoadBalancer service, String zone) {
        Instant loading = world.now().plus(TO_LOAD);
        return service.coming(zone)
                .map(Running::of)
                .filter(next -> !next.refreshed().orElseThrow().isAfter(loading))
                .orElseGet(() -> new Running(service.deployed(zone), service.refreshed(zone)));
    }

    private void startZone(String key, LoadBalancer service, String zone, Running wanted) {
        Path own = folder.path().resolve(Integer.toString(zones.size()));
        Rendered rendered = rendered(key, service, zone, wanted, own);
        Loopback.requirePorts(rendered, List.of());
        try {
            Files.createDirectories(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        zones.put(key, new Zone(HaproxyProcess.start(program, own, rendered, line -> {}), rendered));
        write(service, zone, Counters.NONE);
        rendered.remarks().forEach(remark -> remarks.accept(key + ": " + remark));
    }

    /** Nothing when it is done already, since nothing ran before. */
    private Optional<Reload> prepared(String key, LoadBalancer service, String zone, Running wanted) {
        Zone before = zones.get(key);
        try {
            if (before == null) {
                startZone(key, service, zone, wanted);
                return Optional.empty();
            }
            Rendered rendered = rendered(key, service, zone, wanted, own(key));
            Loopback.requirePorts(rendered, before.rendered().listeners());
            write(service, zone, before.process().counters());
            return Optional.of(new Reload(key, service, zone, before.process(), rendered, Optional.empty()));
        } catch (IllegalStateException | UncheckedIOException e) {
            keepsOld(key, e);
            return Optional.empty();
        }
    }

    private void loaded(Reload reload) {
        if (reload.failure().isPresent()) {
            keepsOld(reload.key(), reload.failure().get());
            return;
        }
        zones.put(reload.key(), new Zone(reload.process(), reload.rendered()));
        write(reload.service(), reload.zone(), Counters.NONE);
        reload.rendered().remarks().forEach(remark -> remarks.accept(reload.key() + ": " + remark));
    }

    /** The refresh is done all the same. */
    private void keepsOld(String key, RuntimeException why) {
        remarks.accept(key + ": " + why.getMessage() + "; it goes on as before");
    }

    /** @param failure why it could not be loaded, once that was tried */
    private record Reload(
            String key,
            LoadBalancer service,
            String zone,
            HaproxyProcess process,
            Rendered rendered,
            Optional<RuntimeException> failure) {
        Reload attempt() {
            try {
                process.load(rendered);
                return this;
            } catch (IllegalStateException | UncheckedIOException e) {
                return new Reload(key, service, zone, process, rendered, Optional.of(e));
            }
        }
    }

    private Path own(String key) {
        return folder.path().resolve(Integer.toString(new ArrayList<>(zones.keySet()).indexOf(key)));
    }

    private Rendered rendered(String key, LoadBalancer service, String zone, Running wanted, Path own) {
        Map<String, Site.Listen> additional = new LinkedHashMap<>();
        for (FailoverIp ip : world.ips()) {
            if (ip.routedTo().equals(Optional.of(service.name()))) {
                additional.put(ip.block(), loopback.additional(key, ip.block()));
            }
        }
        return HaproxyConfiguration.of(
                wanted.deployed(),
                new Site(
                        zone,
                        loopback.own(key),
                        additional,
                        portShift,
                        world.hasNativeHttp2(wanted.refreshed()),
                        service.properties().path("sslConfiguration").asText(null),
                        own.toString(),
                        this::pem,
                        authority.pem("localhost"),
                        origins.<Site.StandIns>map(all -> (server, port) -> Optional.of(all.inPlaceOf(server, port)))
                                .orElse(Site.StandIns.NONE),
                        false));
    }

    private String pem(Certificate certificate) {
        return certificate.isGiven()
                ? certificate.pem() + certificate.key()
                : madeUp.computeIfAbsent(
                        certificate.id(),
                        any -> authority.pem(certificate.names().toArray(String[]::new)));
    }

    private static String key(LoadBalancer service, String zone) {
        return key(service.name(), zone);
    }

    private static String key(String service, String zone) {
        return service + " in " + zone;
    }
}
