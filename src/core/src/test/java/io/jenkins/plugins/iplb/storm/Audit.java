package io.jenkins.plugins.iplb.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds all records against the log of the sandbox, call by call. */
final class Audit {
    private final List<RecordedEntry> entries = new ArrayList<>();
    private final Map<String, RecordedCall> recorded = new LinkedHashMap<>();
    private final Map<String, Exchange> arrived = new LinkedHashMap<>();

    Audit(List<Path> records, List<Exchange> log) {
        records.stream().filter(Files::exists).forEach(record -> entries.addAll(RecordReader.read(record)));
        for (RecordedEntry entry : entries) {
            for (int call = 0; call < entry.calls().size(); call++) {
                recorded.put(Trail.name(entry.id(), call), entry.calls().get(call));
            }
        }
        log.stream()
                .filter(call -> !call.method().equals("GET"))
                .forEach(call -> assertThat(arrived.put(call.headers().get(Trail.HEADER), call))
                        .isNull());
    }

    int entries() {
        return entries.size();
    }

    int writes() {
        return arrived.size();
    }

    void assertTrue() {
        assertThat(recorded.keySet()).as("writes that arrived").containsAll(arrived.keySet());
        recorded.forEach((name, said) -> assertTrue(name, said, arrived.get(name)));
        entries.forEach(this::assertEnded);
    }

    private static void assertTrue(String name, RecordedCall said, Exchange was) {
        String shown = "%s: %s%n%s".formatted(name, said, was);
        assertThat(said.fate() == Fate.NOT_SENT).as(shown).isEqualTo(was == null);
        if (was == null) {
            return;
        }
        assertThat(said.method() + " " + said.path()).as(shown).isEqualTo(was.method() + " " + was.rawPath());
        assertThat(body(said)).as(shown).isEqualTo(body(was));
        switch (said.fate()) {
            case DONE, TOOK_EFFECT -> assertThat(was.effect()).as(shown).isTrue();
            case REFUSED, NO_EFFECT -> assertThat(was.effect()).as(shown).isFalse();
            default -> assertThat(was.fault()).as(shown).isNotEmpty();
        }
        if (said.queryId() != null) {
            assertThat(said.queryId()).as(shown).isEqualTo(was.queryId());
        }
        if (said.status() != null) {
            assertThat(said.status()).as(shown).isEqualTo(was.status());
        }
    }

    /** It says whether it made a difference, and whoever succeeded knows what became of each thing it made. */
    private void assertEnded(RecordedEntry entry) {
        boolean effect = false;
        for (int call = 0; call < entry.calls().size(); call++) {
            Exchange was = arrived.get(Trail.name(entry.id(), call));
            effect |= was != null && was.effect();
        }
        assertThat(entry.outcome()).as("%s", entry).isNotEqualTo(Outcome.IN_PROGRESS);
        if (entry.outcome() == Outcome.UNCHANGED) {
            assertThat(effect).as("%s", entry).isFalse();
        }
        if (entry.error() == null) {
            assertThat(entry.unsettled())
                    .as("%s", entry)
                    .noneMatch(call -> call.method().equals("POST"));
        }
    }

    private static JsonNode body(RecordedCall said) {
        return said.body() == null ? Json.object() : said.body();
    }

    private static JsonNode body(Exchange was) {
        return was.requestBody().isEmpty() ? Json.object() : Json.parse(was.requestBody());
    }
}
