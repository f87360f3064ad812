package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
    private static final String RECORD = "{'format': 'iplb-changes', 'version': 1, 'entries': [%s]}";
    private static final String ENTRY =
            "{'id': 'x', 'operation': 'refresh', 'outcome': 'in-progress', 'startedAt': '2026-03-01T10:00:00Z'%s}";

    @TempDir
    Path directory;

    @Test
    void readsAStreamAsItReadsADocument() {
        String text = RECORD.formatted(ENTRY.formatted("")).replace('\'', '"');
        InputStream stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));

        assertThat(RecordReader.read("build 12", stream))
                .isEqualTo(RecordReader.read("build 12", json(RECORD.formatted(ENTRY.formatted("")))))
                .hasSize(1);
    }

    @Test
    void whatAnEntryLacksIsEmptyAndWhatIsNotKnownIsPassedOver() {
        RecordedEntry entry = RecordReader.read("r", json(RECORD.formatted(ENTRY.formatted(", 'mood': 'good'"))))
                .get(0);

        assertThat(entry.calls()).isEmpty();
        assertThat(entry.tasks()).isEmpty();
        assertThat(entry.about()).isNull();
        assertThat(entry.diff()).isEmpty();
        assertThat(entry.by()).isEmpty();
        assertThat(entry.after().isNull()).isTrue();
        assertThat(entry.service()).isNull();
    }

    @Test
    void whatALaterVersionIsAboutIsNotKnownAndTheRestIs() {
        for (String about : List.of(
                "{'effect': 'renewed', 'subject': {'kind': 'route'}}",
                "{'effect': 'added', 'subject': {'kind': 'pigeon', 'name': 'shop'}}",
                "{'effect': 'added'}",
                "null")) {
            RecordedEntry entry = RecordReader.read("r", json(RECORD.formatted(ENTRY.formatted(", 'about': " + about))))
                    .get(0);

            assertThat(entry.about()).as(about).isNull();
            assertThat(entry.operation()).isEqualTo("refresh");
        }
    }

    @Test
    void anEntryAgainstTheSchemaIsNamed() {
        assertThatThrownBy(() ->
                        RecordReader.read("build 12", json(RECORD.formatted("{'id': 'x', 'outcome': 'splendid'}"))))
                .isInstanceOfSatisfying(
                        IplbException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                .hasMessageContaining("build 12")
                .hasMessageContaining("entry x")
                .hasMessageContaining("splendid");
    }

    @Test
    void aFileThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> RecordReader.read(directory.resolve("none.json")))
                .isInstanceOfSatisfying(
                        IplbException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                .hasMessageContaining("none.json does not exist");
    }

    @Test
    void aRecordWithoutEntriesIsEmpty() {
        assertThat(RecordReader.read("r", json(RECORD.formatted("")))).isEqualTo(List.of());
    }

    @Test
    void aRecordIsToldFromAChangeFile() {
        assertThat(RecordReader.isOne("\n {\"format\": \"iplb-changes\", \"version\": 1}"))
                .isTrue();
        assertThat(RecordReader.isOne("{\"service\": \"loadbalancer-1\"}")).isFalse();
        assertThat(RecordReader.isOne("# about \"iplb-changes\"\nservice: loadbalancer-1"))
                .isFalse();
    }
}
