package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that is closed stands for a process that has died: either way its locks are gone. */
class OwnedRecordTest {
    private static final String SERVICE = "loadbalancer-1";
    private static final String ENDPOINT = "https://eu.api.ovh.com/1.0";
    private static final ObjectNode WANTED =
            JsonNodeFactory.instance.objectNode().put("mode", "cookie").put("n", 1L);

    private final String id = UUID.randomUUID().toString();
    private Path file;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        file = directory.resolve("iplb-changes.json");
    }

    @Test
    void whatADeadProcessHasLeftOpenIsTakenOver() {
        die(begun());

        try (OwnedRecord next = open()) {
            assertThat(adopted(next)).contains(id);
        }
    }

    @Test
    void whatSomebodyGoesOnWithIsLeftToThem() {
        try (OwnedRecord living = begun();
                OwnedRecord other = open()) {
            assertThat(living.find(id)).isPresent();
            assertThat(adopted(other)).isEmpty();
        }
    }

    @Test
    void onlyOneTakesItOver() {
        die(begun());

        try (OwnedRecord first = open();
                OwnedRecord second = open()) {
            assertThat(adopted(first)).contains(id);
            assertThat(adopted(second)).isEmpty();
        }
    }

    @Test
    void onlyTheSameWishIsTakenOver() {
        die(begun());

        try (OwnedRecord next = open()) {
            assertThat(next.adopt("refresh", SERVICE, ENDPOINT, WANTED)).isEmpty();
            assertThat(next.adopt("set-stickiness", "loadbalancer-2", ENDPOINT, WANTED))
                    .isEmpty();
            assertThat(next.adopt("set-stickiness", SERVICE, "https://ca.api.ovh.com/1.0", WANTED))
                    .isEmpty();
            assertThat(next.adopt(
                            "set-stickiness",
                            SERVICE,
                            ENDPOINT,
                            WANTED.deepCopy().put("mode", "none")))
                    .isEmpty();
        }
    }

    @Test
    void whatHasEndedIsNotTakenOver() {
        try (OwnedRecord living = begun()) {
            living.write(living.find(id).orElseThrow().ended(Outcome.UNCHANGED, null, null, START));
        }

        try (OwnedRecord next = open()) {
            assertThat(adopted(next)).isEmpty();
        }
    }

    @Test
    void whatIsTakenOverIsKept() {
        die(begun());

        try (OwnedRecord next = open()) {
            assertThat(adopted(next)).contains(id);
            assertThat(adopted(next)).contains(id);
        }
    }

    @Test
    void whatADeadProcessHasLeftOpenIsTakenOverThoughAnotherOneGoesOnWithItsOwn() {
        OwnedRecord dead = begun();
        try (OwnedRecord living = open()) {
            living.write(begun("another", "refresh"));
            die(dead);

            try (OwnedRecord next = open()) {
                assertThat(adopted(next)).contains(id);
            }
        }
    }

    @Test
    void tellsWhatItsFileTells() {
        try (OwnedRecord record = begun()) {
            assertThat(record.known(SERVICE)).extracting(RecordedEntry::id).containsExactly(id);
            assertThat(record.known("loadbalancer-2")).isEmpty();
            assertThat(record.tick(START.minusSeconds(1))).isAfter(START);
        }
    }

    private OwnedRecord open() {
        return OwnedRecord.open(file);
    }

    private OwnedRecord begun() {
        OwnedRecord record = open();
        record.write(begun(id, "set-stickiness"));
        return record;
    }

    private static RecordedEntry begun(String id, String operation) {
        return RecordedEntry.begun(
                new EntryHeader(id, operation, SERVICE, URI.create(ENDPOINT), WANTED, Map.of()), START);
    }

    private static void die(OwnedRecord record) {
        record.close();
    }

    private static Optional<String> adopted(OwnedRecord record) {
        return record.adopt("set-stickiness", SERVICE, ENDPOINT, WANTED);
    }
}
