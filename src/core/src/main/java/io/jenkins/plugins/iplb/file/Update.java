package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.file.Source.Pair;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is written into a page, and what is said of it.
 *
 * @param lb what is there
 * @param changes gets what is different, and {@code remarks} what cannot be told
 */
record Update(Page page, Description lb, Edits edits, Set<String> changes, Set<String> remarks) {

    /** Whether that would write something. */
    boolean isNeeded(Consumer<Update> what) {
        Edits scratch = new Edits();
        what.accept(new Update(page, lb, scratch, new HashSet<>(), new HashSet<>()));
        return !scratch.isEmpty();
    }

    /** @param last what stands behind everything else */
    void add(Spot spot, Set<String> last, Map<String, Object> values) {
        Optional<Pair> behind = spot.source().pairs().stream()
                .filter(pair -> spot.entries().stream()
                        .noneMatch(entry -> entry.place().equals(pair.key().place()) && last.contains(entry.key())))
                .reduce((one, other) -> other);
        page.add(edits, spot.source(), behind, spot.key(), values);
    }
}
