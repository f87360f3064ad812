package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Certificate;
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
import java.util.Set;
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
                ? inItsZone(
                        protocol,
                        "frontend",
                        frontend,
                        lb.frontend(protocol, frontend.id().getAsLong()))
                : byName(protocol, "frontend", frontend, lb.frontends(protocol));
    }

    Farm farm(Protocol protocol, Reference farm) {
        return farm.id().isPresent()
                ? inItsZone(protocol, "farm", farm, lb.farm(protocol, farm.id().getAsLong()))
                : byName(protocol, "farm", farm, lb.farms(protocol));
    }

    /** Of several farms of one name, the one in the zone of what leads to it: users keep one per zone under one name. */
    Farm farm(Protocol protocol, Reference farm, String zone) {
        if (farm.id().isPresent() || farm.zone().isPresent() || zone == null) {
            return farm(protocol, farm);
        }
        List<Farm> near = named(farm.in(Optional.of(zone)), lb.farms(protocol));
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
                : "'%s'%s".formatted(object.displayName(), object.isThere() ? " (%d)".formatted(object.id()) : "");
        return "%s %s %s".formatted(protocol.code(), kind, name);
    }

    /** None for udp, which has none. */
    List<Route> routes(Protocol protocol) {
        return protocol == Protocol.UDP ? List.of() : lb.routes(protocol);
    }

    /** The certificate of that id, name or fingerprint, if there is one. @throws IplbException when there are more */
    Optional<Certificate> findCertificate(Reference certificate) {
        List<Certificate> all = lb.certificates();
        String digest = certificate.text().replace(":", "").toLowerCase(Locale.ROOT);
        return find("certificate", certificate, all)
                .or(() ->
                        all.stream().filter(each -> each.hasFingerprint(digest)).findFirst());
    }

    /**
     * Its id; one that is given as such is not looked up.
     *
     * @param shown the one that is meant if it has that name, even while another has it too, whose place it takes; null for
     *     none
     * @throws IplbException when there is none of that name or fingerprint
     */
    long certificate(Reference certificate, Long shown) {
        return certificate
                .id()
                .orElseGet(() -> lb.certificates().stream()
                        .filter(each -> shown != null && each.id() == shown && isNamed(each, certificate))
                        .findFirst()
                        .or(() -> findCertificate(certificate))
                        .map(Certificate::id)
                        .orElseThrow(() -> new IplbException(
                                FailureKind.REFUSED,
                                "%s has no certificate '%s'; %s%s"
                                        .formatted(
                                                lb.service(),
                                                certificate,
                                                Named.thereAre(lb.certificates()),
                                                nearest(certificate.text(), lb.certificates())))));
    }

    /** What becomes different, with the names that are known. */
    Lines lines(Protocol protocol) {
        return new Lines(lb, protocol);
    }

    ServiceCalls calls() {
        return new ServiceCalls(lb.service());
    }

    /** Its id; one that is given as such, and nothing else, is not looked up. @param frontend the only one it may be on */
    long route(Protocol protocol, Reference route, Optional<Reference> frontend) {
        boolean anywhere = frontend.isEmpty() && route.zone().isEmpty();
        if (anywhere && route.id().isPresent()) {
            return route.id().getAsLong();
        }
        String where = frontend.map(" on frontend %s"::formatted).orElse("") + inZone(route.zone());
        return findRoute(protocol, route, frontend)
                .orElseThrow(() -> missing(protocol, "route", route, where, lb.routes(protocol)))
                .routeId();
    }

    /**
     * The one route of that id or name, if there is one.
     *
     * @param frontend the only one it may be on; empty for any, if one is given in the zone of the route
     */
    Optional<Route> findRoute(Protocol protocol, Reference route, Optional<Reference> frontend) {
        return find("route", route.in(Optional.empty()), routes(protocol, route, frontend));
    }

    /** The routes among which it is. */
    private List<Route> routes(Protocol protocol, Reference route, Optional<Reference> frontend) {
        if (frontend.isEmpty() && route.zone().isEmpty()) {
            return routes(protocol);
        }
        List<Frontend> all = lb.frontends(protocol);
        Set<Long> on = frontend
                .map(meant ->
                        find("frontend", meant.in(route.zone()), all).stream().toList())
                .orElseGet(() ->
                        all.stream().filter(each -> isIn(route.zone(), each)).toList())
                .stream()
                .map(Frontend::frontendId)
                .collect(Collectors.toSet());
        return routes(protocol).stream()
                .filter(each -> !each.isDetached() && on.contains(each.frontendId()))
                .toList();
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
        return find(kind, name, all).orElseThrow(() -> missing(protocol, kind, name, inZone(name.zone()), all));
    }

    private IplbException missing(
            Protocol protocol, String kind, Reference reference, String where, List<? extends Named> all) {
        String others = places(reference, all);
        return new IplbException(
                FailureKind.REFUSED,
                "%s has no %s %s named '%s'%s%s"
                        .formatted(
                                lb.service(),
                                protocol.code(),
                                kind,
                                reference,
                                where,
                                others.isEmpty()
                                        ? "; " + Named.thereAre(all) + nearest(reference.text(), all)
                                        : ", but " + others));
    }

    private <T extends Named> T inItsZone(Protocol protocol, String kind, Reference reference, T found) {
        if (!isIn(reference.zone(), found)) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s is in zone %s, not in zone %s"
                            .formatted(
                                    said(protocol, kind, found),
                                    found.zone(),
                                    reference.zone().orElseThrow()));
        }
        return found;
    }

    private static boolean isIn(Optional<String> zone, Named object) {
        return zone.isEmpty() || zone.get().equals(object.zone());
    }

    /** A zone, if one is given, as a part of a sentence. */
    static String inZone(Optional<String> zone) {
        return zone.map(" in zone "::concat).orElse("");
    }

    /** What may have been meant by a name that nothing has, as a question; empty when nothing is like it. */
    static String nearest(String name, List<? extends Named> all) {
        return Nearest.to(
                        name,
                        all.stream()
                                .map(Named::displayName)
                                .filter(each -> each != null && !each.equals(name))
                                .toList())
                .map(". Did you mean '%s'?"::formatted)
                .orElse("");
    }

    /** The one object of that id or name, in its zone if one is given, if there is one. @throws IplbException when there are more */
    static <T extends Named> Optional<T> find(String kind, Reference reference, List<T> all) {
        List<T> found = named(reference, all);
        return found.isEmpty() ? Optional.empty() : Optional.of(only(kind, reference.text(), found));
    }

    static <T extends Named> T only(String kind, String name, List<T> found) {
        return single(
                "%s is named '%s'".formatted(kind, name),
                found,
                areApart(found)
                        ? "give its %s or its id".formatted(kind.equals("route") ? "frontend" : "zone")
                        : "give the id, or rename all but one");
    }

    private static boolean areApart(List<? extends Named> found) {
        return found.stream().map(Reader::place).distinct().count() == found.size();
    }

    static <T extends Named> List<T> named(Reference reference, List<T> all) {
        return all.stream()
                .filter(each -> isNamed(each, reference) && isIn(reference.zone(), each))
                .toList();
    }

    private static boolean isNamed(Named object, Reference reference) {
        return reference.id().isPresent()
                ? reference.id().getAsLong() == object.id()
                : reference.text().equals(object.displayName());
    }

    /** Where there is one of that name, or what is named like it, as the end of a sentence. */
    static String elsewhere(Reference reference, List<? extends Named> all) {
        String others = places(reference, all);
        return others.isEmpty() ? nearest(reference.text(), all) : ", but " + others;
    }

    private static String places(Reference reference, List<? extends Named> all) {
        return named(reference.in(Optional.empty()), all).stream()
                .map(Reader::place)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    /** What tells an object from others of its name; null when nothing does. */
    private static String place(Named object) {
        if (object instanceof Route route) {
            return route.isDetached() ? "on no frontend" : "on frontend " + route.frontendId();
        }
        return object.zone() == null ? null : "in zone " + object.zone();
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
            boolean apart = areApart(found);
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "more than one %s: ids %s; %s"
                            .formatted(
                                    what,
                                    found.stream()
                                            .map(each ->
                                                    apart ? each.id() + " " + place(each) : Long.toString(each.id()))
                                            .collect(Collectors.joining(" and ")),
                                    advice));
        }
        return found.get(0);
    }
}
