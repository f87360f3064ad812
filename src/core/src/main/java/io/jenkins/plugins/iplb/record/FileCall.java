package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A call of a {@link FileEntry}, told from the others by its place: calls are appended and never taken out. */
final class FileCall implements SentCall {
    private final FileEntry entry;
    private final int index;
    private final RecordedCall call;

    FileCall(FileEntry entry, int index, RecordedCall call) {
        this.entry = entry;
        this.index = index;
        this.call = call;
    }

    @Override
    public String method() {
        return call.method();
    }

    @Override
    public String path() {
        return call.path();
    }

    @Override
    public JsonNode body() {
        return call.body();
    }

    @Override
    public void done(int status, String queryId, Instant ovhDate, Long taskId) {
        entry.writeCall(index, json -> {
            answer(json, Fate.DONE, status, queryId, null);
            putIfKnown(json, "ovhDate", ovhDate == null ? null : ovhDate.toString());
            if (taskId != null) {
                json.put("taskId", taskId);
            }
        });
    }

    @Override
    public void refused(int status, String queryId, String error) {
        answered(Fate.REFUSED, status, queryId, error);
    }

    @Override
    public void notSent(String error) {
        answered(Fate.NOT_SENT, null, null, error);
    }

    @Override
    public void lost(Integer status, String queryId, String error) {
        answered(Fate.UNKNOWN, status, queryId, error);
    }

    @Override
    public void tookEffect() {
        settled(Fate.TOOK_EFFECT);
    }

    @Override
    public void noEffect() {
        settled(Fate.NO_EFFECT);
    }

    private void answered(Fate fate, Integer status, String queryId, String error) {
        entry.writeCall(index, json -> answer(json, fate, status, queryId, error));
    }

    private void answer(ObjectNode json, Fate fate, Integer status, String queryId, String error) {
        if (status != null) {
            json.put("answeredAt", entry.now()).put("status", status);
        }
        putIfKnown(json, "queryId", queryId);
        putIfKnown(json, "error", error);
        json.put("fate", fate.code());
    }

    private void settled(Fate fate) {
        entry.writeCall(index, json -> json.put("settledAt", entry.now()).put("fate", fate.code()));
    }

    private static void putIfKnown(ObjectNode json, String field, String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
