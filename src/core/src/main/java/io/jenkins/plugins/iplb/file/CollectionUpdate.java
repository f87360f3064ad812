package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.file.Source.Form;
import io.jenkins.plugins.iplb.file.Source.Pair;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import io.jenkins.plugins.iplb.file.YamlNode.Sequence;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks through one collection for what is not there any more, and for what it lacks. */
final class CollectionUpdate {
    private final Update update;
    private final ToldCollection collection;
    private final Spot spot;
    private final Choice choice;
    private final Set<Told> claimed = new HashSet<>();

    /** Whether a told object, or a key that is for none, is to be looked at. */
    interface Choice {
        /** Everything. */
        Choice ALL = new Choice() {
            @Override
            public boolean has(ToldCollection collection, Told told) {
                return true;
            }

            @Override
            public boolean has(ToldCollection collection, String key) {
                return true;
            }
        };

        boolean has(ToldCollection collection, Told told);

        boolean has(ToldCollection collection, String key);
    }

    CollectionUpdate(Update update, ToldCollection collection, Spot spot, Choice choice) {
        this.update = update;
        this.collection = collection;
        this.spot = spot;
        this.choice = choice;
    }

    void write() {
        if (!collection.section().canBeTold()) {
            certificates();
            return;
        }
        if (spot.node() instanceof Sequence nameless) {
            items("", spot, nameless);
        }
        for (Entry entry : spot.entries()) {
            if (!entry.key().equals(StateReader.EXACT) || !entry.value().json().isBoolean()) {
                entry(entry);
            }
        }
        List<Told> others = collection.there().stream()
                .filter(told -> !claimed.contains(told) && choice.has(collection, told))
                .toList();
        if (!others.isEmpty()) {
            add(others);
        }
    }

    private void entry(Entry entry) {
        String key = entry.key();
        Optional<Pair> own = spot.own(entry);
        if (entry.value() instanceof Sequence several) {
            Pair pair = own.filter(each -> each.value().is(Form.LIST, Form.FLOW_LIST))
                    .orElseThrow(() -> Page.refusal(
                            entry.place(), "%s takes its objects from elsewhere: write them there".formatted(key)));
            items(key, spot.at(entry, pair), several);
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
            update.changes().add("- " + path);
            update.page()
                    .remove(
                            update.edits(),
                            spot.source(),
                            own.orElseThrow(() -> Page.refusal(
                                    entry.place(), "%s is gone, and stands where others take it from".formatted(key))));
        } else if (own.isPresent()) {
            object(path, found.get(), spot.at(entry, own.get()));
            rename(path, found.get(), own.get().key(), key);
        } else if (differs(path, found.get(), entry)) {
            update.changes().add("~ " + path);
            update.add(spot, Set.of(), Map.of(key, Export.body(collection.section(), found.get())));
        }
    }

    private static boolean isAbsent(YamlNode object) {
        return object.json().path(ObjectReader.STATE).asText().equals(ObjectReader.ABSENT);
    }

    /** A server whose key says another port, or does not tell it from others. */
    private void rename(String path, Told told, Source source, String key) {
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
            update.changes().add("~ %s: %s -> %s".formatted(path, key, told.key()));
            update.page().replace(update.edits(), source, told.key(), true);
        }
    }

    /** Several of one name, each in its zone; or routes, which need no names. @param key empty for these */
    private void items(String key, Spot list, Sequence several) {
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
                object(path, found.get(), new Spot(node, item, null));
            } else if (!isAbsent(node)) {
                update.changes().add("- " + path);
                update.page().remove(update.edits(), list.source(), item);
            }
        }
    }

    private void add(List<Told> others) {
        others.forEach(told -> update.changes()
                .add("+ %s/%s"
                        .formatted(collection.path(), told.key().isEmpty() ? Yaml.inline(told.all()) : told.key())));
        boolean needsList = collection.section().mayBeNameless()
                && others.stream()
                        .anyMatch(told ->
                                told.key().isEmpty() || spot.entry(told.key()).isPresent());
        if (spot.node() instanceof Sequence || needsList && spot.entries().isEmpty()) {
            update.page()
                    .add(
                            update.edits(),
                            spot.source(),
                            spot.key(),
                            others.stream().<Object>map(Told::all).toList());
        } else if (needsList) {
            spot.entry(StateReader.EXACT).ifPresent(exact -> {
                throw Page.refusal(exact.place(), "routes without a name are there, which exact takes away");
            });
            update.changes().add("~ %s: a list, since not all of them have a name".formatted(collection.path()));
            update.page().list(update.edits(), spot.source(), pair -> Yaml.inline("name", name(pair)));
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
            update.add(spot, Set.of(), added);
        }
    }

    private String name(Pair pair) {
        return Placeholders.escaped(spot.entries().stream()
                .filter(entry -> entry.place().equals(pair.key().place()))
                .findFirst()
                .orElseThrow()
                .key());
    }

    /** OVH gives neither their texts nor their keys. */
    private void certificates() {
        for (Entry entry : spot.entries()) {
            String key = entry.key();
            boolean isThere = update.lb().certificates().stream()
                    .anyMatch(each -> key.equals(each.displayName()) || key.equals(Long.toString(each.id())));
            if (!isThere && !isAbsent(entry.value()) && entry.value() instanceof Mapping) {
                update.changes().add("- certificates/" + key);
                update.page().remove(update.edits(), spot.source(), spot.required(entry));
            } else if (isThere) {
                update.remarks()
                        .add(
                                "%s: whether certificate %s is the one that is there is not told: OVH gives neither its text nor its key"
                                        .formatted(entry.place(), key));
            }
        }
    }

    private void object(String path, Told told, Spot at) {
        new ObjectUpdate(update, collection, path, told, at).write();
    }

    /** Whether what it takes from elsewhere is not so. */
    private boolean differs(String path, Told told, Entry entry) {
        Spot there = new Spot(entry.value(), update.page().source(entry.value(), entry.place()), null);
        return update.isNeeded(trial -> new ObjectUpdate(trial, collection, path, told, there).write());
    }
}
