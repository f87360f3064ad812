package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An open entry in a {@link SharedDocument}. The file is the truth; what is remembered here only repairs a loss. */
final class FileEntry implements OpenEntry {
    private final SharedDocument document;
    private final RecordClock clock;
    private final String id;

    /** As text, which takes a fifth of its tree's room: an entry may be open for hours, and thousands at a time. */
    private byte[] lastWritten;

    FileEntry(SharedDocument document, RecordClock clock, String id, ObjectNode written) {
        this.document = document;
        this.clock = clock;
        this.id = id;
        this.lastWritten = Json.compact(written);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void planned(JsonNode before, List<Difference> diff) {
        write(entry -> {
            entry.set("before", Redaction.of(before));
            entry.set("diff", Redaction.of(Json.MAPPER.valueToTree(diff)));
        });
    }

    @Override
    public SentCall sent(String method, String path, JsonNode body) {
        RecordedCall[] call = new RecordedCall[1];
        ObjectNode written = write(entry -> {
            call[0] = RecordedCall.sent(method, path, Redaction.of(body), clock.instant());
            calls(entry).add(Json.MAPPER.<ObjectNode>valueToTree(call[0]));
        });
        return new FileCall(this, calls(written).size() - 1, call[0]);
    }

    @Override
    public List<SentCall> unsettled() {
        List<SentCall> unsettled = new ArrayList<>();
        Document content = document.read();
        List<RecordedCall> calls =
                content.find(id).map(content::typed).map(RecordedEntry::calls).orElse(List.of());
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).fate() == Fate.UNKNOWN) {
                unsettled.add(new FileCall(this, i, calls.get(i)));
            }
        }
        return List.copyOf(unsettled);
    }

    @Override
    public void task(TaskKind kind, long taskId, List<String> zones, String status) {
        write(entry -> upsert(entry, kind, taskId, zones, status));
    }

    @Override
    public void taskEnded(TaskKind kind, long taskId, List<String> zones, String status) {
        write(entry -> {
            ObjectNode task = upsert(entry, kind, taskId, zones, status);
            if (!task.hasNonNull("endedAt")) {
                task.put("endedAt", now());
            }
        });
    }

    @Override
    public void after(JsonNode after) {
        write(entry -> entry.set("after", Redaction.of(after)));
    }

    @Override
    public void end(Outcome outcome, ObjectNode result, RecordedError error) {
        if (outcome == Outcome.IN_PROGRESS) {
            throw new IllegalArgumentException("An entry cannot end in progress");
        }
        write(entry -> {
            entry.put("endedAt", now());
            entry.put("outcome", outcome.code());
            entry.set("result", Redaction.of(result));
            entry.set("error", Json.MAPPER.valueToTree(error));
        });
    }

    /** Lets {@code event} change the call at {@code index}, provided that its fate is unknown still. */
    void writeCall(int index, Consumer<ObjectNode> event) {
        write(entry -> {
            ObjectNode call = (ObjectNode) calls(entry).get(index);
            if (!Fate.UNKNOWN.code().equals(call.path("fate").textValue())) {
                throw new IllegalStateException("The fate of %s %s is known already: %s"
                        .formatted(
                                call.path("method").asText(),
                                call.path("path").asText(),
                                call.path("fate").asText()));
            }
            event.accept(call);
        });
    }

    String now() {
        return clock.instant().toString();
    }

    /** @return the whole entry as it is on disk now */
    private synchronized ObjectNode write(Consumer<ObjectNode> event) {
        ObjectNode[] written = new ObjectNode[1];
        document.update(content -> {
            ObjectNode entry = content.find(id).orElse(null);
            boolean lost = entry == null;
            if (lost) {
                // Someone deleted the file under us, say by cleaning a workspace. What was sent stays known all the
                // same.
                entry = Json.object(lastWritten);
                content.append(entry);
            }
            if (!Outcome.IN_PROGRESS.code().equals(entry.path("outcome").textValue())) {
                throw new IllegalStateException("The entry %s has ended: it is not altered".formatted(id));
            }
            ObjectNode before = entry.deepCopy();
            clock.follow(content.latest());
            event.accept(entry);
            written[0] = entry;
            return lost || !entry.equals(before);
        });
        lastWritten = Json.compact(written[0]);
        return written[0];
    }

    private static ArrayNode calls(ObjectNode entry) {
        return entry.withArray("calls");
    }

    private ObjectNode upsert(ObjectNode entry, TaskKind kind, long taskId, List<String> zones, String status) {
        ArrayNode tasks = entry.withArray("tasks");
        for (JsonNode known : tasks) {
            if (kind.code().equals(known.path("kind").textValue())
                    && taskId == known.path("id").longValue()) {
                ObjectNode task = (ObjectNode) known;
                task.put("status", status);
                task.set("zones", Json.MAPPER.valueToTree(zones));
                return task;
            }
        }
        ObjectNode task = Json.MAPPER.valueToTree(new RecordedTask(kind, taskId, zones, status, clock.instant(), null));
        tasks.add(task);
        return task;
    }
}
