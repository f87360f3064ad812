package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks through one document for what is not as it says, and writes down what to change. */
final class DocumentUpdate implements CollectionUpdate.Choice {
    private final Update update;
    private final Parts parts;

    /** @param parts are looked at */
    DocumentUpdate(Update update, Parts parts) {
        this.update = update;
        this.parts = parts;
    }

    void document(Mapping document, Source source) {
        Spot whole = new Spot(document, source, null);
        if (parts.have(Section.SETTINGS, Optional.empty())) {
            update.lb().settings().ifPresent(settings -> settings(whole, settings));
        }
        sections(whole, Optional.empty(), "");
        for (Protocol protocol : Protocol.values()) {
            Optional<Entry> family = whole.entry(protocol.code());
            if (family.isPresent()) {
                Entry entry = family.get();
                sections(whole.at(entry, whole.required(entry)), Optional.of(protocol), protocol.code() + "/");
            } else {
                asked(protocol).ifPresent(asked -> put(whole, "", protocol.code(), asked));
            }
        }
    }

    private void settings(Spot document, Told settings) {
        ToldCollection alone =
                new ToldCollection(Section.SETTINGS, Optional.empty(), "", List.of(settings), Optional.empty());
        Optional<Entry> entry = document.entry(Section.SETTINGS.name());
        if (entry.isPresent()) {
            new ObjectUpdate(
                            update,
                            alone,
                            Section.SETTINGS.name(),
                            settings,
                            document.at(entry.get(), document.required(entry.get())))
                    .write();
        } else if (parts.askFor(Section.SETTINGS, Optional.empty())
                && !settings.fields().isEmpty()) {
            put(document, "", Section.SETTINGS.name(), settings.fields());
        }
    }

    private void sections(Spot holder, Optional<Protocol> protocol, String path) {
        for (Section section : Section.all(protocol)) {
            Optional<Entry> entry = holder.entry(section.name());
            if (entry.isPresent() && parts.have(section, protocol)) {
                ToldCollection collection = new ToldCollection(
                        section, protocol, path + section.name(), update.lb().all(section, protocol), Optional.empty());
                new CollectionUpdate(update, collection, holder.at(entry.get(), holder.required(entry.get())), this)
                        .write();
            } else if (entry.isEmpty()) {
                Object asked = asked(section, protocol);
                if (asked != null) {
                    put(holder, path, section.name(), asked);
                }
            }
        }
    }

    @Override
    public boolean has(ToldCollection collection, Told told) {
        return parts.have(collection.section(), collection.protocol(), told);
    }

    @Override
    public boolean has(ToldCollection collection, String key) {
        return parts.have(collection.section(), collection.protocol(), key);
    }

    /** What is asked for by name, and is not in the document at all; null for nothing. */
    private Object asked(Section section, Optional<Protocol> protocol) {
        return parts.askFor(section, protocol)
                ? Export.collection(
                        section, parts.of(section, protocol, update.lb().all(section, protocol)))
                : null;
    }

    private Optional<Map<String, Object>> asked(Protocol protocol) {
        Map<String, Object> family = new LinkedHashMap<>();
        for (Section section : Section.all(Optional.of(protocol))) {
            Object asked = asked(section, Optional.of(protocol));
            if (asked != null) {
                family.put(section.name(), asked);
            }
        }
        return Optional.of(family).filter(all -> !all.isEmpty());
    }

    private void put(Spot holder, String path, String key, Object value) {
        update.changes().add("+ " + path + key);
        update.add(holder, Set.of(), Map.of(key, value));
    }
}
