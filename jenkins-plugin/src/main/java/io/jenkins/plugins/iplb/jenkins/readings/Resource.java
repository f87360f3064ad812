package io.jenkins.plugins.iplb.jenkins.readings;

import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A resource of a load balancer, which one request reads. */
public final class Resource<T> {
    /** State and zones, which seldom change. */
    public static final Resource<LoadBalancer> LOAD_BALANCER = ofSnapshot(Snapshot::loadBalancer);

    public static final Resource<List<PendingChange>> PENDING_CHANGES =
            new Resource<>((ovh, service) -> new Refreshes(ovh, service).pending());

    /** The refresh tasks that OVH knows, finished ones included. */
    public static final Resource<List<Task>> REFRESHES =
            new Resource<>((ovh, service) -> new Refreshes(ovh, service).tasks());

    public static final Resource<List<String>> FAILOVER_IPS = ofSnapshot(Snapshot::failoverIps);

    public static final Resource<List<Certificate>> CERTIFICATES = ofSnapshot(Snapshot::certificates);

    private static final Map<Protocol, Resource<List<Frontend>>> FRONTENDS =
            byProtocol(protocol -> lb -> lb.frontends(protocol));
    private static final Map<Protocol, Resource<List<Farm>>> FARMS = byProtocol(protocol -> lb -> lb.farms(protocol));
    private static final Map<Protocol, Resource<List<Route>>> ROUTES =
            byProtocol(protocol -> lb -> lb.routes(protocol));

    private final BiFunction<OvhSession, String, T> read;

    private Resource(BiFunction<OvhSession, String, T> read) {
        this.read = read;
    }

    public static Resource<List<Frontend>> frontends(Protocol protocol) {
        return FRONTENDS.get(protocol);
    }

    public static Resource<List<Farm>> farms(Protocol protocol) {
        return FARMS.get(protocol);
    }

    public static Resource<List<Route>> routes(Protocol protocol) {
        return ROUTES.get(protocol);
    }

    T read(OvhSession ovh, String service) {
        return read.apply(ovh, service);
    }

    private static <T> Resource<T> ofSnapshot(Function<Snapshot, T> read) {
        return new Resource<>((ovh, service) -> read.apply(new Snapshot(ovh, service)));
    }

    private static <T> Map<Protocol, Resource<T>> byProtocol(Function<Protocol, Function<Snapshot, T>> read) {
        return Stream.of(Protocol.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), each -> ofSnapshot(read.apply(each))));
    }
}
