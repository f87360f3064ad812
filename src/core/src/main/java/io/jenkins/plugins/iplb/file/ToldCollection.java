package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is there of one collection of a change file, and which of it the file means.
 *
 * @param path what people call it
 * @param there what is there of it
 * @param holder what it stands in; empty for what the load balancer has
 */
record ToldCollection(
        Section section, Optional<Protocol> protocol, String path, List<Told> there, Optional<Told> holder) {

    /** Null for none of that name. */
    Parameter field(String name) {
        return section.fields().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** A value as it is meant; as it is, where it cannot be meant. */
    JsonNode meant(Parameter field, JsonNode value) {
        try {
            return section.ensure().check(field, value, protocol);
        } catch (InvalidInput e) {
            return value;
        }
    }

    /** Whether a field of an object, as a file has it, says how that is. */
    boolean isSo(Told told, String name, JsonNode said) {
        Parameter field = field(name);
        return field == null || told.isSo(name, meant(field, said));
    }

    /**
     * What is there by that key.
     *
     * @param claimed what others mean
     * @throws io.jenkins.plugins.iplb.failure.IplbException when it may mean several
     */
    Optional<Told> find(Entry entry, Set<Told> claimed) {
        String key = entry.key();
        List<Told> meant = switch (section.kind()) {
            case FAILOVER_IP ->
                there.stream()
                        .filter(told -> IpBlock.parseAny("ip", told.key()).equals(IpBlock.parseAny("ip", key)))
                        .toList();
            case SERVER -> servers(entry, claimed);
            default -> named(key, entry.value().json());
        };
        if (meant.size() > 1) {
            throw Page.refusal(
                    entry.place(),
                    "%s: there are several, and nothing tells which is meant; give its id: %s"
                            .formatted(
                                    key,
                                    meant.stream()
                                            .map(told -> told.id()
                                                    + told.zone()
                                                            .map(" in %s"::formatted)
                                                            .orElse(""))
                                            .collect(Collectors.joining(", "))));
        }
        return meant.stream().findFirst();
    }

    /** By its id, or by its name, in the zone that the file says. */
    List<Told> named(String key, JsonNode object) {
        String zone = object.path("zone").asText("");
        boolean isId = key.matches("\\d+");
        return there.stream()
                .filter(told -> isId
                        ? key.equals(Long.toString(told.id()))
                        : told.name().filter(key::equals).isPresent())
                .filter(told -> isId
                        || zone.isEmpty()
                        || told.zone().isEmpty()
                        || told.zone().get().equals(zone))
                .toList();
    }

    /** Whether a route is meant: by its name, or else by what it does. */
    boolean isMeant(Told told, YamlNode route) {
        JsonNode name = route.json().path("name");
        if (name.isTextual()) {
            return told.name().filter(name.asText()::equals).isPresent();
        }
        return route instanceof Mapping mapping
                && mapping.entries().stream()
                        .filter(entry -> !entry.key().equals("weight"))
                        .allMatch(entry -> isSo(told, entry.key(), entry.value().json()));
    }

    /** At its address: of several the one at that port, or else the first that is nobody else's. */
    private List<Told> servers(Entry entry, Set<Told> claimed) {
        Fields said = section.ensured().says(entry.key(), Fields.none());
        if (said.get("address") == null) {
            return named(entry.key(), NullNode.instance);
        }
        String port = said.get("port") == null
                ? entry.value().json().path("port").asText("")
                : said.get("port").asText();
        List<Told> at = there.stream()
                .filter(told -> said.get("address").asText().equals(told.all().get("address")))
                .filter(told -> !claimed.contains(told))
                .filter(told -> port.isEmpty() || port.equals(port(told)))
                .toList();
        return at.stream()
                .filter(told -> told.all().containsKey("port") != port.isEmpty())
                .findFirst()
                .or(() -> at.stream().findFirst())
                .stream()
                .toList();
    }

    /** A server without a port of its own has the farm's. */
    private String port(Told server) {
        Object own = server.all().get("port");
        return String.valueOf(
                own == null ? holder.map(farm -> farm.all().get("port")).orElse(null) : own);
    }
}
