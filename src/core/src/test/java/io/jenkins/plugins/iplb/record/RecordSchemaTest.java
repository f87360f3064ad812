package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordSchemaTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            // The values are JSON in single quotes, which are this source's own by default.
            quoteCharacter = '`',
            textBlock = """
                    /                | comment     | 'hello'
                    /                | version     | 2
                    /                | format      | 'other'
                    /entries/0       | comment     | 'hello'
                    /entries/0       | id          | 'seven'
                    /entries/0       | operation   | 'Add route'
                    /entries/0       | outcome     | 'splendid'
                    /entries/0       | outcome     | 'in-progress'
                    /entries/0       | endedAt     | null
                    /entries/0       | startedAt   | '2026-03-01T10:00:00+01:00'
                    /entries/0       | endpoint    | 'https://me:secret@eu.api.ovh.com/1.0'
                    /entries/0       | by          | {'build': 12}
                    /entries/0/calls/0 | method    | 'GET'
                    /entries/0/calls/0 | fate      | 'failed'
                    /entries/0/calls/0 | fate      | 'took-effect'
                    /entries/0/calls/0 | status    | 42
                    /entries/0/calls/0 | path      | 'https://eu.api.ovh.com/1.0/me'
                    /entries/0/calls/0 | headers   | {'X-Ovh-Consumer': 'x'}
                    /entries/0/tasks/0 | kind      | 'pigeon'
                    /entries/0/tasks/0 | status    | ''
                    /entries/0/diff/0  | path      | ''
                    /entries/0/about   | effect    | 'mended'
                    /entries/0/about/subject    | kind | 'pigeon'
                    /entries/0/about/subject    | id   | '7'
                    /entries/0/about/subject/in | kind | null
                    """)
    void refusesWhatVersionOneDoesNotWrite(String where, String field, String value) throws IOException {
        JsonNode record = record();
        assertThat(Schema.problems(record.toString())).isEmpty();

        ObjectNode target = (ObjectNode) record.at(where.equals("/") ? "" : where);
        target.set(field, Samples.json("{'value': " + value + "}").get("value"));

        assertThat(Schema.problems(record.toString())).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryFate(Fate fate) throws IOException {
        assertThat(allowed("/$defs/call/properties/fate/enum")).contains(fate.code());
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryOutcome(Outcome outcome) throws IOException {
        assertThat(allowed("/$defs/entry/properties/outcome/enum")).contains(outcome.code());
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryKindOfTask(TaskKind kind) throws IOException {
        assertThat(allowed("/$defs/task/properties/kind/enum")).contains(kind.code());
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryKindOfFailure(FailureKind kind) throws IOException {
        assertThat(kind.code())
                .matches(schema().at("/$defs/error/properties/kind/pattern").textValue());
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryEffect(Effect effect) throws IOException {
        assertThat(allowed("/$defs/about/properties/effect/enum")).contains(effect.code());
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryKindOfSubject(Kind kind) throws IOException {
        assertThat(allowed("/$defs/subject/properties/kind/enum")).contains(kind.code());
    }

    @Test
    void isTheOneThatRecordsName() throws IOException {
        assertThat(schema().get("$id")).isEqualTo(record().get("$schema"));
    }

    /** A record with a bit of everything. */
    private JsonNode record() throws IOException {
        Path file = directory.resolve("iplb-changes.json");
        RecordFile.open(file)
                .write(RecordedEntry.begun(Samples.header(), START)
                        .withPlan(
                                Samples.about(),
                                Samples.json("{}"),
                                List.of(new Difference("route", null, Samples.json("{}"))))
                        .withCall(RecordedCall.sent("POST", "/ipLoadbalancing/x/tcp/route", Samples.json("{}"), START))
                        .withAnswer(0, call -> call.done(200, "EU.ext-3.abc", START))
                        .withTask(new RecordedTask(TaskKind.REFRESH, 1, List.of("gra"), "done", START, START))
                        .withAfter(Samples.json("{}"))
                        .ended(Outcome.CHANGED, Samples.json("{}"), null, START));
        JsonNode record = Samples.onDisk(file);
        Files.delete(file);
        return record;
    }

    private static Stream<String> allowed(String pointer) throws IOException {
        return schema().at(pointer).valueStream().map(JsonNode::textValue);
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = RecordSchemaTest.class.getResourceAsStream("iplb-changes-1.schema.json")) {
            return RecordJson.MAPPER.readTree(in);
        }
    }
}
