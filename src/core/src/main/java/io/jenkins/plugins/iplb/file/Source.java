package io.jenkins.plugins.iplb.file;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A node of a YAML file as it is written: aliases and merge keys are not followed.
 *
 * @param place where it starts, its anchor included
 * @param start the same as an offset in the text
 * @param content behind its anchor
 * @param end behind its last letter; of what stands in lines of its own, behind the last thing in it
 * @param column how far from the start of its line what is in it stands
 * @param inFlow whether it stands within braces or brackets
 * @param anchor its own, or the one that an alias means
 * @param pairs of a mapping
 * @param items of a list
 */
record Source(
        Form form,
        Place place,
        int start,
        int content,
        int end,
        int column,
        boolean inFlow,
        Optional<String> anchor,
        List<Pair> pairs,
        List<Source> items) {

    /** How it is written. */
    enum Form {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        LINES,
        ALIAS,
        MAPPING,
        FLOW_MAPPING,
        LIST,
        FLOW_LIST
    }

    /** One key of a mapping with its value. */
    record Pair(Source key, Source value) {
        int end() {
            return Math.max(key.end(), value.end());
        }
    }

    /** Whether nothing is written there, but perhaps an anchor. */
    boolean isEmpty() {
        return content == end;
    }

    boolean is(Form... some) {
        return List.of(some).contains(form);
    }

    /** The documents of a file that is YAML. @param file as messages call it */
    static List<Source> documents(String file, String text) {
        Reading reading = new Reading(file, text);
        List<Source> documents = new ArrayList<>();
        while (reading.events.hasNext()) {
            if (reading.events.next().getEventId() == Event.ID.DocumentStart) {
                documents.add(reading.node(reading.events.next(), false));
            }
        }
        return documents;
    }

    private static final class Reading {
        private final String file;
        private final String text;
        private final int[] offsets;
        private final Iterator<Event> events;

        private Reading(String file, String text) {
            this.file = file;
            this.text = text;
            this.offsets = offsets(text);
            this.events =
                    new Parse(LoadSettings.builder().build()).parseString(text).iterator();
        }

        /** Of each character that the parser counts. */
        private static int[] offsets(String text) {
            int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
            int offset = 0;
            for (int point = 0; point < offsets.length; point++) {
                offsets[point] = offset;
                offset += offset < text.length() ? Character.charCount(text.codePointAt(offset)) : 0;
            }
            return offsets;
        }

        private int offset(Optional<Mark> mark) {
            return offsets[Math.min(mark.orElseThrow().getIndex(), offsets.length - 1)];
        }

        private Source node(Event event, boolean inFlow) {
            int start = offset(event.getStartMark());
            Place place = Place.of(file, event);
            if (event instanceof AliasEvent alias) {
                return new Source(
                        Form.ALIAS,
                        place,
                        start,
                        start,
                        offset(event.getEndMark()),
                        place.column() - 1,
                        inFlow,
                        Optional.of(alias.getAlias().getValue()),
                        List.of(),
                        List.of());
            }
            Optional<String> anchor = ((NodeEvent) event).getAnchor().map(Anchor::getValue);
            int content = behindAnchor(start, anchor);
            if (event instanceof ScalarEvent scalar) {
                int end = Math.max(content, offset(event.getEndMark()));
                return new Source(
                        form(scalar), place, start, content, end, column(start), inFlow, anchor, List.of(), List.of());
            }
            boolean isFlow = ((CollectionStartEvent) event).isFlow();
            return event.getEventId() == Event.ID.MappingStart
                    ? mapping(place, start, content, inFlow, isFlow, anchor)
                    : list(place, start, content, inFlow, isFlow, anchor);
        }

        private int behindAnchor(int start, Optional<String> anchor) {
            if (anchor.isEmpty()) {
                return start;
            }
            int behind = start + 1 + anchor.get().length();
            int next = behind;
            while (next < text.length() && text.charAt(next) == ' ') {
                next++;
            }
            boolean isLast = next == text.length() || "\r\n#,}]".indexOf(text.charAt(next)) >= 0;
            return isLast ? behind : next;
        }

        private static Form form(ScalarEvent scalar) {
            return switch (scalar.getScalarStyle()) {
                case SINGLE_QUOTED -> Form.SINGLE_QUOTED;
                case DOUBLE_QUOTED -> Form.DOUBLE_QUOTED;
                case LITERAL, FOLDED -> Form.LINES;
                default -> Form.PLAIN;
            };
        }

        private Source mapping(
                Place place, int start, int content, boolean inFlow, boolean isFlow, Optional<String> anchor) {
            List<Pair> pairs = new ArrayList<>();
            Event next = events.next();
            for (; next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
                Source key = node(next, inFlow || isFlow);
                pairs.add(new Pair(key, node(events.next(), inFlow || isFlow)));
            }
            int end = isFlow || pairs.isEmpty()
                    ? offset(next.getEndMark())
                    : pairs.get(pairs.size() - 1).end();
            Form form = isFlow ? Form.FLOW_MAPPING : Form.MAPPING;
            int column = column(pairs.isEmpty() ? start : pairs.get(0).key().start());
            return new Source(form, place, start, content, end, column, inFlow, anchor, List.copyOf(pairs), List.of());
        }

        private Source list(
                Place place, int start, int content, boolean inFlow, boolean isFlow, Optional<String> anchor) {
            List<Source> items = new ArrayList<>();
            Event next = events.next();
            for (; next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
                items.add(node(next, inFlow || isFlow));
            }
            int end = isFlow || items.isEmpty()
                    ? offset(next.getEndMark())
                    : items.get(items.size() - 1).end();
            Form form = isFlow ? Form.FLOW_LIST : Form.LIST;
            int dash = items.isEmpty() || isFlow
                    ? start
                    : text.lastIndexOf('-', items.get(0).start() - 1);
            return new Source(
                    form, place, start, content, end, column(dash), inFlow, anchor, List.of(), List.copyOf(items));
        }

        private int column(int offset) {
            return text.codePointCount(text.lastIndexOf('\n', offset - 1) + 1, offset);
        }
    }
}
