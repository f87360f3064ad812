package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one run knows of a load balancer's staged configuration: each list is read when it is first needed, and what the run
 * writes is learned and not read again. Several threads may read different lists.
 */
public final class Snapshot {
    private static final String FAILOVER_IPS = "failover";

    private final String service;
    private final Listing listing;
    private final Map<String, Object> read = new ConcurrentHashMap<>();
    private final List<Rehearsed> rehearsed = new ArrayList<>();

    public Snapshot(OvhSession ovh, String service) {
        this.service = service;
        this.listing = new Listing(ovh);
    }

    public String service() {
        return service;
    }

    public LoadBalancer loadBalancer() {
        return kept("", () -> known(() -> listing.object(call(), LoadBalancer.class)));
    }

    public List<Frontend> frontends(Protocol protocol) {
        return list(protocol, "frontend", Frontend.class);
    }

    public List<Farm> farms(Protocol protocol) {
        return list(protocol, "farm", Farm.class);
    }

    /** In the order in which they are evaluated, with their rules; none of UDP. */
    public List<Route> routes(Protocol protocol) {
        return protocol == Protocol.UDP ? List.of() : list(protocol, "route", Route.class);
    }

    /** Where the load balancer calls its servers from. */
    public List<NatIp> natIps() {
        return kept("natIp", () -> known(() -> listing.objects(call("natIp"), NatIp.class)));
    }

    /** How many of each kind of object are well, as OVH says it: {@code service}, {@code frontends}, {@code farms}, {@code servers}. */
    public JsonNode status() {
        return kept("status", () -> known(() -> listing.object(call("status"), JsonNode.class)));
    }

    /** A new one. */
    public MetricsToken metricsToken() {
        return known(() -> listing.object(call("metricsToken"), MetricsToken.class));
    }

    /** The probes that farms may have. */
    public List<FarmProbe> farmProbes() {
        return kept(
                "availableFarmProbes",
                () -> known(() -> listing.objects(call("availableFarmProbes"), FarmProbe.class)));
    }

    public List<Certificate> certificates() {
        return kept("ssl", () -> known(() -> listing.objects(call("ssl"), Certificate.class)));
    }

    public List<VrackNetwork> vrackNetworks() {
        return kept(NetworkFarms.NETWORKS, () -> listing.objects(call("vrack", "network"), VrackNetwork.class));
    }

    /** The blocks that are routed to this load balancer, in CIDR form. */
    public List<String> failoverIps() {
        return kept(FAILOVER_IPS, () -> known(() -> listing.texts(call("failover"))));
    }

    /** One frontend without the others. @throws OvhException when there is none of this id and protocol */
    public Frontend frontend(Protocol protocol, long id) {
        return one(protocol, "frontend", id, Frontend.class);
    }

    /** One farm without the others. @throws OvhException when there is none of this id and protocol */
    public Farm farm(Protocol protocol, long id) {
        return one(protocol, "farm", id, Farm.class);
    }

    /**
     * The object of that id, if this run has read it already: nothing is read for it.
     *
     * @param kind {@code frontend}, {@code farm} or {@code route}
     */
    public Optional<Named> known(Protocol protocol, String kind, long id) {
        return known(protocol.code() + "/" + kind, id);
    }

    /** The certificate of that id, if this run has read it already. */
    public Optional<Named> knownCertificate(long id) {
        return known("ssl", id);
    }

    /** The network of that id, if this run has read it already. */
    public Optional<Named> knownVrackNetwork(long id) {
        return known(NetworkFarms.NETWORKS, id);
    }

    private Optional<Named> known(String list, long id) {
        if (read.get(list + "/" + id) instanceof Named one) {
            return Optional.of(one);
        }
        return read.get(list) instanceof List<?> all
                ? all.stream()
                        .map(Named.class::cast)
                        .filter(each -> each.id() == id)
                        .findFirst()
                : Optional.empty();
    }

    /** The rules of one route, with their names. @throws OvhException when there is no such route */
    public List<Rule> rules(Protocol protocol, long routeId) {
        return parts(
                protocol,
                "route",
                routeId,
                "rule",
                Rule.class,
                "%s has no %s route %d: routes come before their rules".formatted(service, protocol.code(), routeId));
    }

    /** The servers of one farm. @throws OvhException when there is no such farm */
    public List<Server> servers(Protocol protocol, long farmId) {
        return parts(
                protocol,
                "farm",
                farmId,
                "server",
                Server.class,
                "%s has no %s farm %d: farms come before their servers".formatted(service, protocol.code(), farmId));
    }

    /** All that there is of the kind that this POST makes, where it makes it. */
    public List<? extends Named> beside(ApiCall post) {
        List<String> path = post.path().subList(2, post.path().size());
        String kind = path.get(path.size() - 1);
        if (kind.equals("ssl")) {
            return certificates();
        }
        if (kind.equals("network")) {
            return vrackNetworks();
        }
        Protocol protocol = Protocol.parse(path.get(0));
        return switch (kind) {
            case "frontend" -> frontends(protocol);
            case "farm" -> farms(protocol);
            case "route" -> routes(protocol);
            case "server" -> servers(protocol, Long.parseLong(path.get(2)));
            default -> rulesBeside(protocol, Long.parseLong(path.get(2)));
        };
    }

    /** Lists of routes have them too, without their names. */
    private List<Rule> rulesBeside(Protocol protocol, long routeId) {
        return known(protocol, "route", routeId)
                .map(route -> ((Route) route).rules())
                .orElseGet(() -> rules(protocol, routeId));
    }

    /**
     * Knows what this write makes of what was read, without reading it again.
     *
     * @param made the id of what it makes; empty for a write that makes nothing
     */
    public void learn(ApiCall write, Optional<Long> made) {
        new Rehearsed(write, made).in(read);
    }

    /** The same of a write that is only planned: what is read later knows of it too. */
    public void rehearse(ApiCall write, Optional<Long> made) {
        learn(write, made);
        rehearsed.add(new Rehearsed(write, made));
    }

    /** A write and the id of what it makes. */
    private final class Rehearsed {
        private final ApiCall write;
        private final Optional<Long> made;

        private Rehearsed(ApiCall write, Optional<Long> made) {
            this.write = write;
            this.made = made;
        }

        /** @param known lists and objects by their paths below the load balancer */
        private void in(Map<String, Object> known) {
            if (write.path().get(0).equals("ipLoadbalancing")) {
                new LearnedWrite(known, write).happens(made);
            } else {
                known.computeIfPresent(FAILOVER_IPS, (key, ips) -> routed((List<?>) ips, write));
            }
        }
    }

    /** @param move of a block, here or away */
    private List<String> routed(List<?> known, ApiCall move) {
        String ip = move.path().get(1);
        boolean comes = move.body()
                .filter(body -> service.equals(body.json().path("to").textValue()))
                .isPresent();
        Stream<String> others = known.stream().map(String.class::cast).filter(each -> !each.equals(ip));
        return Stream.concat(others, comes ? Stream.of(ip) : Stream.empty()).toList();
    }

    private <T> List<T> list(Protocol protocol, String kind, Class<T> type) {
        return kept(protocol.code() + "/" + kind, () -> {
            try {
                return known(() -> listing.objects(call(protocol.code(), kind), type));
            } catch (OvhException e) {
                boolean familyUnknownHere = protocol == Protocol.UDP && e.isNotFound();
                if (familyUnknownHere) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    /** What hangs on one object. */
    private <T> List<T> parts(Protocol protocol, String kind, long id, String part, Class<T> type, String explanation) {
        return kept("%s/%s/%d/%s".formatted(protocol.code(), kind, id, part), () -> {
            try {
                return listing.objects(call(protocol.code(), kind, id, part), type);
            } catch (OvhException e) {
                throw e.isNotFound() ? e.explained(explanation) : e;
            }
        });
    }

    private <T extends Named> T one(Protocol protocol, String kind, long id, Class<T> type) {
        Optional<Named> known = known(protocol, kind, id);
        if (known.isPresent()) {
            return type.cast(known.get());
        }
        return kept(protocol.code() + "/" + kind + "/" + id, () -> {
            try {
                return listing.object(call(protocol.code(), kind, id), type);
            } catch (OvhException e) {
                throw e.isNotFound()
                        ? e.explained("%s has no %s %s with the id %d; %s"
                                .formatted(
                                        service, protocol.code(), kind, id, Named.thereAre(list(protocol, kind, type))))
                        : e;
            }
        });
    }

    private <T> T known(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OvhException e) {
            throw e.isNotFound()
                    ? e.explained(
                            "load balancer %s does not exist or is not visible to these credentials".formatted(service))
                    : e;
        }
    }

    private ApiCall call(Object... rest) {
        List<Object> path = new ArrayList<>(List.of("ipLoadbalancing", service));
        path.addAll(List.of(rest));
        return ApiCall.get(path.toArray());
    }

    @SuppressWarnings("unchecked")
    private <T> T kept(String key, Supplier<T> reading) {
        Object known = read.get(key);
        if (known == null) {
            known = asRehearsed(key, reading.get());
            read.put(key, known);
        }
        return (T) known;
    }

    /** What is planned to be gone stays as it was read: nobody asks for it. */
    private Object asRehearsed(String key, Object found) {
        Map<String, Object> known = new HashMap<>(Map.of(key, found));
        rehearsed.forEach(each -> each.in(known));
        return known.getOrDefault(key, found);
    }
}
