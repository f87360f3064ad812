package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.START;
import static io.jenkins.plugins.iplb.record.Samples.about;
import static io.jenkins.plugins.iplb.record.Samples.header;
import static io.jenkins.plugins.iplb.record.Samples.json;
import static io.jenkins.plugins.iplb.record.Samples.onDisk;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            RecordedEntry entry = write(begun());

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
            RecordedEntry entry = write(RecordedEntry.begun(header("set-stickiness"), START));

            write(entry.withPlan(
                    about(),
                    json("{'stickiness': null}"),
                    List.of(new Difference("farm 7 / stickiness", null, TextNode.valueOf("cookie")))));

            assertThat(only().about()).isEqualTo(about());
            assertThat(only().before()).isEqualTo(json("{'stickiness': null}"));
            assertThat(only().diff())
                    .containsExactly(new Difference("farm 7 / stickiness", null, TextNode.valueOf("cookie")));
            Schema.assertAccepts(file);
        }

        @Test
        void aCallBeforeItIsSent() {
            RecordedEntry entry = write(begun());

            write(entry.withCall(sent("POST", ROUTES, json("{'action': {'type': 'farm', 'target': '7'}}"))));

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
            write(written("POST", ROUTES).withAnswer(0, call -> call.done(200, "EU.ext-3.abc", at(2))));

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
            write(written("POST", ROUTES)
                    .withAnswer(0, call -> call.refused(400, "EU.ext-3.abc", "no such frontend", at(2))));

            RecordedCall call = only().calls().get(0);
            assertThat(call.fate()).isEqualTo(Fate.REFUSED);
            assertThat(call.error()).isEqualTo("no such frontend");
            Schema.assertAccepts(file);
        }

        @Test
        void aCallThatWasNeverSent() {
            write(written("POST", ROUTES).withAnswer(0, call -> call.notSent("connection refused")));

            RecordedCall call = only().calls().get(0);
            assertThat(call.fate()).isEqualTo(Fate.NOT_SENT);
            assertThat(call.answeredAt()).isNull();
            Schema.assertAccepts(file);
        }

        @Test
        void aCallWhoseAnswerWasLostAndWhoseEffectWasFound() {
            RecordedEntry entry = write(
                    written("POST", ROUTES).withAnswer(0, call -> call.lost(504, null, "gateway time-out", at(2))));

            RecordedCall lost = only().calls().get(0);
            assertThat(lost.fate()).isEqualTo(Fate.UNKNOWN);
            assertThat(lost.status()).isEqualTo(504);
            Schema.assertAccepts(file);

            write(entry.withSettled(call -> true, true, at(3)));

            RecordedCall settled = only().calls().get(0);
            assertThat(settled.fate()).isEqualTo(Fate.TOOK_EFFECT);
            assertThat(settled.error()).isEqualTo("gateway time-out");
            assertThat(settled.settledAt()).isEqualTo(START.plusSeconds(3));
            Schema.assertAccepts(file);
        }

        @Test
        void aCallWhoseAnswerWasLostAndWhoseEffectIsNotThere() {
            RecordedEntry entry = write(
                    written("POST", ROUTES).withAnswer(0, call -> call.lost(null, null, "connection reset", null)));
            write(entry.withSettled(call -> true, false, at(3)));

            RecordedCall settled = only().calls().get(0);
            assertThat(settled.fate()).isEqualTo(Fate.NO_EFFECT);
            assertThat(settled.answeredAt()).isNull();
            Schema.assertAccepts(file);
        }

        @Test
        void aTaskEachTimeItIsSeenDifferent() throws IOException {
            RecordedTask refresh = new RecordedTask(TaskKind.REFRESH, 42, List.of("gra", "sbg"), "todo", at(1), null);
            RecordedTask move = new RecordedTask(TaskKind.IP, 42, List.of(), "doing", at(2), null);
            RecordedTask doing = refresh.seen(List.of("gra", "sbg"), "doing");
            RecordedEntry entry = write(write(write(write(RecordedEntry.begun(header("refresh"), START))
                                    .withTask(refresh))
                            .withTask(move))
                    .withTask(doing));

            assertThat(only().tasks())
                    .containsExactly(
                            new RecordedTask(TaskKind.REFRESH, 42, List.of("gra", "sbg"), "doing", at(1), null), move);
            Schema.assertAccepts(file);

            Files.setLastModifiedTime(file, FileTime.from(START));
            write(entry.withTask(doing));
            assertThat(Files.getLastModifiedTime(file).toInstant())
                    .as("nothing new, nothing written")
                    .isEqualTo(START);

            write(entry.withTask(doing.seen(List.of("gra", "sbg"), "done").ended(at(3))));
            assertThat(only().tasks().get(0).status()).isEqualTo("done");
            assertThat(only().tasks().get(0).endedAt()).isEqualTo(at(3));
            assertThat(only().tasks().get(0).ended(at(9)).endedAt())
                    .as("when it was seen to be over first")
                    .isEqualTo(at(3));
            Schema.assertAccepts(file);
        }

        @Test
        void theEnd() {
            RecordedEntry entry = write(begun().withAfter(json("{'routeId': 814}")));

            write(entry.ended(Outcome.CHANGED, json("{'routeId': 814}"), null, at(1)));

            assertThat(only().after()).isEqualTo(json("{'routeId': 814}"));
            assertThat(only().result()).isEqualTo(json("{'routeId': 814}"));
            assertThat(only().outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(only().endedAt()).isEqualTo(START.plusSeconds(1));
            assertThat(only().error()).isNull();
            Schema.assertAccepts(file);
        }

        @Test
        void aBadEnd() {
            RecordedEntry entry = write(begun());

            RecordedError error = new RecordedError("refused", "OVH says no", 403, "NOT_GRANTED_CALL", "EU.ext-3.abc");
            write(entry.ended(Outcome.FAILED, null, error, at(1)));

            assertThat(only().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(only().error()).isEqualTo(error);
            Schema.assertAccepts(file);
        }

        @Test
        void theEndOfWhatWasCutOffWhichSettlesNothing() {
            RecordedEntry entry = write(begun().withCall(sent("POST", ROUTES, null)));

            write(entry.cutOff(at(1)));

            assertThat(only().outcome()).isEqualTo(Outcome.ABORTED);
            assertThat(only().wasCutOff()).isTrue();
            assertThat(only().unsettled()).hasSize(1);
            Schema.assertAccepts(file);
        }
    }

    @Test
    void aCrashLeavesAnEntryInProgressWithACallOfUnknownFate() {
        write(begun().withCall(sent("POST", ROUTES, json("{'frontendId': null}"))));
        // The process dies here: nothing more is written.

        assertThat(only().outcome()).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(only().unsettled()).hasSize(1);
        assertThat(only().unsettled().get(0).path()).isEqualTo(ROUTES);
        Schema.assertAccepts(file);
    }

    @Test
    void anEntryLeftOpenIsGoneOnWithByAnotherProcess() {
        RecordedEntry begun = write(begun().withCall(sent("POST", ROUTES, json("{'frontendId': null}")))
                .withAnswer(0, call -> call.done(200, "EU.ext-3.abc", at(2)))
                .withCall(sent("PUT", ROUTES + "/814", json("{'frontendId': 11}"))));

        RecordedEntry resumed = open().find(begun.id()).orElseThrow();
        assertThat(resumed.id()).isEqualTo(begun.id());
        assertThat(resumed.unsettled()).singleElement().satisfies(unsettled -> {
            assertThat(unsettled.method()).isEqualTo("PUT");
            assertThat(unsettled.path()).isEqualTo(ROUTES + "/814");
            assertThat(unsettled.body()).isEqualTo(json("{'frontendId': 11}"));
        });

        resumed = write(resumed.withSettled(call -> true, true, at(3)));
        resumed = write(resumed.withCall(sent("POST", "/ipLoadbalancing/loadbalancer-0123456789abcdef/refresh", null))
                .withAnswer(2, call -> call.done(200, "EU.ext-4.def", at(5))));
        write(resumed.ended(Outcome.CHANGED, null, null, at(6)));

        assertThat(only().unsettled()).isEmpty();
        assertThat(only().calls())
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.DONE, Fate.TOOK_EFFECT, Fate.DONE);
        Schema.assertAccepts(file);
    }

    @Test
    void whatHasEndedIsFoundAsThatAndWhatWasNeverBegunIsNotFound() {
        RecordedEntry entry = write(begun().ended(Outcome.UNCHANGED, null, null, at(1)));

        assertThat(open().find(entry.id()))
                .get()
                .extracting(RecordedEntry::open)
                .isEqualTo(false);
        assertThat(open().find("0")).isEmpty();
    }

    @Test
    void anEntryThatHasEndedIsNeverAltered() throws IOException {
        RecordedEntry entry = write(begun().withCall(sent("POST", ROUTES, null)));
        RecordedEntry over = write(entry.ended(
                Outcome.TIMED_OUT, null, new RecordedError("timeout", "too late", null, null, null), at(2)));
        byte[] ended = Files.readAllBytes(file);

        assertThatIllegalStateException().isThrownBy(() -> over.withAnswer(0, call -> call.done(200, null, at(3))));
        assertThatIllegalStateException().isThrownBy(() -> over.withCall(sent("POST", ROUTES, null)));
        assertThatIllegalStateException().isThrownBy(() -> over.withSettled(call -> true, true, at(3)));
        assertThatIllegalStateException().isThrownBy(() -> over.withPlan(about(), json("{}"), List.of()));
        assertThatIllegalStateException()
                .isThrownBy(() -> over.withTask(new RecordedTask(TaskKind.IP, 1, List.of(), "todo", at(3), null)));
        assertThatIllegalStateException().isThrownBy(() -> over.withAfter(json("{}")));
        assertThatIllegalStateException().isThrownBy(() -> over.ended(Outcome.CHANGED, null, null, at(3)));
        assertThatIllegalStateException()
                .as("by somebody who does not know that it has ended")
                .isThrownBy(() -> write(entry.withCall(sent("POST", ROUTES, null))));

        assertThat(Files.readAllBytes(file)).isEqualTo(ended);
    }

    @Test
    void aFateThatIsKnownIsNotChanged() {
        RecordedEntry entry =
                begun().withCall(sent("POST", ROUTES, null)).withAnswer(0, call -> call.done(200, null, at(2)));

        assertThatIllegalStateException()
                .isThrownBy(() -> entry.withAnswer(0, call -> call.settled(false, at(3))))
                .withMessageContaining("done");
        assertThatIllegalStateException()
                .isThrownBy(() -> entry.withAnswer(0, call -> call.notSent("connection refused")));
        assertThat(entry.withSettled(call -> true, false, at(3))).isEqualTo(entry);
    }

    @Test
    void anEntryCannotEndInProgress() {
        assertThatIllegalArgumentException().isThrownBy(() -> begun().ended(Outcome.IN_PROGRESS, null, null, at(1)));
    }

    @Test
    void newEntriesGoAfterTheOldOnesWhichStayAsTheyWere() {
        write(RecordedEntry.begun(header("add-route"), START)
                .ended(Outcome.CHANGED, json("{'routeId': 814}"), null, at(1)));
        JsonNode first = onDisk(file).at("/entries/0");

        write(RecordedEntry.begun(header("add-rule"), START)
                .ended(Outcome.CHANGED, json("{'ruleId': 2}"), null, at(1)));

        assertThat(onDisk(file).at("/entries/0")).isEqualTo(first);
        assertThat(RecordReader.read(file))
                .extracting(RecordedEntry::operation)
                .containsExactly("add-route", "add-rule");
        Schema.assertAccepts(file);
    }

    @Test
    void whatThisVersionDoesNotKnowIsKept() throws IOException {
        RecordedEntry entry = write(begun().withCall(sent("POST", ROUTES, null))
                .withTask(new RecordedTask(TaskKind.REFRESH, 1, List.of(), "todo", at(1), null)));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\"format\"",
                                "\"note\": {\"pi\": 3.14159265358979323846264338327950288, \"price\": 1.10, \"n\": 123456789012345678901234567890}, \"format\"")
                        .replace("\"operation\"", "\"mood\": \"\\u00e9\", \"operation\"")
                        .replace("\"method\"", "\"attempt\": 1, \"method\"")
                        .replace("\"kind\"", "\"progress\": 7, \"kind\""));

        entry = write(entry.withAnswer(0, call -> call.done(200, null, at(2))));
        write(entry.ended(Outcome.CHANGED, null, null, at(3)));

        String written = Files.readString(file);
        assertThat(written)
                .contains("3.14159265358979323846264338327950288")
                .contains("1.10")
                .contains("123456789012345678901234567890");
        assertThat(onDisk(file).at("/entries/0/mood").textValue()).isEqualTo("é");
        assertThat(onDisk(file).at("/entries/0/calls/0/attempt").intValue()).isEqualTo(1);
        assertThat(onDisk(file).at("/entries/0/tasks/0/progress").intValue()).isEqualTo(7);
        assertThat(only().calls()).extracting(RecordedCall::fate).containsExactly(Fate.DONE);
        assertThat(only().outcome()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void onlyTheRecordAndItsLockLieInTheDirectory() throws IOException {
        Files.writeString(directory.resolve(".iplb-changes.json.tmp"), "left by a crash");

        write(begun());

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
        RecordedEntry entry = write(begun().withCall(sent("POST", ROUTES, null)));
        Files.delete(file);

        write(entry.withAnswer(0, call -> call.done(200, "EU.ext-3.abc", at(2))));

        assertThat(only().id()).isEqualTo(entry.id());
        assertThat(only().calls()).extracting(RecordedCall::fate).containsExactly(Fate.DONE);
        Schema.assertAccepts(file);
    }

    @Test
    void aThreadThatWasInterruptedStillWritesAndStaysInterrupted() {
        RecordedEntry entry = write(begun());

        Thread.currentThread().interrupt();
        write(entry.ended(Outcome.ABORTED, null, new RecordedError("timeout", "stopped", null, null, null), at(1)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(only().outcome()).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void aLinkToARecordIsFollowedAndStaysALink() throws IOException {
        Path target = Files.createDirectory(directory.resolve("kept")).resolve("record.json");
        RecordFile.open(target).write(begun());
        Path link = Files.createSymbolicLink(file, target);

        write(begun());

        assertThat(link).isSymbolicLink();
        assertThat(RecordReader.read(target)).hasSize(2);
    }

    /** As mktemp makes it. */
    @Test
    void anEmptyFileIsARecordWithoutEntries() throws IOException {
        Files.createFile(file);
        assertThat(RecordReader.read(file)).isEmpty();

        write(begun());

        assertThat(only().operation()).isEqualTo("add-route");
    }

    @Test
    void twoNamesOfOneFileAreOneRecordWithOneLockThoughItIsNotThereYet() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("kept"));
        Path target = folder.resolve("record.json");
        Path link = Files.createSymbolicLink(file, Path.of("kept/record.json"));

        try (OwnedRecord byLink = OwnedRecord.open(link);
                OwnedRecord byName = OwnedRecord.open(target)) {
            byLink.write(RecordedEntry.begun(header("one"), START));
            byName.write(RecordedEntry.begun(header("two"), START));
        }

        assertThat(link).isSymbolicLink();
        assertThat(RecordReader.read(target))
                .extracting(RecordedEntry::operation)
                .containsExactly("one", "two");
        assertThat(names(directory)).containsExactlyInAnyOrder("iplb-changes.json", "kept");
        assertThat(names(folder)).containsExactlyInAnyOrder("record.json", ".record.json.lock", ".record.json.owners");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    @Test
    void thePermissionsOfTheFileAreKept() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        RecordedEntry entry = write(begun());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        write(entry.ended(Outcome.UNCHANGED, null, null, at(1)));

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
        void blanks() throws IOException {
            refuses(" ", "not a change record");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/dev/null", "/dev/zero", "/dev/full"})
        void aDevice(String device) {
            file = Path.of(device);
            assumeTrue(Files.exists(file), "a system with such devices");

            refusesWhatIsNoFile();
        }

        @Test
        @Timeout(value = 1, unit = TimeUnit.MINUTES)
        void aPipeThatNobodyWritesTo() throws Exception {
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();

            refusesWhatIsNoFile();
        }

        @Test
        void aLinkThatLeadsBackToItself() throws IOException {
            Files.createSymbolicLink(file, file.getFileName());

            assertThatThrownBy(RecordFileTest.this::open)
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining("leads back to itself");
        }

        private void refusesWhatIsNoFile() {
            assertThatThrownBy(RecordFileTest.this::open)
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining(file
                            + " cannot be used as a change record: it is a device, pipe or socket, not a regular file");
            assertThatThrownBy(() -> RecordReader.read(file))
                    .isInstanceOfSatisfying(IplbException.class, RecordFileTest::isUsage)
                    .hasMessageContaining("not a regular file");
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
        RecordFile record = open();
        Files.writeString(file, "scribble");

        assertThatThrownBy(() -> record.write(begun())).isInstanceOf(IplbException.class);
        assertThat(file).hasContent("scribble");
    }

    @Test
    void aRecordThatCannotBeWrittenAnyMoreStopsTheNextCall() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        file = inner.resolve("record.json");
        RecordFile record = open();
        RecordedEntry entry = write(begun());
        Files.move(inner, directory.resolve("elsewhere"));

        assertThatThrownBy(() -> record.write(entry.withCall(sent("POST", ROUTES, null))))
                .isInstanceOfSatisfying(
                        IplbException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
                .hasMessageContaining("record.json");
    }

    @Test
    void aFileThatCannotBeReplacedLeavesNoOtherOneBehind() throws IOException {
        Files.writeString(Files.createDirectory(file).resolve("inside"), "");

        assertThatThrownBy(() -> Replacement.of(file, new byte[] {'x'})).isInstanceOf(IOException.class);
        assertThat(names(directory)).containsExactly(file.getFileName().toString());
    }

    @Test
    void noSecretIsRecorded() throws IOException {
        String pem = "-----BEGIN RSA PRIVATE KEY-----\\nTOP\\n-----END RSA PRIVATE KEY-----";
        EntryHeader header = new EntryHeader(
                UUID.randomUUID().toString(),
                "add-route",
                null,
                URI.create("https://eu.api.ovh.com/1.0"),
                json("{'consumerKey': 'TOP', 'displayName': 'shop'}"),
                Map.of());
        write(RecordedEntry.begun(header, START)
                .withPlan(
                        about(),
                        json("{'list': [{'application_secret': 'TOP'}]}"),
                        List.of(new Difference("key", null, TextNode.valueOf(pem))))
                .withCall(sent("POST", "/ipLoadbalancing/x/ssl", json("{'key': '" + pem + "', 'displayName': 'www'}")))
                .withAnswer(0, call -> call.done(200, null, at(2)))
                .withAfter(json("{'ssl': {'privateKey': 'TOP'}}"))
                .ended(Outcome.CHANGED, json("{'access_token': 'TOP', 'password': null}"), null, at(3)));

        assertThat(Files.readString(file)).doesNotContain("TOP");
        assertThat(only().calls().get(0).body()).isEqualTo(json("{'key': '(not recorded)', 'displayName': 'www'}"));
        assertThat(only().result()).isEqualTo(json("{'access_token': '(not recorded)', 'password': null}"));
        Schema.assertAccepts(file);
    }

    @Test
    void anEndpointWithAUserIsNotTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntryHeader(
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
        RecordedEntry entry = begun().withCall(sent("POST", ROUTES, null));

        none.write(entry);

        assertThat(none.find(entry.id())).isEmpty();
        assertThat(none.known("loadbalancer-0123456789abcdef")).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private RecordFile open() {
        return RecordFile.open(file);
    }

    private RecordedEntry write(RecordedEntry entry) {
        open().write(entry);
        return entry;
    }

    /** An entry on disk with one call, which is about to be sent. */
    private RecordedEntry written(String method, String path) {
        return write(begun().withCall(sent(method, path, null)));
    }

    private static RecordedEntry begun() {
        return RecordedEntry.begun(header(), START);
    }

    private static RecordedCall sent(String method, String path, JsonNode body) {
        return RecordedCall.sent(method, path, body, at(1));
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
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
