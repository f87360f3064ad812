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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kind of object in a change file: which operations of the catalogue make it so. What they take is what there is to
 * say of it, but for what its key and its place in the file say.
 *
 * @param name what the file calls a collection of them
 * @param object what one is called
 * @param holder what one stands in; empty for one that the load balancer has
 * @param ensured what a key says to the operation that makes it
 * @param removed what a key says to the operation that removes it
 * @param parts what stands inside one
 */
record Section(
        String name,
        String object,
        Optional<String> holder,
        OperationType ensure,
        Function<String, Fields> ensured,
        OperationType remove,
        Function<String, Fields> removed,
        List<Section> parts) {
    private static final Set<String> SAID_BY_PLACE = Set.of("service", "protocol", "server", "route");

    private static final Pattern AT = Pattern.compile("(?<address>\\d+\\.\\d+\\.\\d+\\.\\d+)(:(?<port>\\d+))?");

    private static final Section SERVERS = new Section(
            "servers",
            "server",
            Optional.of("farm"),
            Catalogue.named("ensure-server"),
            Section::server,
            Catalogue.named("remove-server"),
            Section::server,
            List.of());

    private static final Section ROUTES = new Section(
            "routes",
            "route",
            Optional.of("frontend"),
            Catalogue.named("add-route"),
            as("name"),
            Catalogue.named("remove-route"),
            as("route"),
            List.of());

    /** What leads to others comes after them. */
    static final List<Section> ALL = List.of(
            new Section(
                    "farms",
                    "farm",
                    Optional.empty(),
                    Catalogue.named("ensure-farm"),
                    as("farm"),
                    Catalogue.named("remove-farm"),
                    as("farm"),
                    List.of(SERVERS)),
            new Section(
                    "frontends",
                    "frontend",
                    Optional.empty(),
                    Catalogue.named("ensure-frontend"),
                    as("frontend"),
                    Catalogue.named("remove-frontend"),
                    as("frontend"),
                    List.of(ROUTES)));

    private static Function<String, Fields> as(String parameter) {
        return key -> Fields.none().with(parameter, key);
    }

    /** By its address, and its port behind a colon, or else by its id or name. */
    private static Fields server(String key) {
        Matcher at = AT.matcher(key);
        if (!at.matches()) {
            return Fields.none().with("server", key);
        }
        Fields address = Fields.none().with("address", at.group("address"));
        return at.group("port") == null ? address : address.with("port", at.group("port"));
    }

    /** What there is to say of one that is to be there, or is to be gone. @param said what is said of it already */
    List<Parameter> fields(boolean present, Fields said) {
        return (present ? ensure : remove)
                .parameters().stream()
                        .filter(each -> said.get(each.name()) == null && !SAID_BY_PLACE.contains(each.name()))
                        .filter(each -> !each.name().equals(holder.orElse(object)))
                        .toList();
    }

    /** What a collection of them holds beside those that are named. @param around what its place in the file says of it */
    Others others(Protocol protocol, Fields around, Set<String> named) {
        Optional<Reference> within =
                holder.map(kind -> new Reference(around.json().path(kind).asText())
                        .in(Optional.ofNullable(around.json().path("zone").textValue())));
        return new Others(
                around.json().path("service").asText(),
                protocol,
                Kind.valueOf(object.toUpperCase(Locale.ROOT)),
                within,
                Set.copyOf(named));
    }

    /** Whether who removes what holds them removes them as well. */
    boolean goesWithItsHolder() {
        return this == SERVERS;
    }

    /** Whether what one does may tell it, where it has no name. */
    boolean mayBeNameless() {
        return this == ROUTES;
    }

    boolean isOf(Protocol protocol) {
        return ensure.protocolChoices().contains(protocol);
    }
}
