package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Others;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.file.YamlNode.Sequence;
import io.jenkins.plugins.iplb.operation.Wish;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads one document into wishes. */
final class StateReader {
    static final String LOAD_BALANCER = "loadBalancer";
    static final String EXACT = "exact";

    private static final String ZONE = "zone";

    /** Counts until the right one is known, so that what stands below is read all the same. */
    private static final String ANY_SERVICE = "loadbalancer-0";

    private final Mistakes mistakes;
    private final UnaryOperator<String> services;
    private final List<Wish> wishes = new ArrayList<>();
    private final List<Others> others = new ArrayList<>();

    /** @param services what OVH calls the load balancer of a name */
    StateReader(Mistakes mistakes, UnaryOperator<String> services) {
        this.mistakes = mistakes;
        this.services = services;
    }

    WantedState read(YamlNode document) {
        Optional<Mapping> mapping = mapping(document, "a change file");
        String service = mapping.map(this::service).orElse(ANY_SERVICE);
        mapping.ifPresent(fields -> families(fields, service));
        return new WantedState(service, List.copyOf(wishes), List.copyOf(others));
    }

    private String service(Mapping document) {
        Optional<YamlNode> given = find(document, LOAD_BALANCER);
        if (given.isEmpty()) {
            mistakes.at(document.place(), "loadBalancer: is missing; it says which load balancer this is");
            return ANY_SERVICE;
        }
        try {
            return services.apply(
                    Values.SERVICE.of(LOAD_BALANCER, given.get().json()).textValue());
        } catch (InvalidInput e) {
            mistakes.at(given.get().place(), e.getMessage());
            return ANY_SERVICE;
        }
    }

    private void families(Mapping document, String service) {
        for (Entry entry : document.entries()) {
            Optional<Protocol> family = Arrays.stream(Protocol.values())
                    .filter(each -> each.code().equals(entry.key()))
                    .findFirst();
            if (family.isPresent()) {
                family(family.get(), service, entry.value());
            } else if (!entry.key().equals(LOAD_BALANCER)) {
                Stream<String> words = Stream.concat(
                        Stream.of(LOAD_BALANCER),
                        Arrays.stream(Protocol.values()).map(Protocol::code));
                mistakes.unknown(entry, "a change file", words.toList());
            }
        }
    }

    private void family(Protocol protocol, String service, YamlNode value) {
        Fields around = Fields.none().with("service", service).with("protocol", protocol.code());
        List<Section> sections =
                Section.ALL.stream().filter(section -> section.isOf(protocol)).toList();
        Optional<Mapping> family = optional(value, protocol.code());
        for (Entry entry : family.map(Mapping::entries).orElse(List.of())) {
            if (sections.stream().noneMatch(section -> section.name().equals(entry.key()))) {
                mistakes.unknown(
                        entry,
                        protocol.code(),
                        sections.stream().map(Section::name).toList());
            }
        }
        for (Section section : sections) {
            family.flatMap(mapping -> find(mapping, section.name()))
                    .ifPresent(collection -> collection(section, protocol, around, collection));
        }
    }

    private void collection(Section section, Protocol protocol, Fields around, YamlNode collection) {
        if (collection instanceof Sequence nameless && section.mayBeNameless()) {
            nameless.items().forEach(each -> object(section, protocol, around, Optional.empty(), each.place(), each));
            return;
        }
        Set<String> keys = new LinkedHashSet<>();
        boolean exactly = false;
        for (Entry entry :
                optional(collection, section.name()).map(Mapping::entries).orElse(List.of())) {
            if (entry.key().equals(EXACT) && entry.value().json().isBoolean()) {
                exactly = entry.value().json().booleanValue();
            } else if (entry.value() instanceof Sequence several) {
                keys.add(entry.key());
                refuseTwins(entry.key(), several);
                several.items()
                        .forEach(each ->
                                object(section, protocol, around, Optional.of(entry.key()), each.place(), each));
            } else {
                keys.add(entry.key());
                object(section, protocol, around, Optional.of(entry.key()), entry.place(), entry.value());
            }
        }
        if (exactly) {
            others.add(section.others(protocol, around, keys));
        }
    }

    /** Of objects of one name, each has a zone of its own. */
    private void refuseTwins(String key, Sequence several) {
        Map<String, Place> zones = new HashMap<>();
        for (YamlNode each : several.items()) {
            String zone = each.json().path("zone").asText("");
            Place other = zones.putIfAbsent(zone, each.place());
            if (other != null || zone.isEmpty() && several.items().size() > 1) {
                mistakes.at(
                        each.place(), "%s: several of one name need a zone each, and no two the same".formatted(key));
            }
        }
    }

    private void object(
            Section section, Protocol protocol, Fields around, Optional<String> key, Place place, YamlNode value) {
        ObjectReader reader = new ObjectReader(section, protocol, mistakes);
        Optional<Mapping> fields = optional(value, key.orElse(section.object()));
        Fields inside = inside(section, around, key, fields);
        if (reader.isAbsent(fields)) {
            reader.gone(around, key, place, fields).ifPresent(wishes::add);
            section.parts().stream()
                    .filter(part -> part.isOf(protocol) && !part.goesWithItsHolder())
                    .forEach(part -> others.add(part.others(protocol, inside, Set.of())));
            return;
        }
        reader.there(around, key, place, fields).ifPresent(wishes::add);
        for (Section part : section.parts()) {
            fields.flatMap(mapping -> find(mapping, part.name()))
                    .filter(collection -> part.isOf(protocol))
                    .ifPresent(collection -> collection(part, protocol, inside, collection));
        }
    }

    /** What the place of its parts says of them. */
    private static Fields inside(Section section, Fields around, Optional<String> key, Optional<Mapping> fields) {
        return around.with(section.object(), key.orElse(""))
                .withPresent(
                        ZONE,
                        fields.flatMap(mapping -> find(mapping, ZONE))
                                .map(YamlNode::json)
                                .filter(JsonNode::isTextual));
    }

    /** What may be left empty. */
    private Optional<Mapping> optional(YamlNode node, String what) {
        return node.json().isNull() ? Optional.empty() : mapping(node, what);
    }

    private Optional<Mapping> mapping(YamlNode node, String what) {
        if (node instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        JsonNode given = node.json();
        mistakes.at(node.place(), "%s: is a mapping of names to values, not %s".formatted(what, given));
        return Optional.empty();
    }

    private static Optional<YamlNode> find(Mapping mapping, String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst();
    }
}
