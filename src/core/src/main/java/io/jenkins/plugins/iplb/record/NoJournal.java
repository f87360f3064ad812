package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps nothing. */
final class NoJournal implements Journal {
    @Override
    public OpenEntry begin(Wish wish) {
        return new NoEntry(wish.id());
    }

    @Override
    public OpenEntry resume(String id) {
        return new NoEntry(id);
    }

    @Override
    public Optional<RecordedEntry> find(String id) {
        return Optional.empty();
    }

    @Override
    public List<RecordedEntry> known(String service) {
        return List.of();
    }

    private record NoEntry(String id) implements OpenEntry {
        @Override
        public void planned(JsonNode before, List<Difference> diff) {}

        @Override
        public SentCall sent(String method, String path, JsonNode body) {
            return new NoCall(method, path, body);
        }

        @Override
        public List<SentCall> unsettled() {
            return List.of();
        }

        @Override
        public void task(TaskKind kind, long taskId, List<String> zones, String status) {}

        @Override
        public void taskEnded(TaskKind kind, long taskId, List<String> zones, String status) {}

        @Override
        public void after(JsonNode after) {}

        @Override
        public void end(Outcome outcome, ObjectNode result, RecordedError error) {}
    }

    private record NoCall(String method, String path, JsonNode body) implements SentCall {
        @Override
        public void done(int status, String queryId, Instant ovhDate, Long taskId) {}

        @Override
        public void refused(int status, String queryId, String error) {}

        @Override
        public void notSent(String error) {}

        @Override
        public void lost(Integer status, String queryId, String error) {}

        @Override
        public void tookEffect() {}

        @Override
        public void noEffect() {}
    }
}
