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
import java.util.function.Function;
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
    private final Set<String> secrets;

    /**
     * @param services what OVH calls the load balancer of a name
     * @param secrets gets the names of what stands for secrets
     */
    StateReader(Mistakes mistakes, UnaryOperator<String> services, Set<String> secrets) {
        this.mistakes = mistakes;
        this.services = services;
        this.secrets = secrets;
    }

    WantedState read(YamlNode document) {
        Optional<Mapping> mapping = mapping(document, "a change file");
        String service = mapping.map(this::service).orElse(ANY_SERVICE);
        mapping.ifPresent(fields -> whole(fields, service));
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

    private void whole(Mapping document, String service) {
        Fields around = Fields.none().with("service", service);
        List<String> words = Stream.of(
                        Stream.of(LOAD_BALANCER, Section.SETTINGS.name()),
                        Section.all(Optional.empty()).stream().map(Section::name),
                        Arrays.stream(Protocol.values()).map(Protocol::code))
                .flatMap(Function.identity())
                .toList();
        document.entries().stream()
                .filter(entry -> !words.contains(entry.key()))
                .forEach(entry -> mistakes.unknown(entry, "a change file", words));
        find(document, Section.SETTINGS.name()).ifPresent(settings -> settings(around, settings));
        sections(document, Optional.empty(), around);
        for (Protocol protocol : Protocol.values()) {
            find(document, protocol.code())
                    .flatMap(value -> optional(value, protocol.code()))
                    .ifPresent(family -> family(family, protocol, around));
        }
    }

    private void settings(Fields around, YamlNode value) {
        Optional<Mapping> settings = optional(value, Section.SETTINGS.name());
        if (settings.isPresent()) {
            new ObjectReader(Section.SETTINGS, Optional.empty(), mistakes, secrets)
                    .there(around, Optional.empty(), value.place(), settings)
                    .ifPresent(wishes::addAll);
        }
    }

    private void family(Mapping family, Protocol protocol, Fields around) {
        List<String> words =
                Section.all(Optional.of(protocol)).stream().map(Section::name).toList();
        family.entries().stream()
                .filter(entry -> !words.contains(entry.key()))
                .forEach(entry -> mistakes.unknown(entry, protocol.code(), words));
        sections(family, Optional.of(protocol), around.with("protocol", protocol.code()));
    }

    private void sections(Mapping holder, Optional<Protocol> protocol, Fields around) {
        for (Section section : Section.all(protocol)) {
            find(holder, section.name()).ifPresent(collection -> collection(section, protocol, around, collection));
        }
    }

    private void collection(Section section, Optional<Protocol> protocol, Fields around, YamlNode collection) {
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
            Section section,
            Optional<Protocol> protocol,
            Fields around,
            Optional<String> key,
            Place place,
            YamlNode value) {
        ObjectReader reader = new ObjectReader(section, protocol, mistakes, secrets);
        Optional<Mapping> fields = optional(value, key.orElse(section.object()));
        Fields inside = inside(section, around, key, fields);
        if (reader.isAbsent(fields)) {
            reader.gone(around, key, place, fields).ifPresent(wishes::addAll);
            section.parts(protocol).stream()
                    .filter(part -> !part.goesWithItsHolder())
                    .forEach(part -> others.add(part.others(protocol, inside, Set.of())));
            return;
        }
        reader.there(around, key, place, fields).ifPresent(wishes::addAll);
        for (Section part : section.parts(protocol)) {
            fields.flatMap(mapping -> find(mapping, part.name()))
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
