package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.file.Source.Form;
import io.jenkins.plugins.iplb.file.Source.Pair;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.file.YamlNode.Sequence;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks through one object for what is not as it says. What it takes from another is not changed there: it says it itself then. */
final class ObjectUpdate {
    private final Update update;
    private final ToldCollection collection;
    private final String path;
    private final Told told;
    private final Spot spot;

    /** What it has to say itself. */
    private final Map<String, Object> more = new LinkedHashMap<>();

    ObjectUpdate(Update update, ToldCollection collection, String path, Told told, Spot spot) {
        this.update = update;
        this.collection = collection;
        this.path = path;
        this.told = told;
        this.spot = spot;
    }

    void write() {
        List<Section> inside = collection.section().parts(collection.protocol());
        for (Entry entry : spot.entries()) {
            Optional<Pair> own = spot.own(entry);
            Optional<Section> part = inside.stream()
                    .filter(each -> each.name().equals(entry.key()))
                    .findFirst();
            if (part.isPresent()) {
                part(entry, part.get());
            } else if (entry.value().json().asText().equals(ObjectReader.ABSENT)
                    && entry.key().equals(ObjectReader.STATE)) {
                update.changes().add("~ %s: it is there".formatted(path));
                own.ifPresentOrElse(
                        pair -> update.page().remove(update.edits(), spot.source(), pair),
                        () -> more.put(ObjectReader.STATE, ObjectReader.PRESENT));
            } else if (collection.field(entry.key()) != null) {
                field(entry);
            }
        }
        told.fields().forEach((name, value) -> {
            if (spot.entry(name).isEmpty() && !isByItself(name, value)) {
                update.changes().add("~ %s: + %s: %s".formatted(path, name, Yaml.inline(value)));
                more.put(name, value);
            }
        });
        if (!more.isEmpty()) {
            update.add(spot, inside.stream().map(Section::name).collect(Collectors.toSet()), more);
        }
    }

    /** What one has when nothing is said of it. */
    private boolean isByItself(String field, Object value) {
        return field.equals("status")
                && (value.equals("active")
                        || told.all().containsKey("redirect")
                                && value.toString().equals("302")
                        || told.all().containsKey("reject") && value.toString().equals("403"));
    }

    private void part(Entry entry, Section part) {
        ToldCollection within = new ToldCollection(
                part,
                collection.protocol(),
                path + "/" + part.name(),
                told.parts().getOrDefault(part.name(), List.of()),
                Optional.of(told));
        Optional<Pair> own = spot.own(entry).filter(pair -> !pair.value().is(Form.ALIAS));
        if (own.isPresent()) {
            new CollectionUpdate(update, within, spot.at(entry, own.get()), CollectionUpdate.Choice.ALL).write();
        } else if (differs(within, entry)) {
            throw Page.refusal(
                    entry.place(),
                    "%s of %s differ from those of others, from which it takes them: write them there"
                            .formatted(part.name(), path));
        }
    }

    private void field(Entry entry) {
        String name = entry.key();
        Object value = told.all().get(name);
        Optional<Pair> own = spot.own(entry);
        if (own.isPresent()
                && value instanceof Map<?, ?> fields
                && entry.value() instanceof Mapping
                && own.get().value().is(Form.MAPPING, Form.FLOW_MAPPING)) {
            fields(name, spot.at(entry, own.get()), fields);
            return;
        }
        if (collection.isSo(told, entry.key(), entry.value().json())) {
            return;
        }
        if (own.isEmpty()) {
            Object said = value == null ? usual(entry) : value;
            update.changes()
                    .add("~ %s: %s: %s -> %s"
                            .formatted(path, name, entry.value().json(), Yaml.inline(said)));
            more.put(name, said);
        } else if (value == null) {
            update.changes()
                    .add("- %s: %s: %s"
                            .formatted(
                                    path, name, update.page().written(own.get().value())));
            update.page().remove(update.edits(), spot.source(), own.get());
        } else {
            value(name, spot.at(entry, own.get()), value);
        }
    }

    private void value(String name, Spot at, Object value) {
        if (value instanceof List<?> all
                && at.node() instanceof Sequence list
                && at.source().is(Form.LIST, Form.FLOW_LIST)) {
            items(collection.field(name), at, list, all);
            return;
        }
        update.changes()
                .add("~ %s: %s: %s -> %s"
                        .formatted(path, name, update.page().written(at.source()), Yaml.inline(value)));
        update.page()
                .replace(update.edits(), at.source(), value, at.node().json().isNumber());
    }

    /** Values of a list: those that are so stay, and what takes the place of others stands in theirs. */
    private void items(Parameter field, Spot at, Sequence list, List<?> all) {
        String name = field.name();
        List<Object> missing = new ArrayList<>(all);
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            JsonNode item = list.items().get(i).json();
            Optional<Object> same = missing.stream()
                    .filter(each -> collection.meant(field, item).equals(collection.meant(field, json(each))))
                    .findFirst();
            same.ifPresent(missing::remove);
            if (same.isEmpty()) {
                wrong.add(i);
            }
        }
        for (int i : wrong) {
            Source item = at.source().items().get(i);
            if (missing.isEmpty()) {
                update.changes()
                        .add("- %s: %s: %s".formatted(path, name, update.page().written(item)));
                update.page().remove(update.edits(), at.source(), item);
            } else {
                Object other = missing.remove(0);
                update.changes()
                        .add("~ %s: %s: %s -> %s"
                                .formatted(path, name, update.page().written(item), Yaml.inline(other)));
                update.page()
                        .replace(
                                update.edits(),
                                item,
                                other,
                                list.items().get(i).json().isNumber());
            }
        }
        if (!missing.isEmpty()) {
            missing.forEach(each -> update.changes().add("+ %s: %s: %s".formatted(path, name, Yaml.inline(each))));
            update.page().add(update.edits(), at.source(), at.key(), missing);
        }
    }

    private static JsonNode json(Object value) {
        return Json.MAPPER.valueToTree(unescaped(value));
    }

    /** As it is read. */
    private static Object unescaped(Object value) {
        return value instanceof String text ? text.replace("$${", "${") : value;
    }

    /** Fields within a field: those of a probe. */
    private void fields(String name, Spot at, Map<?, ?> fields) {
        String within = path + "." + name;
        Map<String, Object> added = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            if (at.entry(field.toString()).isEmpty()) {
                update.changes().add("~ %s: + %s: %s".formatted(within, field, Yaml.inline(value)));
                added.put(field.toString(), value);
            }
        });
        for (Entry entry : at.entries()) {
            Fields alone = Fields.none().with(entry.key(), entry.value().json());
            if (collection.isSo(told, name, alone.json())) {
                continue;
            }
            Object value = fields.get(entry.key());
            Optional<Pair> own = at.own(entry);
            update.changes()
                    .add("~ %s: %s: %s -> %s"
                            .formatted(
                                    within,
                                    entry.key(),
                                    entry.value().json(),
                                    value == null ? "none" : Yaml.inline(value)));
            if (own.isEmpty()) {
                added.put(entry.key(), value == null ? Parameter.NONE : value);
            } else if (value == null) {
                update.page().remove(update.edits(), at.source(), own.get());
            } else {
                update.page()
                        .replace(
                                update.edits(),
                                own.get().value(),
                                value,
                                entry.value().json().isNumber());
            }
        }
        if (!added.isEmpty()) {
            update.add(at, Set.of(), added);
        }
    }

    /** What takes back what is taken from elsewhere. */
    private Object usual(Entry entry) {
        Parameter field = collection.field(entry.key());
        Parameter own = collection.protocol().map(field::on).orElse(field);
        if (own.canBeReset()) {
            return Parameter.NONE;
        }
        if (own.value() instanceof Flag) {
            return false;
        }
        if (entry.key().equals("weight")) {
            return 0;
        }
        throw Page.refusal(
                entry.place(), "%s is not so, and is taken from elsewhere: write what is there".formatted(entry.key()));
    }

    /** Whether what is taken from elsewhere is not so. */
    private boolean differs(ToldCollection within, Entry entry) {
        Spot there = new Spot(entry.value(), update.page().source(entry.value(), entry.place()), null);
        return update.isNeeded(
                trial -> new CollectionUpdate(trial, within, there, CollectionUpdate.Choice.ALL).write());
    }
}
