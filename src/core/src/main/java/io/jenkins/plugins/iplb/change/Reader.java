package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.CertificateOrders;
import io.jenkins.plugins.iplb.api.FailoverIps;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Nearest;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What plans may look at.
 *
 * @param lb the staged configuration of the load balancer
 * @param ips the account's failover IPs
 * @param orders the orders of certificates for the load balancer
 */
record Reader(Snapshot lb, FailoverIps ips, CertificateOrders orders) {

    Frontend frontend(Protocol protocol, Reference frontend) {
        return frontend.id().isPresent()
                ? lb.frontend(protocol, frontend.id().getAsLong())
                : byName(protocol, "frontend", frontend, lb.frontends(protocol));
    }

    Farm farm(Protocol protocol, Reference farm) {
        return farm.id().isPresent()
                ? lb.farm(protocol, farm.id().getAsLong())
                : byName(protocol, "farm", farm, lb.farms(protocol));
    }

    /** Of several farms of one name, the one in the zone of what leads to it: users keep one per zone under one name. */
    Farm farm(Protocol protocol, Reference farm, String zone) {
        if (farm.id().isPresent()) {
            return farm(protocol, farm);
        }
        List<Farm> near = lb.farms(protocol).stream()
                .filter(each ->
                        farm.text().equals(each.displayName()) && each.zone().equals(zone))
                .toList();
        return near.size() == 1 ? near.get(0) : farm(protocol, farm);
    }

    /** What a frontend in one zone, which leads to a farm in another, is warned of. @param frontend in words */
    List<String> apart(Protocol protocol, String frontend, String zone, Farm farm) {
        boolean apart = zone != null
                && farm.zone() != null
                && !zone.equals(farm.zone())
                && !zone.equals("all")
                && !farm.zone().equals("all");
        return apart
                ? List.of("%s is in zone %s, and %s, which it leads to, is in zone %s"
                        .formatted(frontend, zone, said(protocol, "farm", farm), farm.zone()))
                : List.of();
    }

    /** An object as people know it. */
    static String said(Protocol protocol, String kind, Named object) {
        String name = object.displayName() == null
                ? Long.toString(object.id())
                : "'%s' (%d)".formatted(object.displayName(), object.id());
        return "%s %s %s".formatted(protocol.code(), kind, name);
    }

    /** None for udp, which has none. */
    List<Route> routes(Protocol protocol) {
        return protocol == Protocol.UDP ? List.of() : lb.routes(protocol);
    }

    /** What becomes different, with the names that are known. */
    Lines lines(Protocol protocol) {
        return new Lines(lb, protocol);
    }

    ServiceCalls calls() {
        return new ServiceCalls(lb.service());
    }

    /** Its id; one that is given as such is not looked up. */
    long route(Protocol protocol, Reference route) {
        return route.id().isPresent()
                ? route.id().getAsLong()
                : byName(protocol, "route", route, lb.routes(protocol)).routeId();
    }

    /** A frontend, farm or route of that id, by its name if that has been read. */
    Subject subject(Kind kind, Protocol protocol, long id) {
        return lb.known(protocol, kind.code(), id)
                .map(found -> Subjects.of(kind, found))
                .orElseGet(() -> Subject.of(kind, null, id));
    }

    /** @throws IplbException when one of the addresses is not routed to the load balancer */
    void mustHave(List<IpBlock> blocks) {
        List<String> there = blocks.isEmpty() ? List.of() : lb.failoverIps();
        for (IpBlock block : blocks) {
            if (!there.contains(block.cidr())) {
                throw new IplbException(
                        FailureKind.REFUSED,
                        "failover IP %s is not routed to %s (it has: %s): move it there first"
                                .formatted(block, lb.service(), there.isEmpty() ? "none" : String.join(", ", there)));
            }
        }
    }

    /** The zone as OVH writes it. @throws InvalidInput when the load balancer does not have it */
    String zone(String given) {
        String zone = given.toLowerCase(Locale.ROOT);
        if (!zone.equals("all") && !lb.loadBalancer().zones().contains(zone)) {
            throw new InvalidInput("zone", given, zones());
        }
        return zone;
    }

    /** All that there are, in words. */
    String zones() {
        return "all, or a zone of %s (%s)"
                .formatted(lb.service(), String.join(", ", lb.loadBalancer().zones()));
    }

    /** The one object of that name. @throws IplbException when there is none, or more than one */
    private <T extends Named> T byName(Protocol protocol, String kind, Reference name, List<T> all) {
        return find(kind, name, all)
                .orElseThrow(() -> new IplbException(
                        FailureKind.REFUSED,
                        "%s has no %s %s named '%s'; %s%s"
                                .formatted(
                                        lb.service(),
                                        protocol.code(),
                                        kind,
                                        name.text(),
                                        Named.thereAre(all),
                                        nearest(name.text(), all))));
    }

    /** What may have been meant by a name that nothing has, as a question; empty when nothing is like it. */
    static String nearest(String name, List<? extends Named> all) {
        return Nearest.to(
                        name,
                        all.stream()
                                .map(Named::displayName)
                                .filter(Objects::nonNull)
                                .toList())
                .map(". Did you mean '%s'?"::formatted)
                .orElse("");
    }

    /** The one object of that id or name, if there is one. @throws IplbException when there are more */
    static <T extends Named> Optional<T> find(String kind, Reference reference, List<T> all) {
        List<T> found = all.stream().filter(each -> named(each, reference)).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(only(kind, reference.text(), found));
    }

    static <T extends Named> T only(String kind, String name, List<T> found) {
        return single("%s is named '%s'".formatted(kind, name), found, "give the id, or rename all but one");
    }

    /**
     * The one object of that id or name, in a zone if one is given.
     *
     * @param zones in which zone each of them is
     * @throws IplbException when there are more
     */
    static <T extends Named> Optional<T> find(
            String kind, Reference reference, Optional<String> zone, List<T> all, Function<T, String> zones) {
        List<T> there = all.stream()
                .filter(each -> zone.isEmpty() || zone.get().equals(zones.apply(each)))
                .toList();
        List<T> found = there.stream().filter(each -> named(each, reference)).toList();
        String advice = zone.isEmpty() && found.stream().map(zones).distinct().count() == found.size()
                ? "give its zone or its id"
                : "give the id, or rename all but one";
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(single("%s is named '%s'".formatted(kind, reference), found, advice));
    }

    private static boolean named(Named object, Reference reference) {
        return reference.id().isPresent()
                ? reference.id().getAsLong() == object.id()
                : reference.text().equals(object.displayName());
    }

    /** Where those of a name are, as the end of a sentence. */
    static <T extends Named> String elsewhere(Reference reference, List<T> all, Function<T, String> zones) {
        String there = all.stream()
                .filter(each -> named(each, reference))
                .map(zones)
                .distinct()
                .collect(Collectors.joining(", "));
        return there.isEmpty() ? nearest(reference.text(), all) : ", but in " + there;
    }

    /**
     * The only one of those that were found.
     *
     * @param what of which there may be one only
     * @param advice how to tell them apart
     * @throws IplbException when there are more
     */
    static <T extends Named> T single(String what, List<T> found, String advice) {
        if (found.size() > 1) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "more than one %s: ids %s; %s"
                            .formatted(
                                    what,
                                    found.stream()
                                            .map(each -> Long.toString(each.id()))
                                            .collect(Collectors.joining(" and ")),
                                    advice));
        }
        return found.get(0);
    }
}
