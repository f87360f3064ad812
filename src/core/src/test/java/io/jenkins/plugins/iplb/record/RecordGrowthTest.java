package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.START;
import static io.jenkins.plugins.iplb.record.Samples.about;
import static io.jenkins.plugins.iplb.record.Samples.header;
import static io.jenkins.plugins.iplb.record.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written event by event through one journal, which knows what it has written before. */
class RecordGrowthTest {
    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("iplb-changes.json");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isWhatAWriterWhoKnowsNothingWouldHaveWritten(long seed) throws IOException {
        Path other = directory.resolve("other.json");
        RecordFile knowing = RecordFile.open(file);
        Random random = new Random(seed);
        List<RecordedEntry> entries = new ArrayList<>();
        for (int event = 0; event < 60; event++) {
            int place = random.nextInt(entries.size() + 1);
            RecordedEntry next = place == entries.size() ? begun(random) : event(entries.get(place), random, event);
            if (place == entries.size()) {
                entries.add(next);
            } else {
                entries.set(place, next);
            }
            // Now and then somebody else comes between, who knows nothing of what is known here.
            (random.nextInt(8) == 0 ? RecordFile.open(file) : knowing).write(next);
            RecordFile.open(other).write(next);
            if (random.nextInt(20) == 0) {
                String unknown = "\"mood %d\": 1.10, \"calls\"".formatted(event);
                for (Path each : List.of(file, other)) {
                    Files.writeString(each, Files.readString(each).replaceFirst("\"calls\"", unknown));
                }
            }
            entries.removeIf(entry -> !entry.open());

            assertThat(file).hasSameTextualContentAs(other);
        }
        knowing.write(begun(random));
        assertThat(file)
                .hasContent(RecordJson.MAPPER.writeValueAsString(RecordJson.MAPPER.readTree(file.toFile())) + "\n");
    }

    private static RecordedEntry begun(Random random) {
        return RecordedEntry.begun(header(random.nextBoolean() ? "add-route" : "refresh"), START);
    }

    private static RecordedEntry event(RecordedEntry entry, Random random, int second) {
        Instant now = START.plusSeconds(second);
        JsonNode some = json("{'text': 'two\\nlines é \\u2028', 'list': [{}, [], [1, {'a': null}]], 'n': 1.50}");
        return switch (random.nextInt(8)) {
            case 0 -> entry.withPlan(about(), some, List.of(new Difference("farm 7 / port", null, some)));
            case 1 -> entry.withAfter(some);
            case 2 ->
                entry.withTask(new RecordedTask(
                        TaskKind.REFRESH, random.nextInt(3), List.of("gra"), "step " + second, now, null));
            case 3 -> random.nextInt(4) == 0 ? entry.ended(Outcome.CHANGED, some, null, now) : entry;
            case 4, 5 ->
                entry.calls().isEmpty()
                        ? entry
                        : entry.withSettled(call -> call.path().endsWith("/" + random.nextInt(5)), true, now);
            default -> entry.withCall(RecordedCall.sent("POST", "/x/" + random.nextInt(5), some, now));
        };
    }

    @Test
    void doesNotComeBackWhenSomebodyElseHasReplacedIt() throws IOException {
        RecordFile knowing = RecordFile.open(file);
        RecordedEntry entry = RecordedEntry.begun(header("one"), START);
        knowing.write(entry);
        String before = Files.readString(file);
        RecordFile.open(file).write(RecordedEntry.begun(header("two"), START));

        knowing.write(entry.withCall(RecordedCall.sent("POST", "/x", null, START)));
        assertThat(RecordReader.read(file)).extracting(RecordedEntry::operation).containsExactly("one", "two");

        Files.writeString(file, before);
        knowing.write(entry.withCall(RecordedCall.sent("PUT", "/y", null, START)));
        assertThat(RecordReader.read(file))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.calls()).extracting(RecordedCall::path).containsExactly("/y"));
    }

    @Test
    void isPutIntoWordsOnceHoweverMuchComesAfterIt() {
        AtomicInteger words = new AtomicInteger();
        @SuppressWarnings("unchecked")
        JsonNode counted = new ObjectNode(JsonNodeFactory.instance) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
                words.incrementAndGet();
                super.serialize(out, provider);
            }
        };
        RecordFile record = RecordFile.open(file);
        RecordedEntry entry = RecordedEntry.begun(header(), START)
                .withPlan(about(), json("{}"), List.of(new Difference("farm 7 / port", null, counted)));
        record.write(entry);
        for (int call = 0; call < 50; call++) {
            entry = entry.withCall(RecordedCall.sent("POST", "/" + call, counted, START));
            record.write(entry);
        }

        // The plan, and each call; a garbage collection may cost another round.
        assertThat(words.get()).isBetween(51, 51 * 3);
    }
}
