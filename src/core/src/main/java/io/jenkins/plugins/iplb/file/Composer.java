package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.file.YamlNode.Scalar;
import io.jenkins.plugins.iplb.file.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes nodes of the events of a YAML 1.2 parser, and follows merge keys. The library's own composer gives an alias the
 * place of its anchor, and refuses the 51st alias of one mapping (snakeyaml-engine 3.2): here an alias stands where it is
 * used, and what is limited is how much a file says in all.
 */
final class Composer {
    private static final int DEEPEST = 50;
    private static final int MOST_NODES = 100_000;
    private static final String MERGE = "<<";
    private static final String TAG = "tag:yaml.org,2002:";

    private final String file;
    private final Scalars scalars;
    private final Placeholders placeholders;
    private final Mistakes mistakes;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Iterator<Event> events;
    private int nodes;

    /** @param size how many nodes it is, those of its aliases included */
    private record Anchored(YamlNode node, int size) {}

    Composer(String file, Placeholders placeholders, Mistakes mistakes) {
        this.file = file;
        this.scalars = new Scalars(mistakes);
        this.placeholders = placeholders;
        this.mistakes = mistakes;
    }

    /** The documents of a file. @throws BadFile at the first place that is no YAML, or too much of it */
    List<YamlNode> documents(String text) {
        List<YamlNode> documents = new ArrayList<>();
        events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
        try {
            while (events.hasNext()) {
                if (events.next().getEventId() == Event.ID.DocumentStart) {
                    anchors.clear();
                    documents.add(node(events.next(), 0));
                }
            }
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(mark -> Place.of(file, mark)).orElse(start());
            throw ended(
                    place, Stream.of(e.getContext(), e.getProblem()).filter(each -> each != null && !each.isBlank()));
        } catch (YamlEngineException e) {
            throw ended(start(), Stream.of(e.getMessage().strip()));
        }
        return documents;
    }

    private Place start() {
        return new Place(file, 1, 1);
    }

    private BadFile ended(Place place, Stream<String> why) {
        mistakes.at(place, String.join(", ", why.toList()));
        return mistakes.refusal();
    }

    private YamlNode node(Event event, int depth) {
        Place place = Place.of(file, event);
        if (event instanceof AliasEvent alias) {
            return alias(alias.getAlias().getValue(), place);
        }
        int before = nodes;
        count(1, place);
        if (depth > DEEPEST) {
            throw ended(place, Stream.of("deeper than %d levels".formatted(DEEPEST)));
        }
        YamlNode node = composed(event, place, depth);
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, nodes - before)));
        return node;
    }

    private YamlNode composed(Event event, Place place, int depth) {
        if (event instanceof SequenceStartEvent sequence) {
            refuseTag(sequence.getTag(), "seq", place);
            return sequence(place, depth);
        }
        if (event instanceof MappingStartEvent mapping) {
            refuseTag(mapping.getTag(), "map", place);
            return mapping(place, depth);
        }
        return scalar((ScalarEvent) event, place);
    }

    private void count(int more, Place place) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw ended(place, Stream.of("more than %,d values, aliases followed".formatted(MOST_NODES)));
        }
    }

    private YamlNode alias(String name, Place place) {
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw ended(place, Stream.of("*%s: there is no anchor &%s before it".formatted(name, name)));
        }
        count(anchored.size(), place);
        return anchored.node().at(place);
    }

    private void refuseTag(Optional<String> tag, String expected, Place place) {
        tag.filter(given -> !given.equals("!") && !given.equals(TAG + expected))
                .ifPresent(given -> mistakes.at(place, "%s: tags are not understood here".formatted(given)));
    }

    private Sequence sequence(Place place, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return new Sequence(place, List.copyOf(items));
    }

    private Mapping mapping(Place place, int depth) {
        Map<String, Entry> own = new LinkedHashMap<>();
        List<Mapping> merged = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Place at = Place.of(file, next);
            boolean merges = next instanceof ScalarEvent scalar && scalar.isPlain() && MERGE.equals(scalar.getValue());
            Optional<String> key = key(next, depth);
            YamlNode value = node(events.next(), depth + 1);
            if (merges) {
                merged.addAll(sources(value));
            } else {
                key.ifPresent(name -> own(own, new Entry(at, name, value)));
            }
        }
        for (Mapping source : merged) {
            source.entries().forEach(entry -> own.putIfAbsent(entry.key(), entry));
        }
        return new Mapping(place, List.copyOf(own.values()));
    }

    /** Empty for what cannot be one. */
    private Optional<String> key(Event event, int depth) {
        Place place = Place.of(file, event);
        if (event instanceof ScalarEvent scalar) {
            count(1, place);
            return Optional.of(placeholders.replaced(scalar.getValue(), place, mistakes));
        }
        if (node(event, depth + 1) instanceof Scalar scalar) {
            return Optional.of(scalar.json().asText());
        }
        mistakes.at(place, "a key is a text");
        return Optional.empty();
    }

    private void own(Map<String, Entry> own, Entry entry) {
        Entry first = own.putIfAbsent(entry.key(), entry);
        if (first != null) {
            mistakes.at(
                    entry.place(),
                    "%s: written twice, here and in line %d"
                            .formatted(entry.key(), first.place().line()));
        }
    }

    private List<Mapping> sources(YamlNode value) {
        if (value instanceof Mapping one) {
            return List.of(one);
        }
        List<Mapping> all = new ArrayList<>();
        if (value instanceof Sequence several) {
            several.items().stream()
                    .filter(Mapping.class::isInstance)
                    .map(Mapping.class::cast)
                    .forEach(all::add);
            if (all.size() == several.items().size()) {
                return all;
            }
        }
        mistakes.at(value.place(), "<<: takes the fields of a mapping, or of a list of mappings");
        return all;
    }

    private Scalar scalar(ScalarEvent event, Place place) {
        String text = placeholders.replaced(event.getValue(), place, mistakes);
        boolean quoted = !event.isPlain() || event.getTag().isPresent();
        refuseTag(event.getTag(), "str", place);
        return new Scalar(
                place, quoted ? scalars.text(text) : scalars.plain(text, place), Placeholders.name(event.getValue()));
    }
}
