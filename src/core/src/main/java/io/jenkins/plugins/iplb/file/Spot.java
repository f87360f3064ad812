package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.file.Source.Pair;
import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.file.YamlNode.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * Something in a document, as it is read and as it is written.
 *
 * @param key what it stands behind; null for an item of a list
 */
record Spot(YamlNode node, Source source, Source key) {
    List<Entry> entries() {
        return node instanceof Mapping mapping ? mapping.entries() : List.of();
    }

    Optional<Entry> entry(String name) {
        return entries().stream().filter(each -> each.key().equals(name)).findFirst();
    }

    /** The lines of an entry; empty for one that is taken from elsewhere. */
    Optional<Pair> own(Entry entry) {
        return source.pairs().stream()
                .filter(pair -> pair.key().place().equals(entry.place()))
                .findFirst();
    }

    Spot at(Entry entry, Pair pair) {
        return new Spot(entry.value(), pair.value(), pair.key());
    }

    /** @throws io.jenkins.plugins.iplb.failure.IplbException for one that is taken from elsewhere */
    Pair required(Entry entry) {
        return own(entry)
                .orElseThrow(() -> Page.refusal(
                        source.place(), "%s is taken from elsewhere: write it there itself".formatted(entry.key())));
    }
}
