package io.jenkins.plugins.iplb.record;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConcurrentWritersTest {
    @TempDir
    Path directory;

    @Test
    void threadsAndProcessesThatShareARecordLoseNothing() throws Exception {
        Path file = directory.resolve("iplb-changes.json");
        List<Process> processes =
                List.of(OtherProcess.start(file, "first-process", 15), OtherProcess.start(file, "second-process", 15));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String operation = "thread-" + i;
                writers.add(threads.submit(() -> OtherProcess.write(file, operation, 8)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Process process : processes) {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(this::logs).isZero();
            }
        } finally {
            threads.shutdownNow();
            processes.forEach(Process::destroy);
        }

        List<RecordedEntry> entries = RecordReader.read(file);
        assertThat(entries.stream().collect(groupingBy(RecordedEntry::operation, counting())))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "first-process", 15L,
                        "second-process", 15L,
                        "thread-0", 8L,
                        "thread-1", 8L,
                        "thread-2", 8L,
                        "thread-3", 8L));
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(entry.calls()).extracting(RecordedCall::fate).containsExactly(Fate.DONE);
            assertThat(entry.tasks()).hasSize(1);
        });
        Schema.assertAccepts(file);
    }

    @Test
    void aThreadThatIsInterruptedAllTheTimeLosesNothing() throws Exception {
        Path file = directory.resolve("iplb-changes.json");
        Process other = OtherProcess.start(file, "other-process", 10);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            AtomicReference<Thread> writing = new AtomicReference<>();
            Future<?> writer = threads.submit(() -> {
                writing.set(Thread.currentThread());
                OtherProcess.write(file, "interrupted", 20);
            });
            while (!writer.isDone()) {
                if (writing.get() != null) {
                    writing.get().interrupt();
                }
                TimeUnit.MICROSECONDS.sleep(200);
            }
            writer.get();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
            other.destroy();
        }

        assertThat(RecordReader.read(file))
                .hasSize(30)
                .allSatisfy(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED));
    }

    @Test
    void aReaderSeesWholeRecordsOnly() throws Exception {
        Path file = directory.resolve("iplb-changes.json");
        OtherProcess.write(file, "refresh", 1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = threads.submit(() -> OtherProcess.write(file, "refresh", 20));
            int last = 0;
            while (!writer.isDone()) {
                int now = RecordReader.read(file).size();
                assertThat(now).isGreaterThanOrEqualTo(last);
                last = now;
            }
            writer.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(RecordReader.read(file)).hasSize(21);
    }

    private String logs() {
        StringBuilder logs = new StringBuilder();
        try (var files = Files.newDirectoryStream(directory, "*.log")) {
            for (Path log : files) {
                logs.append(Files.readString(log));
            }
        } catch (IOException e) {
            logs.append(e);
        }
        return logs.toString();
    }
}
