package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.file.YamlNode.Entry;
import io.jenkins.plugins.iplb.parameter.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is found to be wrong while a file is read, so that its author hears of everything at once. */
final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    /** The first one at a place: what else is wrong there follows from it. */
    void at(Place place, String message) {
        if (found.stream().noneMatch(known -> known.place().equals(place))) {
            found.add(new Mistake(place, message));
        }
    }

    /** @param what does not have it @param words what it has */
    void unknown(Entry entry, String what, List<String> words) {
        String hint = Nearest.to(entry.key(), words)
                .map("; did you mean %s?"::formatted)
                .orElseGet(() -> ", but " + String.join(", ", words));
        at(entry.place(), "%s: %s has no such field%s".formatted(entry.key(), what, hint));
    }

    int count() {
        return found.size();
    }

    /** @throws BadFile when there are some */
    void refuse() {
        if (!found.isEmpty()) {
            throw refusal();
        }
    }

    /** In the order of the file. */
    BadFile refusal() {
        found.sort(Comparator.comparing(Mistake::place));
        return new BadFile(List.copyOf(found));
    }
}
