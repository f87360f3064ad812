package io.jenkins.plugins.iplb.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is to be written in the place of what stands in a text. What is to go waits until nothing else is to be written, so
 * that nothing is added next to what is not there any more.
 */
final class Edits {
    private final List<Edit> written = new ArrayList<>();
    private final List<Edit> gone = new ArrayList<>();
    private final List<Edit> rebuilt = new ArrayList<>();

    private record Edit(int start, int end, String text) {
        private boolean meets(Edit other) {
            return start < other.end && other.start < end || start == other.start;
        }
    }

    /** Left out where something else is to be written already: whoever looks again finds it again. */
    void replace(int start, int end, String text) {
        add(written, new Edit(start, end, text));
    }

    /** @param kept what stays of it */
    void remove(int start, int end, String kept) {
        add(gone, new Edit(start, end, kept));
    }

    /** When nothing else is to be written, and nothing is to go. */
    void rebuild(int start, int end, String text) {
        add(rebuilt, new Edit(start, end, text));
    }

    private static void add(List<Edit> all, Edit edit) {
        if (all.stream().noneMatch(edit::meets)) {
            all.add(edit);
        }
    }

    boolean isEmpty() {
        return written.isEmpty() && gone.isEmpty() && rebuilt.isEmpty();
    }

    String in(String text) {
        StringBuilder changed = new StringBuilder(text);
        List<Edit> first = written.isEmpty() ? gone : written;
        (first.isEmpty() ? rebuilt : first)
                .stream()
                        .sorted(Comparator.comparingInt(Edit::start).reversed())
                        .forEach(edit -> changed.replace(edit.start(), edit.end(), edit.text()));
        return changed.toString();
    }
}
