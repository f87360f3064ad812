package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.START;
import static io.jenkins.plugins.iplb.record.Samples.json;
import static io.jenkins.plugins.iplb.record.Samples.onDisk;
import static io.jenkins.plugins.iplb.record.Samples.tickingClock;
import static io.jenkins.plugins.iplb.record.Samples.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    private static final String ROUTES = "/ipLoadbalancing/loadbalancer-0123456789abcdef/tcp/route";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("iplb-changes.json");
    }

    @Nested
    class EveryEventIsOnDiskWhenItsMethodReturns {
        @Test
        void theBeginning() {
            OpenEntry entry = open().begin(wish());

            RecordedEntry recorded = only();
            assertThat(recorded.id()).isEqualTo(entry.id());
            assertThat(recorded.operation()).isEqualTo("add-route");
            assertThat(recorded.service()).isEqualTo("loadbalancer-0123456789abcdef");
            assertThat(recorded.endpoint()).isEqualTo("https://eu.api.ovh.com/1.0");
            assertThat(recorded.by()).containsExactly(Map.entry("build", "shop/deploy #12"));
            assertThat(recorded.startedAt()).isEqualTo(START);
            assertThat(recorded.endedAt()).isNull();
            assertThat(recorded.outcome()).isEqualTo(Outcome.IN_PROGRESS);
            assertThat(recorded.open()).isTrue();
            assertThat(recorded.wanted()).isEqualTo(json("{'protocol': 'tcp', 'frontendId': 11, 'weight': 0}"));
            assertThat(recorded.before().isNull()).isTrue();
            Schema.assertAccepts(file);
        }

        @Test
        void whatWasPlanned() {
            OpenEntry entry = open().begin(wish("set-stickiness"));

            entry.planned(
                    json("{'stickiness': null}"),
                    List.of(new Difference("farm 7 / stickiness", null, TextNode.valueOf("cookie"))));

            assertThat(only().before()).isEqualTo(json("{'stickiness': null}"));
            assertThat(only().diff())
                    .containsExactly(new Difference("farm 7 / stickiness", null, TextNode.valueOf("cookie")));
            Schema.assertAccepts(file);
        }

        @Test
        void aCallBeforeItIsSent() {
            OpenEntry entry = open().begin(wish());

            entry.sent("POST", ROUTES, json("{'action': {'type': 'farm', 'target': '7'}}"));

            RecordedCall call = only().calls().get(0);
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo(ROUTES);
            assertThat(call.body()).isEqualTo(json("{'action': {'type': 'farm', 'target': '7'}}"));
            assertThat(call.sentAt()).isEqualTo(START.plusSeconds(1));
            assertThat(call.fate()).isEqualTo(Fate.UNKNOWN);
            assertThat(call.answeredAt()).isNull();
            Schema.assertAccepts(file);
        }

        @Test
        void aCallThatIsDone() {
            open().begin(wish()).sent("POST", ROUTES, null).done(200, "EU.ext-3.abc");

            RecordedCall call = only().calls().get(0);
            assertThat(call.fate()).isEqualTo(Fate.DONE);
            assertThat(call.body()).isNull();
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.queryId()).isEqualTo("EU.ext-3.abc");
            assertThat(call.answeredAt()).isEqualTo(START.plusSeconds(2));
            Schema.assertAccepts(file);
        }

        @Test
        void aCallThatIsRefused() {
            open().begin(wish()).sent("POST", ROUTES, null).refused(400, "EU.ext-3.abc", "no such frontend");

            RecordedCall call = only().calls().get(0);
            assertThat(call.fate()).isEqualTo(Fate.REFUSED);
            assertThat(call.error()).isEqualTo("no such frontend");
            Schema.assertAccepts(file);
        }

        @Test
        void aCallThatWasNeverSent() {
            open().begin(wish()).sent("POST", ROUTES, null).notSent("connection refused");

            RecordedCall call = only().calls().get(0);
            assertThat(call.fate()).isEqualTo(Fate.NOT_SENT);
            assertThat(call.answeredAt()).isNull();
            Schema.assertAccepts(file);
        }

        @Test
        void aCallWhoseAnswerWasLostAndWhoseEffectWasFound() {
            SentCall sent = open().begin(wish()).sent("POST", ROUTES, null);

            sent.lost(504, null, "gateway time-out");

            RecordedCall lost = only().calls().get(0);
            assertThat(lost.fate()).isEqualTo(Fate.UNKNOWN);
            assertThat(lost.status()).isEqualTo(504);
            Schema.assertAccepts(file);

            sent.tookEffect();

            RecordedCall settled = only().calls().get(0);
            assertThat(settled.fate()).isEqualTo(Fate.TOOK_EFFECT);
            assertThat(settled.error()).isEqualTo("gateway time-out");
            assertThat(settled.settledAt()).isEqualTo(START.plusSeconds(3));
            Schema.assertAccepts(file);
        }

        @Test
        void aCallWhoseAnswerWasLostAndWhoseEffectIsNotThere() {
            SentCall sent = open().begin(wish()).sent("POST", ROUTES, null);

            sent.lost(null, null, "connection reset");
            sent.noEffect();

            RecordedCall settled = only().calls().get(0);
            assertThat(settled.fate()).isEqualTo(Fate.NO_EFFECT);
            assertThat(settled.answeredAt()).isNull();
            Schema.assertAccepts(file);
        }

        @Test
        void aTaskEachTimeItIsSeenDifferent() throws IOException {
            OpenEntry entry = open().begin(wish("refresh"));

            entry.task(TaskKind.REFRESH, 42, List.of("gra", "sbg"), "todo");
            entry.task(TaskKind.IP, 42, List.of(), "doing");
            entry.task(TaskKind.REFRESH, 42, List.of("gra", "sbg"), "doing");

            assertThat(only().tasks())
                    .containsExactly(
                            new RecordedTask(
                                    TaskKind.REFRESH, 42, List.of("gra", "sbg"), "doing", START.plusSeconds(1), null),
                            new RecordedTask(TaskKind.IP, 42, List.of(), "doing", START.plusSeconds(2), null));
            Schema.assertAccepts(file);

            Files.setLastModifiedTime(file, FileTime.from(START));
            entry.task(TaskKind.REFRESH, 42, List.of("gra", "sbg"), "doing");
            assertThat(Files.getLastModifiedTime(file).toInstant())
                    .as("nothing new, nothing written")
                    .isEqualTo(START);

            entry.taskEnded(TaskKind.REFRESH, 42, List.of("gra", "sbg"), "done");
            assertThat(only().tasks().get(0).status()).isEqualTo("done");
            assertThat(only().tasks().get(0).endedAt()).isEqualTo(START.plusSeconds(3));
            Schema.assertAccepts(file);
        }

        @Test
        void theEnd() {
            OpenEntry entry = open().begin(wish());

            entry.after(json("{'routeId': 814}"));
            entry.end(Outcome.CHANGED, json("{'routeId': 814}"), null);

            assertThat(only().after()).isEqualTo(json("{'routeId': 814}"));
            assertThat(only().result()).isEqualTo(json("{'routeId': 814}"));
            assertThat(only().outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(only().endedAt()).isEqualTo(START.plusSeconds(1));
            assertThat(only().error()).isNull();
            Schema.assertAccepts(file);
        }

        @Test
        void aBadEnd() {
            OpenEntry entry = open().begin(wish());

            RecordedError error = new RecordedError("refused", "OVH says no", 403, "NOT_GRANTED_CALL", "EU.ext-3.abc");
            entry.end(Outcome.FAILED, null, error);

            assertThat(only().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(only().error()).isEqualTo(error);
            Schema.assertAccepts(file);
        }
    }

    @Test
    void aCrashLeavesAnEntryInProgressWithACallOfUnknownFate() {
        open().begin(wish()).sent("POST", ROUTES, json("{'frontendId': null}"));
        // The process dies here: nothing more is written.

        assertThat(only().outcome()).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(only().unsettled()).hasSize(1);
        assertThat(only().unsettled().get(0).path()).isEqualTo(ROUTES);
        Schema.assertAccepts(file);
    }

    @Test
    void anEntryLeftOpenIsGoneOnWithByAnotherProcess() {
        OpenEntry begun = open().begin(wish());
        begun.sent("POST", ROUTES, json("{'frontendId': null}")).done(200, "EU.ext-3.abc");
        begun.sent("PUT", ROUTES + "/814", json("{'frontendId': 11}"));

        OpenEntry resumed = open().resume(begun.id());
        assertThat(resumed.id()).isEqualTo(begun.id());
        SentCall unsettled = resumed.unsettled().get(0);
        assertThat(resumed.unsettled()).hasSize(1);
        assertThat(unsettled.method()).isEqualTo("PUT");
        assertThat(unsettled.path()).isEqualTo(ROUTES + "/814");
        assertThat(unsettled.body()).isEqualTo(json("{'frontendId': 11}"));

        unsettled.tookEffect();
        resumed.sent("POST", "/ipLoadbalancing/loadbalancer-0123456789abcdef/refresh", null)
                .done(200, "EU.ext-4.def");
        resumed.end(Outcome.CHANGED, null, null);

        assertThat(resumed.unsettled()).isEmpty();
        assertThat(only().calls())
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.DONE, Fate.TOOK_EFFECT, Fate.DONE);
        Schema.assertAccepts(file);
    }

    @Test
    void whatHasEndedOrWasNeverBegunCannotBeGoneOnWith() {
        RecordFile journal = open();
        OpenEntry entry = journal.begin(wish());
        entry.end(Outcome.UNCHANGED, null, null);

        assertThatThrownBy(() -> journal.resume(entry.id()))
                .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                .hasMessageContaining("ended at 2026-03-01T10:00:01Z (unchanged)")
                .hasMessageContaining(file.getFileName().toString());
        assertThatThrownBy(() -> journal.resume("0"))
                .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                .hasMessageContaining("is not in it");
        assertThat(journal.find(entry.id()))
                .get()
                .extracting(RecordedEntry::open)
                .isEqualTo(false);
        assertThat(journal.find("0")).isEmpty();
    }

    @Test
    void anEntryThatHasEndedIsNeverAltered() throws IOException {
        OpenEntry entry = open().begin(wish());
        SentCall call = entry.sent("POST", ROUTES, null);
        entry.end(Outcome.TIMED_OUT, null, new RecordedError("timeout", "too late", null, null, null));
        byte[] ended = Files.readAllBytes(file);

        assertThatIllegalStateException().isThrownBy(() -> call.done(200, null));
        assertThatIllegalStateException().isThrownBy(() -> entry.sent("POST", ROUTES, null));
        assertThatIllegalStateException().isThrownBy(() -> entry.planned(json("{}"), List.of()));
        assertThatIllegalStateException().isThrownBy(() -> entry.task(TaskKind.IP, 1, List.of(), "todo"));
        assertThatIllegalStateException().isThrownBy(() -> entry.after(json("{}")));
        assertThatIllegalStateException().isThrownBy(() -> entry.end(Outcome.CHANGED, null, null));

        assertThat(Files.readAllBytes(file)).isEqualTo(ended);
    }

    @Test
    void aFateThatIsKnownIsNotChanged() {
        SentCall call = open().begin(wish()).sent("POST", ROUTES, null);
        call.done(200, null);

        assertThatIllegalStateException().isThrownBy(call::noEffect).withMessageContaining("done");
        assertThat(only().calls().get(0).fate()).isEqualTo(Fate.DONE);
    }

    @Test
    void anEntryCannotEndInProgress() {
        OpenEntry entry = open().begin(wish());

        assertThatIllegalArgumentException().isThrownBy(() -> entry.end(Outcome.IN_PROGRESS, null, null));
    }

    @Test
    void newEntriesGoAfterTheOldOnesWhichStayAsTheyWere() {
        open().begin(wish("add-route")).end(Outcome.CHANGED, json("{'routeId': 814}"), null);
        JsonNode first = onDisk(file).at("/entries/0");

        open().begin(wish("add-rule")).end(Outcome.CHANGED, json("{'ruleId': 2}"), null);

        assertThat(onDisk(file).at("/entries/0")).isEqualTo(first);
        assertThat(RecordReader.read(file))
                .extracting(RecordedEntry::operation)
                .containsExactly("add-route", "add-rule");
        Schema.assertAccepts(file);
    }

    @Test
    void whatThisVersionDoesNotKnowIsKept() throws IOException {
        OpenEntry entry = open().begin(wish());
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\"format\"",
                                "\"note\": {\"pi\": 3.14159265358979323846264338327950288, \"price\": 1.10, \"n\": 123456789012345678901234567890}, \"format\"")
                        .replace("\"operation\"", "\"mood\": \"\\u00e9\", \"operation\""));

        entry.sent("POST", ROUTES, null).done(200, null);
        entry.end(Outcome.CHANGED, null, null);

        String written = Files.readString(file);
        assertThat(written)
                .contains("3.14159265358979323846264338327950288")
                .contains("1.10")
                .contains("123456789012345678901234567890");
        assertThat(onDisk(file).at("/entries/0/mood").textValue()).isEqualTo("é");
        assertThat(only().outcome()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void onlyTheRecordAndItsLockLieInTheDirectory() throws IOException {
        Files.writeString(directory.resolve(".iplb-changes.json.tmp"), "left by a crash");

        open().begin(wish()).end(Outcome.UNCHANGED, null, null);

        try (Stream<Path> names = Files.list(directory)) {
            assertThat(names.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("iplb-changes.json", ".iplb-changes.json.lock");
        }
    }

    @Test
    void openingAloneMakesNoRecord() {
        open();

        assertThat(file).doesNotExist();
    }

    @Test
    void aRecordDeletedUnderwayIsWrittenAgain() throws IOException {
        OpenEntry entry = open().begin(wish());
        SentCall call = entry.sent("POST", ROUTES, null);
        Files.delete(file);

        call.done(200, "EU.ext-3.abc");

        assertThat(only().id()).isEqualTo(entry.id());
        assertThat(only().calls()).extracting(RecordedCall::fate).containsExactly(Fate.DONE);
        Schema.assertAccepts(file);
    }

    @Test
    void aThreadThatWasInterruptedStillWritesAndStaysInterrupted() {
        OpenEntry entry = open().begin(wish());

        Thread.currentThread().interrupt();
        entry.end(Outcome.ABORTED, null, new RecordedError("timeout", "stopped", null, null, null));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(only().outcome()).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void aLinkToARecordIsFollowedAndStaysALink() throws IOException {
        Path target = Files.createDirectory(directory.resolve("kept")).resolve("record.json");
        RecordFile.open(target, tickingClock()).begin(wish());
        Path link = Files.createSymbolicLink(file, target);

        open().begin(wish());

        assertThat(link).isSymbolicLink();
        assertThat(RecordReader.read(target)).hasSize(2);
    }

    @Test
    void thePermissionsOfTheFileAreKept() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        OpenEntry entry = open().begin(wish());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        entry.end(Outcome.UNCHANGED, null, null);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Nested
    class Refused {
        @Test
        void brokenJson() throws IOException {
            refuses("{\"format\": \"iplb-changes\", ", "not well-formed JSON");
        }

        @Test
        void anEmptyFile() throws IOException {
            refuses("", "not a change record");
        }

        @Test
        void anotherDocument() throws IOException {
            refuses("{\"name\": \"shop\", \"version\": 1}", "not a change record");
        }

        @Test
        void aDocumentWithoutEntries() throws IOException {
            refuses("{\"format\": \"iplb-changes\", \"version\": 1}", "entries");
        }

        @Test
        void anEntryThatIsNoObject() throws IOException {
            refuses("{\"format\": \"iplb-changes\", \"version\": 1, \"entries\": [7]}", "not a JSON object");
        }

        @Test
        void aFieldThatIsThereTwice() throws IOException {
            refuses(
                    "{\"format\": \"iplb-changes\", \"version\": 1, \"entries\": [], \"entries\": []}",
                    "a field twice");
        }

        @Test
        void textAfterTheEnd() throws IOException {
            refuses("{\"format\": \"iplb-changes\", \"version\": 1, \"entries\": []} {}", "not well-formed JSON");
        }

        @Test
        void aNewerVersion() throws IOException {
            refuses("{\"format\": \"iplb-changes\", \"version\": 2, \"log\": []}", "version 2");
        }

        @Test
        void aVersionThatNeverWas() throws IOException {
            refuses("{\"format\": \"iplb-changes\", \"version\": 0, \"entries\": []}", "version");
        }

        @Test
        void aMissingDirectory() {
            file = directory.resolve("no/such/record.json");

            assertThatThrownBy(RecordFileTest.this::open)
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("does not exist");
        }

        @Test
        void aDirectoryThatCannotBeWritten() {
            file = Path.of("/proc/iplb-changes.json");
            assumeTrue(Files.isDirectory(file.getParent()), "a directory where even root makes no file");

            assertThatThrownBy(RecordFileTest.this::open)
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining(file.toString());
        }

        @Test
        void aDirectoryInPlaceOfTheFile() throws IOException {
            Files.createDirectory(file);

            assertThatThrownBy(RecordFileTest.this::open)
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining(file.toString());
        }

        @Test
        void aFileInPlaceOfTheDirectory() throws IOException {
            Files.writeString(file, "");
            file = file.resolve("record.json");

            assertThatThrownBy(RecordFileTest.this::open)
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining(file.toString());
        }

        private void refuses(String content, String problem) throws IOException {
            Files.writeString(file, content);

            assertThatThrownBy(RecordFileTest.this::open)
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining(problem)
                    .hasMessageContaining("another file");
            assertThat(file).hasContent(content);
            assertThat(directory).isDirectoryNotContaining("glob:**.lock");
        }
    }

    @Test
    void aRecordThatGoesBadUnderwayStopsTheNextCallAndIsLeftAsItIs() throws IOException {
        OpenEntry entry = open().begin(wish());
        Files.writeString(file, "scribble");

        assertThatThrownBy(() -> entry.sent("POST", ROUTES, null)).isInstanceOf(IplbException.class);
        assertThat(file).hasContent("scribble");
    }

    @Test
    void aRecordThatCannotBeWrittenAnyMoreStopsTheNextCall() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        file = inner.resolve("record.json");
        OpenEntry entry = open().begin(wish());
        Files.move(inner, directory.resolve("elsewhere"));

        assertThatThrownBy(() -> entry.sent("POST", ROUTES, null))
                .isInstanceOfSatisfying(
                        IplbException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
                .hasMessageContaining("record.json");
    }

    @Test
    void noSecretIsRecorded() throws IOException {
        String pem = "-----BEGIN RSA PRIVATE KEY-----\\nTOP\\n-----END RSA PRIVATE KEY-----";
        OpenEntry entry = open().begin(new Wish(
                UUID.randomUUID().toString(),
                "add-route",
                null,
                URI.create("https://eu.api.ovh.com/1.0"),
                json("{'consumerKey': 'TOP', 'displayName': 'shop'}"),
                Map.of()));
        entry.planned(
                json("{'list': [{'application_secret': 'TOP'}]}"),
                List.of(new Difference("key", null, TextNode.valueOf(pem))));
        entry.sent("POST", "/ipLoadbalancing/x/ssl", json("{'key': '" + pem + "', 'displayName': 'www'}"))
                .done(200, null);
        entry.after(json("{'ssl': {'privateKey': 'TOP'}}"));
        entry.end(Outcome.CHANGED, json("{'access_token': 'TOP', 'password': null}"), null);

        assertThat(Files.readString(file)).doesNotContain("TOP");
        assertThat(only().calls().get(0).body()).isEqualTo(json("{'key': '(not recorded)', 'displayName': 'www'}"));
        assertThat(only().result()).isEqualTo(json("{'access_token': '(not recorded)', 'password': null}"));
        Schema.assertAccepts(file);
    }

    @Test
    void anEndpointWithAUserIsNotTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wish(
                        UUID.randomUUID().toString(),
                        "refresh",
                        null,
                        URI.create("https://me:TOP@eu.api.ovh.com/1.0"),
                        json("{}"),
                        Map.of()))
                .withMessageNotContaining("TOP");
    }

    @Test
    void aJournalThatKeepsNothingTakesEverything() {
        Journal none = Journal.none();
        OpenEntry entry = none.begin(wish());

        entry.planned(json("{}"), List.of());
        SentCall call = entry.sent("POST", ROUTES, null);
        call.lost(null, null, "reset");
        call.tookEffect();
        entry.task(TaskKind.REFRESH, 1, List.of(), "todo");
        entry.end(Outcome.CHANGED, null, null);

        assertThat(none.resume(entry.id()).unsettled()).isEmpty();
        assertThat(none.find(entry.id())).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private RecordFile open() {
        return RecordFile.open(file, tickingClock());
    }

    private RecordedEntry only() {
        List<RecordedEntry> entries = RecordReader.read(file);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static void isUsage(IplbException e) {
        assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
    }
}
