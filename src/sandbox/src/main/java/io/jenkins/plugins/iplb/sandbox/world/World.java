package io.jenkins.plugins.iplb.sandbox.world;

import io.jenkins.plugins.iplb.sandbox.schema.IpBlocks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Everything there is: load balancers, failover IPs, and the tasks between them. One lock guards it all; tasks move with
 * the clock and are settled whenever somebody looks.
 */
public final class World {
    /** Since when OVH's HTTP and TLS frontends speak HTTP/2 by themselves (guide "case-http2": June 2025). */
    public static final Instant NATIVE_HTTP2 = Instant.parse("2025-06-01T00:00:00Z");

    private static final long FIRST_ID = 10_001;

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final SortedMap<String, LoadBalancer> services = new TreeMap<>();
    private final SortedMap<String, FailoverIp> ips = new TreeMap<>();
    private long nextId = FIRST_ID;
    private Duration refreshLength = Duration.ofSeconds(20);
    private Duration moveLength = Duration.ofSeconds(60);
    private Duration moveLag = Duration.ZERO;
    private boolean movesInTwo;
    private Instant nativeHttp2 = NATIVE_HTTP2;
    private final Meters meters = new Meters();
    private Runnable settled = () -> {};
    private Runnable reader = () -> {};

    /** An empty world on the system's clock. */
    public World() {
        this(InstantSource.system());
    }

    public World(InstantSource clock) {
        this.clock = clock;
    }

    /** What is kept in the state file. */
    public record Snapshot(
            long nextId,
            Duration refreshLength,
            Duration moveLength,
            Instant nativeHttp2,
            Collection<LoadBalancer> services,
            Collection<FailoverIp> ips) {}

    /** Does something with the world alone and up to date. */
    public <T> T inside(Supplier<T> work) {
        lock.lock();
        try {
            Instant now = now();
            services.values().forEach(service -> service.settle(now));
            ips.values().forEach(ip -> ip.settle(now));
            settled.run();
            T result = work.get();
            settled.run();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Runs inside before anybody sees what has become of the world, and again when somebody has done something with it. */
    public void onSettled(Runnable follower) {
        inside(() -> {
            settled = follower;
            return null;
        });
    }

    /** Reads what is counted into the {@link #meters}, whenever somebody wants to know. */
    public void onMetered(Runnable counting) {
        inside(() -> {
            reader = counting;
            return null;
        });
    }

    public Meters meters() {
        return meters;
    }

    /** How much of it there was in each zone of a service, in each second of the last ones. */
    public SortedMap<String, Double> perSecond(String service, Meters.Counter counter, Duration window) {
        return inside(() -> {
            reader.run();
            SortedMap<String, Double> all = new TreeMap<>();
            services.get(service)
                    .zones()
                    .forEach(zone -> all.put(zone, meters.perSecond(service, zone, counter, window, now())));
            return all;
        });
    }

    public Instant now() {
        return clock.instant();
    }

    // ---- seeding and looking, for tests and demos

    /** The service of that name, made empty when there is none yet. */
    public ServiceSeed service(String name) {
        return inside(() -> new ServiceSeed(this, services.computeIfAbsent(name, LoadBalancer::new)));
    }

    /**
     * A failover IP.
     *
     * @param block such as {@code 203.0.113.7/32}
     * @param routedTo a service name; null = parked
     * @param destinations the services it may be moved to, its present one included or not
     */
    public World failoverIp(String block, String routedTo, String... destinations) {
        return inside(() -> {
            String canonical = IpBlocks.canonical(block);
            ips.put(canonical, new FailoverIp(canonical, routedTo, List.of(destinations)));
            return this;
        });
    }

    /** How long refreshes ordered from now on take when nothing goes wrong; 20 s at first. Zero = done at once. */
    public World refreshTakes(Duration length) {
        return inside(() -> {
            refreshLength = length;
            return this;
        });
    }

    /** How long IP moves ordered from now on take when nothing goes wrong; 60 s at first. */
    public World ipMoveTakes(Duration length) {
        return inside(() -> {
            moveLength = length;
            return this;
        });
    }

    /** How long an IP still shows its old service after a move ordered from now on is done; not at all at first. */
    public World ipMoveShowsAfter(Duration lag) {
        return inside(() -> {
            moveLag = lag;
            return this;
        });
    }

    /** Moves ordered from now on make two tasks each: one that does nothing, ended as asked for, and one that moves. */
    public World ipMovesInTwo() {
        return inside(() -> {
            movesInTwo = true;
            return this;
        });
    }

    /**
     * Since when frontends that do TLS speak HTTP/2 by themselves, {@link #NATIVE_HTTP2} at first: where a zone was refreshed
     * since then. {@link Instant#MAX} is the age in which a route was the only way.
     */
    public World nativeHttp2Since(Instant since) {
        return inside(() -> {
            nativeHttp2 = since;
            return this;
        });
    }

    /** Ends the tasks that hang, as OVH's support does when somebody asks them to. */
    public World cancelHangingTasks() {
        Instant now = now();
        return retime(timeline -> timeline.cancelledIfItHangs(now));
    }

    /** Brings the end of the tasks that run, as it was to be, however long they were to take; not of those that hang. */
    public World endTasks() {
        Instant now = now();
        return retime(timeline -> timeline.endedBy(now));
    }

    private World retime(UnaryOperator<Timeline> change) {
        return inside(() -> {
            services.values().forEach(service -> service.retime(change));
            ips.values().forEach(ip -> ip.retime(change));
            return this;
        });
    }

    /** @return the service that the IP is routed to; empty = parked */
    public Optional<String> routedTo(String block) {
        return inside(() -> ip(block).flatMap(FailoverIp::routedTo));
    }

    // ---- for the endpoints, inside the lock

    public Collection<LoadBalancer> services() {
        return services.values();
    }

    public Optional<LoadBalancer> find(String serviceName) {
        return Optional.ofNullable(services.get(serviceName));
    }

    public Collection<FailoverIp> ips() {
        return ips.values();
    }

    /** @param block with or without its length */
    public Optional<FailoverIp> ip(String block) {
        return Optional.ofNullable(ips.get(IpBlocks.canonical(block)));
    }

    /** Whether frontends that do TLS speak HTTP/2 by themselves in that zone. */
    public boolean hasNativeHttp2(Optional<Instant> refreshed) {
        return refreshed.filter(when -> !when.isBefore(nativeHttp2)).isPresent();
    }

    public long newId() {
        return nextId++;
    }

    public RefreshTask startRefresh(LoadBalancer service, List<String> zones, TaskEnding ending) {
        RefreshTask task = service.startRefresh(newId(), zones, new Timeline(now(), refreshLength, ending));
        service.settle(now());
        return task;
    }

    public CertificateOrder startOrder(LoadBalancer service, List<String> names, TaskEnding ending) {
        CertificateOrder order = service.startOrder(newId(), names, new Timeline(now(), refreshLength, ending));
        service.settle(now());
        return order;
    }

    /** @param destination a service name; null = park */
    public IpMove startMove(FailoverIp ip, String destination, TaskEnding ending) {
        IpMove first = ip.start(newId(), destination, new Timeline(now(), moveLength, ending), moveLag);
        if (movesInTwo) {
            ip.takesNoEffect(first);
            Duration longer = moveLength.multipliedBy(2);
            ip.start(newId(), destination, new Timeline(now(), longer, TaskEnding.done), moveLag);
        }
        ip.settle(now());
        return first;
    }

    // ---- for the state file

    public Snapshot snapshot() {
        return new Snapshot(
                nextId,
                refreshLength,
                moveLength,
                nativeHttp2,
                new ArrayList<>(services.values()),
                new ArrayList<>(ips.values()));
    }

    public void restore(Snapshot snapshot) {
        inside(() -> {
            services.clear();
            ips.clear();
            snapshot.services().forEach(service -> services.put(service.name(), service));
            snapshot.ips().forEach(ip -> ips.put(ip.block(), ip));
            nextId = snapshot.nextId();
            refreshLength = snapshot.refreshLength();
            moveLength = snapshot.moveLength();
            nativeHttp2 = snapshot.nativeHttp2() == null ? NATIVE_HTTP2 : snapshot.nativeHttp2();
            return null;
        });
    }
}
