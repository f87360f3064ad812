package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.file.Source.Form;
import io.jenkins.plugins.iplb.file.Source.Pair;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.file.YamlNode.Sequence;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks through one document for what is not as it says, and writes down what to change. What an object takes from another
 * by an alias or a merge key is not changed there: it says it itself then.
 */
final class DocumentUpdate {
    private final Page page;
    private final Description lb;
    private final Parts parts;
    private final Edits edits;
    private final Set<String> changes;
    private final Set<String> remarks;

    /**
     * Something in the document.
     *
     * @param key what it stands behind; null for an item of a list
     */
    private record Spot(YamlNode node, Source source, Source key) {
        private List<Entry> entries() {
            return node instanceof Mapping mapping ? mapping.entries() : List.of();
        }

        private Optional<Entry> entry(String name) {
            return entries().stream().filter(each -> each.key().equals(name)).findFirst();
        }

        /** The lines of an entry; empty for one that is taken from elsewhere. */
        private Optional<Pair> own(Entry entry) {
            return source.pairs().stream()
                    .filter(pair -> pair.key().place().equals(entry.place()))
                    .findFirst();
        }

        private Spot at(Entry entry, Pair pair) {
            return new Spot(entry.value(), pair.value(), pair.key());
        }
    }

    /** @param changes gets what is different, and {@code remarks} what cannot be told */
    DocumentUpdate(Page page, Description lb, Parts parts, Edits edits, Set<String> changes, Set<String> remarks) {
        this.page = page;
        this.lb = lb;
        this.parts = parts;
        this.edits = edits;
        this.changes = changes;
        this.remarks = remarks;
    }

    void document(Mapping document, Source source) {
        Spot whole = new Spot(document, source, null);
        if (parts.have(Section.SETTINGS, Optional.empty())) {
            lb.settings().ifPresent(settings -> settings(whole, settings));
        }
        sections(whole, Optional.empty(), "");
        for (Protocol protocol : Protocol.values()) {
            Optional<Entry> family = whole.entry(protocol.code());
            if (family.isPresent()) {
                Entry entry = family.get();
                sections(whole.at(entry, own(whole, entry)), Optional.of(protocol), protocol.code() + "/");
            } else {
                asked(whole, Optional.of(protocol)).ifPresent(asked -> put(whole, "", protocol.code(), asked));
            }
        }
    }

    private void settings(Spot document, Told settings) {
        ToldCollection alone =
                new ToldCollection(Section.SETTINGS, Optional.empty(), "", List.of(settings), Optional.empty());
        Optional<Entry> entry = document.entry(Section.SETTINGS.name());
        if (entry.isPresent()) {
            object(alone, Section.SETTINGS.name(), settings, document.at(entry.get(), own(document, entry.get())));
        } else if (parts.askFor(Section.SETTINGS, Optional.empty())
                && !settings.fields().isEmpty()) {
            put(document, "", Section.SETTINGS.name(), settings.fields());
        }
    }

    /** What stands at the top is nobody else's. */
    private static Pair own(Spot spot, Entry entry) {
        return spot.own(entry)
                .orElseThrow(() -> Page.refusal(
                        spot.source().place(),
                        "%s is taken from elsewhere: write it there itself".formatted(entry.key())));
    }

    private void sections(Spot holder, Optional<Protocol> protocol, String path) {
        for (Section section : Section.all(protocol)) {
            Optional<Entry> entry = holder.entry(section.name());
            if (entry.isPresent() && parts.have(section, protocol)) {
                ToldCollection collection = new ToldCollection(
                        section, protocol, path + section.name(), lb.all(section, protocol), Optional.empty());
                collection(collection, holder.at(entry.get(), own(holder, entry.get())), this::isMeant);
            } else if (entry.isEmpty()) {
                Object asked = asked(section, protocol);
                if (asked != null) {
                    put(holder, path, section.name(), asked);
                }
            }
        }
    }

    private boolean isMeant(ToldCollection collection, Object keyOrTold) {
        return keyOrTold instanceof Told told
                ? parts.have(collection.section(), collection.protocol(), told)
                : parts.have(collection.section(), collection.protocol(), (String) keyOrTold);
    }

    /** What is asked for by name, and is not in the document at all; null for nothing. */
    private Object asked(Section section, Optional<Protocol> protocol) {
        return parts.askFor(section, protocol)
                ? Export.collection(section, parts.of(section, protocol, lb.all(section, protocol)))
                : null;
    }

    private Optional<Map<String, Object>> asked(Spot document, Optional<Protocol> protocol) {
        Map<String, Object> family = new LinkedHashMap<>();
        for (Section section : Section.all(protocol)) {
            Object asked = asked(section, protocol);
            if (asked != null) {
                family.put(section.name(), asked);
            }
        }
        return Optional.of(family).filter(all -> !all.isEmpty());
    }

    private void put(Spot holder, String path, String key, Object value) {
        changes.add("+ " + path + key);
        add(holder, Set.of(), Map.of(key, value));
    }

    // ---- collections

    /** Whether a told object, or a key that is for none, is to be looked at. */
    @FunctionalInterface
    private interface Choice {
        boolean has(ToldCollection collection, Object keyOrTold);
    }

    private void collection(ToldCollection collection, Spot spot, Choice choice) {
        if (!collection.section().canBeTold()) {
            certificates(spot);
            return;
        }
        Set<Told> claimed = new HashSet<>();
        if (spot.node() instanceof Sequence nameless) {
            items(collection, "", spot, nameless, claimed);
        }
        for (Entry entry : spot.entries()) {
            if (!entry.key().equals(StateReader.EXACT) || !entry.value().json().isBoolean()) {
                entry(collection, spot, entry, claimed, choice);
            }
        }
        List<Told> others = collection.there().stream()
                .filter(told -> !claimed.contains(told) && choice.has(collection, told))
                .toList();
        if (!others.isEmpty()) {
            add(collection, spot, others);
        }
    }

    private void entry(ToldCollection collection, Spot spot, Entry entry, Set<Told> claimed, Choice choice) {
        String key = entry.key();
        Optional<Pair> own = spot.own(entry);
        if (entry.value() instanceof Sequence several) {
            Pair pair = own.filter(each -> each.value().is(Form.LIST, Form.FLOW_LIST))
                    .orElseThrow(() -> Page.refusal(
                            entry.place(), "%s takes its objects from elsewhere: write them there".formatted(key)));
            items(collection, key, spot.at(entry, pair), several, claimed);
            return;
        }
        Optional<Told> found = collection.find(entry, claimed);
        found.ifPresent(claimed::add);
        if (!found.map(told -> choice.has(collection, told)).orElseGet(() -> choice.has(collection, key))
                || found.isEmpty() && isAbsent(entry.value())) {
            return;
        }
        String path = collection.path() + "/" + key;
        if (found.isEmpty()) {
            changes.add("- " + path);
            page.remove(
                    edits,
                    spot.source(),
                    own.orElseThrow(() -> Page.refusal(
                            entry.place(), "%s is gone, and stands where others take it from".formatted(key))));
        } else if (own.isPresent()) {
            object(collection, path, found.get(), spot.at(entry, own.get()));
            rename(collection, path, found.get(), own.get().key(), key);
        } else if (differs(collection, path, found.get(), entry)) {
            changes.add("~ " + path);
            add(spot, Set.of(), single(key, Export.body(collection.section(), found.get())));
        }
    }

    private static boolean isAbsent(YamlNode object) {
        return object.json().path(ObjectReader.STATE).asText().equals(ObjectReader.ABSENT);
    }

    /** A server whose key says another port, or does not tell it from others. */
    private void rename(ToldCollection collection, String path, Told told, Source source, String key) {
        if (collection.section().kind() != Kind.SERVER) {
            return;
        }
        Fields said = collection.section().ensured().says(key, Fields.none());
        boolean isAddress = said.get("address") != null;
        boolean isOther = said.get("port") != null
                && !said.get("port").asText().equals(String.valueOf(told.all().get("port")));
        boolean isOneOfSeveral = isAddress
                && said.get("port") == null
                && collection.there().stream()
                                .filter(each -> said.get("address")
                                        .asText()
                                        .equals(each.all().get("address")))
                                .count()
                        > 1;
        if (isOther || isOneOfSeveral) {
            changes.add("~ %s: %s -> %s".formatted(path, key, told.key()));
            page.replace(edits, source, told.key(), true);
        }
    }

    /** Several of one name, each in its zone; or routes, which need no names. @param key empty for these */
    private void items(ToldCollection collection, String key, Spot list, Sequence several, Set<Told> claimed) {
        for (int i = 0; i < several.items().size(); i++) {
            YamlNode node = several.items().get(i);
            Source item =
                    list.source().items().size() > i ? list.source().items().get(i) : null;
            if (item == null) {
                throw Page.refusal(list.source().place(), "is taken from elsewhere: write it there itself");
            }
            JsonNode object = node.json();
            Optional<Told> found = collection.there().stream()
                    .filter(told -> !claimed.contains(told))
                    .filter(
                            key.isEmpty()
                                    ? told -> collection.isMeant(told, node)
                                    : collection.named(key, object)::contains)
                    .findFirst();
            String path = "%s/%s"
                    .formatted(
                            collection.path(),
                            key.isEmpty() ? object.path("name").asText(object.toString()) : key);
            if (found.isPresent()) {
                claimed.add(found.get());
                object(collection, path, found.get(), new Spot(node, item, null));
            } else if (!isAbsent(node)) {
                changes.add("- " + path);
                page.remove(edits, list.source(), item);
            }
        }
    }

    private void add(ToldCollection collection, Spot spot, List<Told> others) {
        others.forEach(told -> changes.add(
                "+ %s/%s".formatted(collection.path(), told.key().isEmpty() ? Yaml.inline(told.all()) : told.key())));
        boolean needsList = collection.section().mayBeNameless()
                && others.stream()
                        .anyMatch(told ->
                                told.key().isEmpty() || spot.entry(told.key()).isPresent());
        if (spot.node() instanceof Sequence || needsList && spot.entries().isEmpty()) {
            page.add(
                    edits,
                    spot.source(),
                    spot.key(),
                    others.stream().<Object>map(Told::all).toList());
        } else if (needsList) {
            spot.entry(StateReader.EXACT).ifPresent(exact -> {
                throw Page.refusal(exact.place(), "routes without a name are there, which exact takes away");
            });
            changes.add("~ %s: a list, since not all of them have a name".formatted(collection.path()));
            page.list(edits, spot.source(), pair -> Yaml.inline("name", name(spot, pair)));
        } else {
            Map<String, Object> added = new LinkedHashMap<>();
            others.forEach(told -> {
                Map<String, Object> body = Export.body(collection.section(), told);
                if (spot.entry(told.key()).isPresent() || added.containsKey(told.key())) {
                    told.name().ifPresent(name -> body.put("name", Placeholders.escaped(name)));
                    added.put(Long.toString(told.id()), body);
                } else {
                    added.put(told.key(), body);
                }
            });
            add(spot, Set.of(), added);
        }
    }

    private static String name(Spot spot, Pair pair) {
        return Placeholders.escaped(spot.entries().stream()
                .filter(entry -> entry.place().equals(pair.key().place()))
                .findFirst()
                .orElseThrow()
                .key());
    }

    /** OVH gives neither their texts nor their keys. */
    private void certificates(Spot spot) {
        for (Entry entry : spot.entries()) {
            String key = entry.key();
            boolean isThere = lb.certificates().stream()
                    .anyMatch(each -> key.equals(each.displayName()) || key.equals(Long.toString(each.id())));
            if (!isThere && !isAbsent(entry.value()) && entry.value() instanceof Mapping) {
                changes.add("- certificates/" + key);
                page.remove(edits, spot.source(), own(spot, entry));
            } else if (isThere) {
                remarks.add(
                        "%s: whether certificate %s is the one that is there is not told: OVH gives neither its text nor its key"
                                .formatted(entry.place(), key));
            }
        }
    }

    // ---- objects

    private void object(ToldCollection collection, String path, Told told, Spot spot) {
        List<Section> inside = collection.section().parts(collection.protocol());
        Map<String, Object> more = new LinkedHashMap<>();
        for (Entry entry : spot.entries()) {
            Optional<Pair> own = spot.own(entry);
            Optional<Section> part = inside.stream()
                    .filter(each -> each.name().equals(entry.key()))
                    .findFirst();
            if (part.isPresent()) {
                part(collection, path, told, spot, entry, part.get(), more);
            } else if (entry.value().json().asText().equals(ObjectReader.ABSENT)
                    && entry.key().equals(ObjectReader.STATE)) {
                changes.add("~ %s: it is there".formatted(path));
                own.ifPresentOrElse(
                        pair -> page.remove(edits, spot.source(), pair),
                        () -> more.put(ObjectReader.STATE, ObjectReader.PRESENT));
            } else if (collection.field(entry.key()) != null) {
                field(collection, path, told, spot, entry, more);
            }
        }
        told.fields().forEach((name, value) -> {
            if (spot.entry(name).isEmpty() && !isByItself(name, value, told)) {
                changes.add("~ %s: + %s: %s".formatted(path, name, Yaml.inline(value)));
                more.put(name, value);
            }
        });
        if (!more.isEmpty()) {
            add(spot, inside.stream().map(Section::name).collect(Collectors.toSet()), more);
        }
    }

    /** What one has when nothing is said of it. */
    private static boolean isByItself(String field, Object value, Told told) {
        return field.equals("status")
                && (value.equals("active")
                        || told.all().containsKey("redirect")
                                && value.toString().equals("302")
                        || told.all().containsKey("reject") && value.toString().equals("403"));
    }

    private void part(
            ToldCollection collection,
            String path,
            Told told,
            Spot spot,
            Entry entry,
            Section part,
            Map<String, Object> more) {
        ToldCollection within = new ToldCollection(
                part,
                collection.protocol(),
                path + "/" + part.name(),
                told.parts().getOrDefault(part.name(), List.of()),
                Optional.of(told));
        Optional<Pair> own = spot.own(entry).filter(pair -> !pair.value().is(Form.ALIAS));
        if (own.isPresent()) {
            collection(within, spot.at(entry, own.get()), (all, any) -> true);
        } else if (differs(within, entry)) {
            throw Page.refusal(
                    entry.place(),
                    "%s of %s differ from those of others, from which it takes them: write them there"
                            .formatted(part.name(), path));
        }
    }

    /** Whether what is taken from elsewhere is not so. */
    private boolean differs(ToldCollection collection, Entry entry) {
        return tried(trial -> trial.collection(
                collection,
                new Spot(entry.value(), page.source(entry.value(), entry.place()), null),
                (all, any) -> true));
    }

    private boolean differs(ToldCollection collection, String path, Told told, Entry entry) {
        return tried(trial -> trial.object(
                collection, path, told, new Spot(entry.value(), page.source(entry.value(), entry.place()), null)));
    }

    private boolean tried(Consumer<DocumentUpdate> what) {
        Edits scratch = new Edits();
        what.accept(new DocumentUpdate(page, lb, parts, scratch, new HashSet<>(), new HashSet<>()));
        return !scratch.isEmpty();
    }

    private void field(
            ToldCollection collection, String path, Told told, Spot spot, Entry entry, Map<String, Object> more) {
        String name = entry.key();
        Object value = told.all().get(name);
        Optional<Pair> own = spot.own(entry);
        if (own.isPresent()
                && value instanceof Map<?, ?> fields
                && entry.value() instanceof Mapping
                && own.get().value().is(Form.MAPPING, Form.FLOW_MAPPING)) {
            fields(collection, path + "." + name, told, name, spot.at(entry, own.get()), fields);
            return;
        }
        if (collection.isSo(told, entry.key(), entry.value().json())) {
            return;
        }
        if (own.isEmpty()) {
            Object said = value == null ? usual(collection, entry) : value;
            changes.add("~ %s: %s: %s -> %s".formatted(path, name, entry.value().json(), Yaml.inline(said)));
            more.put(name, said);
        } else if (value == null) {
            changes.add(
                    "- %s: %s: %s".formatted(path, name, page.written(own.get().value())));
            page.remove(edits, spot.source(), own.get());
        } else {
            value(collection, path, name, spot.at(entry, own.get()), value);
        }
    }

    private void value(ToldCollection collection, String path, String name, Spot spot, Object value) {
        if (value instanceof List<?> all
                && spot.node() instanceof Sequence list
                && spot.source().is(Form.LIST, Form.FLOW_LIST)) {
            items(collection, path, collection.field(name), spot, list, all);
            return;
        }
        changes.add("~ %s: %s: %s -> %s".formatted(path, name, page.written(spot.source()), Yaml.inline(value)));
        page.replace(edits, spot.source(), value, spot.node().json().isNumber());
    }

    /** Values of a list: those that are so stay, and what takes the place of others stands in theirs. */
    private void items(ToldCollection collection, String path, Parameter field, Spot spot, Sequence list, List<?> all) {
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
            Source item = spot.source().items().get(i);
            if (missing.isEmpty()) {
                changes.add("- %s: %s: %s".formatted(path, name, page.written(item)));
                page.remove(edits, spot.source(), item);
            } else {
                Object other = missing.remove(0);
                changes.add("~ %s: %s: %s -> %s".formatted(path, name, page.written(item), Yaml.inline(other)));
                page.replace(edits, item, other, list.items().get(i).json().isNumber());
            }
        }
        if (!missing.isEmpty()) {
            missing.forEach(each -> changes.add("+ %s: %s: %s".formatted(path, name, Yaml.inline(each))));
            page.add(edits, spot.source(), spot.key(), missing);
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
    private void fields(ToldCollection collection, String path, Told told, String name, Spot spot, Map<?, ?> fields) {
        Map<String, Object> more = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            if (spot.entry(field.toString()).isEmpty()) {
                changes.add("~ %s: + %s: %s".formatted(path, field, Yaml.inline(value)));
                more.put(field.toString(), value);
            }
        });
        for (Entry entry : spot.entries()) {
            Fields alone = Fields.none().with(entry.key(), entry.value().json());
            if (collection.isSo(told, name, alone.json())) {
                continue;
            }
            Object value = fields.get(entry.key());
            Optional<Pair> own = spot.own(entry);
            changes.add("~ %s: %s: %s -> %s"
                    .formatted(path, entry.key(), entry.value().json(), value == null ? "none" : Yaml.inline(value)));
            if (own.isEmpty()) {
                more.put(entry.key(), value == null ? Parameter.NONE : value);
            } else if (value == null) {
                page.remove(edits, spot.source(), own.get());
            } else {
                page.replace(
                        edits, own.get().value(), value, entry.value().json().isNumber());
            }
        }
        if (!more.isEmpty()) {
            add(spot, Set.of(), more);
        }
    }

    /** What takes back what is taken from elsewhere. */
    private static Object usual(ToldCollection collection, Entry entry) {
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

    /** @param last what stands behind everything else */
    private void add(Spot spot, Set<String> last, Map<String, Object> values) {
        Optional<Pair> behind = spot.source().pairs().stream()
                .filter(pair -> spot.entries().stream()
                        .noneMatch(entry -> entry.place().equals(pair.key().place()) && last.contains(entry.key())))
                .reduce((one, other) -> other);
        page.add(edits, spot.source(), behind, spot.key(), values);
    }

    private static Map<String, Object> single(String key, Object value) {
        Map<String, Object> single = new LinkedHashMap<>();
        single.put(key, value);
        return single;
    }
}
