package io.jenkins.plugins.iplb.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is to be written in the place of what stands in a text. */
final class Edits {
    private final List<Edit> all = new ArrayList<>();

    private record Edit(int start, int end, String text) {
        private boolean meets(Edit other) {
            return start < other.end && other.start < end || start == other.start;
        }
    }

    /** Left out where something else is to be written already: whoever looks again finds it again. */
    void replace(int start, int end, String text) {
        Edit edit = new Edit(start, end, text);
        if (all.stream().noneMatch(edit::meets)) {
            all.add(edit);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    String in(String text) {
        StringBuilder changed = new StringBuilder(text);
        all.stream()
                .sorted(Comparator.comparingInt(Edit::start).reversed())
                .forEach(edit -> changed.replace(edit.start(), edit.end(), edit.text()));
        return changed.toString();
    }
}
