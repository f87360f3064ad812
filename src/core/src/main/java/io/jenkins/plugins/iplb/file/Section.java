package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Others;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One kind of object in a change file: which operations of the catalogue make it so. What they take is what there is to
 * say of it, but for what its key and its place in the file say.
 *
 * @param name what the file calls a collection of them
 * @param object what one is called
 * @param kind what the record calls one
 * @param holder what one stands in; empty for one that the load balancer has
 * @param ensure makes one
 * @param ensured what a key says to it
 * @param remove removes one
 * @param removed what a key says to that
 * @param parts what stands inside one
 */
record Section(
        String name,
        String object,
        Kind kind,
        Optional<String> holder,
        OperationType ensure,
        Key ensured,
        OperationType remove,
        Key removed,
        List<Section> parts) {
    /** A frontend says which certificate it shows, and a farm in which network it is. */
    private static final Set<String> SAID_BY_PLACE =
            Set.of("service", "to", "protocol", "server", "route", "frontends", "farms");

    private static final Pattern AT = Pattern.compile("(?<address>\\d+\\.\\d+\\.\\d+\\.\\d+)(:(?<port>\\d+))?");

    private static final Section SERVERS = new Section(
            "servers",
            "server",
            Kind.SERVER,
            Optional.of("farm"),
            Catalogue.named("ensure-server"),
            Section::server,
            Catalogue.named("remove-server"),
            Section::server,
            List.of());

    private static final Section ROUTES = new Section(
            "routes",
            "route",
            Kind.ROUTE,
            Optional.of("frontend"),
            Catalogue.named("add-route"),
            as("name"),
            Catalogue.named("remove-route"),
            as("route"),
            List.of());

    /** Of the load balancer itself, which has no key. */
    static final Section SETTINGS = new Section(
            "settings",
            "load balancer",
            Kind.SERVICE,
            Optional.empty(),
            Catalogue.named("set-service"),
            (key, around) -> around,
            Catalogue.named("set-service"),
            (key, around) -> around,
            List.of());

    /** What a load balancer has of each protocol. What leads to others comes after them. */
    private static final List<Section> OF_PROTOCOL = List.of(
            new Section(
                    "farms",
                    "farm",
                    Kind.FARM,
                    Optional.empty(),
                    Catalogue.named("ensure-farm"),
                    as("farm"),
                    Catalogue.named("remove-farm"),
                    as("farm"),
                    List.of(SERVERS)),
            new Section(
                    "frontends",
                    "frontend",
                    Kind.FRONTEND,
                    Optional.empty(),
                    Catalogue.named("ensure-frontend"),
                    as("frontend"),
                    Catalogue.named("remove-frontend"),
                    as("frontend"),
                    List.of(ROUTES)));

    /** What it has for all of them. */
    private static final List<Section> OF_ALL = List.of(
            new Section(
                    "ips",
                    "additional IP",
                    Kind.FAILOVER_IP,
                    Optional.empty(),
                    Catalogue.named("move-failover"),
                    (key, around) -> Fields.none().with("ip", key).with("to", around.get("service")),
                    Catalogue.named("park-failover"),
                    as("ip"),
                    List.of()),
            new Section(
                    "networks",
                    "vRack network",
                    Kind.VRACK_NETWORK,
                    Optional.empty(),
                    Catalogue.named("ensure-vrack-network"),
                    as("network"),
                    Catalogue.named("remove-vrack-network"),
                    as("network"),
                    List.of()),
            new Section(
                    "certificates",
                    "certificate",
                    Kind.CERTIFICATE,
                    Optional.empty(),
                    Catalogue.named("rotate-certificate"),
                    as("name"),
                    Catalogue.named("remove-certificate"),
                    as("certificate"),
                    List.of()));

    /** What a key means. */
    @FunctionalInterface
    interface Key {
        /** @param around what its place in the file says */
        Fields says(String key, Fields around);
    }

    private static Key as(String parameter) {
        return (key, around) -> around.with(parameter, key);
    }

    /** By its address, and its port behind a colon, or else by its id or name. */
    private static Fields server(String key, Fields around) {
        Matcher at = AT.matcher(key);
        if (!at.matches()) {
            return around.with("server", key);
        }
        Fields address = around.with("address", at.group("address"));
        return at.group("port") == null ? address : address.with("port", at.group("port"));
    }

    /** @param protocol empty for what a load balancer has for all of them */
    static List<Section> all(Optional<Protocol> protocol) {
        return protocol.map(family -> OF_PROTOCOL.stream()
                        .filter(section -> section.isOf(protocol))
                        .toList())
                .orElse(OF_ALL);
    }

    /** What there is to say of one that is to be there, or is to be gone. @param said what is said of it already */
    List<Parameter> fields(boolean present, Fields said) {
        return (present ? ensure : remove)
                .parameters().stream()
                        .filter(each -> said.get(each.name()) == null && !SAID_BY_PLACE.contains(each.name()))
                        .filter(each -> !each.name().equals(holder.orElse("")))
                        .toList();
    }

    /** All that there is to say of one, whatever its state, where its key is known. */
    List<Parameter> fields() {
        Fields nothing = Fields.none();
        return Stream.of(true, false)
                .flatMap(present ->
                        fields(present, mayBeNameless() ? nothing : (present ? ensured : removed).says("", nothing))
                                .stream())
                .toList();
    }

    /** What a collection of them holds beside those that are named. @param around what its place in the file says of it */
    Others others(Optional<Protocol> protocol, Fields around, Set<String> named) {
        Optional<Reference> within =
                holder.map(other -> new Reference(around.json().path(other).asText())
                        .in(Optional.ofNullable(around.json().path("zone").textValue())));
        return new Others(around.json().path("service").asText(), protocol, kind, within, Set.copyOf(named));
    }

    /** Whether who removes what holds them removes them as well. */
    boolean goesWithItsHolder() {
        return this == SERVERS;
    }

    /** Whether what is there tells all that there is to say of one. */
    boolean canBeTold() {
        return kind != Kind.CERTIFICATE;
    }

    boolean mayBeAbsent() {
        return this != SETTINGS;
    }

    /** Whether what one does may tell it, where it has no name. */
    boolean mayBeNameless() {
        return this == ROUTES;
    }

    private boolean isOf(Optional<Protocol> protocol) {
        return protocol.filter(ensure.protocolChoices()::contains).isPresent();
    }

    /** What stands inside one of that protocol. */
    List<Section> parts(Optional<Protocol> protocol) {
        return parts.stream().filter(part -> part.isOf(protocol)).toList();
    }
}
