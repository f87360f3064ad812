package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One whole record in memory, immutable. It stays raw JSON, so that what this version does not know (other entries,
 * additional fields) is written back as it was read. What was put into it is known as what it was, so that the next event
 * of the same entry costs no more than what is new about it.
 */
final class Document {
    static final String FORMAT = "iplb-changes";
    static final int VERSION = 1;
    static final String SCHEMA = "urn:ovh-iplb:iplb-changes:1";

    private static final String ENTRIES = "entries";
    private static final List<String> MOMENTS = List.of("startedAt", "sentAt", "answeredAt", "settledAt", "endedAt");

    private final String name;
    private final ObjectNode root;
    private final ArrayNode entries;

    /** The open entries that were put into it, by id. */
    private final Map<String, RecordedEntry> written;

    private final Instant latest;

    private Document(
            String name, ObjectNode root, ArrayNode entries, Map<String, RecordedEntry> written, Instant latest) {
        this.name = name;
        this.root = root;
        this.entries = entries;
        this.written = written;
        this.latest = latest;
    }

    static Document empty(String name) {
        ObjectNode root = RecordJson.MAPPER
                .createObjectNode()
                .put("$schema", SCHEMA)
                .put("format", FORMAT)
                .put("version", VERSION);
        return new Document(name, root, root.putArray(ENTRIES), Map.of(), Instant.MIN);
    }

    /**
     * @param name what messages call it
     * @throws IplbException of kind {@code USAGE} when this is not a record that this version can add to
     */
    static Document parse(String name, byte[] json) {
        try {
            return of(name, RecordJson.MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            // Jackson's own text speaks of its settings; where to look says more.
            String problem = "it is not well-formed JSON, or has a field twice (line %d, column %d)"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw unusable(name, problem, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #parse}, of what has been parsed already. */
    static Document of(String name, JsonNode json) {
        if (!FORMAT.equals(json.path("format").textValue())) {
            throw unusable(name, "it is not a change record (no \"format\": \"" + FORMAT + "\")", null);
        }
        JsonNode version = json.path("version");
        if (version.isIntegralNumber() && version.bigIntegerValue().compareTo(BigInteger.valueOf(VERSION)) > 0) {
            throw new IplbException(
                    FailureKind.USAGE,
                    "%s is a change record of version %s, and this program writes version %d: update it, or name another file. The file was left as it is."
                            .formatted(name, version, VERSION));
        }
        if (!version.canConvertToInt()
                || version.intValue() != VERSION
                || !(json instanceof ObjectNode root)
                || !(json.path(ENTRIES) instanceof ArrayNode entries)) {
            throw unusable(name, "it is not a whole change record (no \"version\", or no list of \"entries\")", null);
        }
        for (JsonNode entry : entries) {
            if (!entry.isObject()) {
                throw unusable(name, "an entry of it is not a JSON object", null);
            }
        }
        Instant latest = latest(entries.valueStream()
                .flatMap(entry -> Stream.of(
                                Stream.of(entry),
                                entry.path("calls").valueStream(),
                                entry.path("tasks").valueStream())
                        .flatMap(Function.identity())));
        return new Document(name, root, entries, Map.of(), latest);
    }

    Optional<RecordedEntry> find(String id) {
        int place = place(id);
        return place < 0 ? Optional.empty() : Optional.of(typed(entries.get(place)));
    }

    /** @return -1 when there is none of that id */
    private int place(String id) {
        // From the end: whoever looks for an entry has most likely written it last.
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (id.equals(entries.get(i).path("id").textValue())) {
                return i;
            }
        }
        return -1;
    }

    /**
     * With an entry in the place of the one of its id, or after the others. What another version has added to it stays. A
     * secret is replaced, whoever let it into the entry.
     *
     * @return this one when that makes no difference
     * @throws IllegalStateException when the entry has ended: it is not altered
     */
    Document with(RecordedEntry entry) {
        String id = entry.id();
        int place = place(id);
        // It is new, or someone deleted the file under us, say by cleaning a workspace. What was sent stays known.
        ObjectNode there = place < 0 ? RecordJson.MAPPER.createObjectNode() : (ObjectNode) entries.get(place);
        if (place >= 0
                && !Outcome.IN_PROGRESS.code().equals(there.path("outcome").textValue())) {
            throw new IllegalStateException("The entry %s has ended: it is not altered".formatted(id));
        }
        Alteration news = Alteration.of(written.get(id), entry);
        ObjectNode altered = news.in(there);
        if (altered.equals(there)) {
            return this;
        }
        ArrayNode all = RecordJson.MAPPER.createArrayNode().addAll(entries);
        if (place < 0) {
            all.add(altered);
        } else {
            all.set(place, altered);
        }
        ObjectNode record = RecordJson.MAPPER.createObjectNode();
        record.setAll(root);
        record.set(ENTRIES, all);
        Map<String, RecordedEntry> open = new HashMap<>(written);
        open.remove(id);
        if (entry.open()) {
            open.put(id, entry);
        }
        Instant moment = entry.lastMoment();
        return new Document(name, record, all, open, moment.isAfter(latest) ? moment : latest);
    }

    List<RecordedEntry> entries() {
        return entries(Map.of());
    }

    /** Those whose fields have these values: no other one needs to follow the schema. */
    List<RecordedEntry> entries(Map<String, String> fields) {
        List<RecordedEntry> typed = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (fields.entrySet().stream()
                    .allMatch(field ->
                            field.getValue().equals(entry.path(field.getKey()).textValue()))) {
                typed.add(typed(entry));
            }
        }
        return List.copyOf(typed);
    }

    /** The last moment that it tells of by the recorder's clock; {@link Instant#MIN} when it tells of none. */
    Instant latest() {
        return latest;
    }

    private static Instant latest(Stream<? extends JsonNode> told) {
        return told.flatMap(one -> MOMENTS.stream().map(one::path))
                .filter(JsonNode::isTextual)
                .map(moment -> moment(moment.textValue()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** What others have written need not follow the schema. */
    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    private RecordedEntry typed(JsonNode entry) {
        try {
            // The copy keeps the view immutable: it shares no node with this document.
            return RecordJson.MAPPER.treeToValue(entry.deepCopy(), RecordedEntry.class);
        } catch (JsonProcessingException e) {
            String problem = "its entry %s does not follow the schema (%s)"
                    .formatted(entry.path("id").asText("without an id"), e.getOriginalMessage());
            throw unusable(name, problem, e);
        }
    }

    /** Its text. @param before that of the document that this one was made of, or of none */
    Rendering after(Rendering before) {
        return before.next(root);
    }

    private static IplbException unusable(String name, String problem, Throwable cause) {
        return new IplbException(
                FailureKind.USAGE,
                "%s cannot be used as a change record: %s. Name another file, or move this one away. The file was left as it is."
                        .formatted(name, problem),
                cause);
    }
}
