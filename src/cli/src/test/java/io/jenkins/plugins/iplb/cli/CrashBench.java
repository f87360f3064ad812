package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A sandbox and a directory, and the command that runs there as a process and is killed at a moment of its life. */
final class CrashBench implements AutoCloseable {
    /** What a call takes of the sandbox's time, so that each run sees its tasks in the same state. */
    private static final Duration CALL = Duration.ofSeconds(1);

    private static final Duration TASK = Duration.ofSeconds(3);

    private final TestClock clock = new TestClock();
    private final Path directory;
    private final Sandbox sandbox;
    private final Shell shell;

    CrashBench(Path directory) {
        this.directory = directory;
        sandbox = Sandbox.builder().clock(clock).world(DemoWorld::in).start();
        sandbox.world().refreshTakes(TASK).ipMoveTakes(TASK);
        sandbox.calls().onExchange(call -> clock.advance(CALL));
        shell = new Shell(sandbox, clock, directory);
    }

    /** A moment at which a command dies. */
    enum Moment {
        /** The call has arrived and has no effect. */
        BEFORE_THE_EFFECT,
        /** The call has had its effect, and not a byte of its answer has left. */
        BEFORE_THE_ANSWER,
        /** Something is to be stored in the record, an answer say, and is not. */
        BEFORE_IT_IS_STORED
    }

    /**
     * How often there is something that a command may die of.
     *
     * @param calls all of them, reads too
     * @param writes which of them may have an effect, from 1
     * @param stored how often something was stored in the record
     */
    record Life(int calls, List<Integer> writes, int stored) {
        /** The times, from 1, at which it makes a difference to die then: a read has no effect to die before. */
        List<Integer> of(Moment moment) {
            return moment == Moment.BEFORE_THE_EFFECT
                    ? writes
                    : IntStream.rangeClosed(1, moment == Moment.BEFORE_THE_ANSWER ? calls : stored)
                            .boxed()
                            .toList();
        }
    }

    /** From its start to its end, as a process. */
    Life live(String command) throws IOException, InterruptedException {
        int before = sandbox.calls().all().size();
        int code = process(command, 0).waitFor();
        String said = Files.readString(output());
        assertThat(code).as(said).isZero();
        String stored = said.lines().reduce((first, last) -> last).orElseThrow().substring(MortalIplb.STORED.length());
        return new Life(
                sandbox.calls().all().size() - before,
                writes().stream()
                        .filter(write -> write > before)
                        .map(write -> write - before)
                        .toList(),
                Integer.parseInt(stored));
    }

    /** From its start to its violent end, as a process. @param time at which of those moments, from 1 */
    void die(String command, Moment moment, int time) throws IOException, InterruptedException {
        CompletableFuture<Process> victim = new CompletableFuture<>();
        if (moment != Moment.BEFORE_IT_IS_STORED) {
            killAt(victim, moment, sandbox.calls().all().size() + time);
        }
        Process process = process(command, moment == Moment.BEFORE_IT_IS_STORED ? time : 0);
        victim.complete(process);
        int code = process.waitFor();
        String said = Files.readString(output());
        assertThat(code).as(said).isNotZero();
        assertThat(said).doesNotContain(MortalIplb.STORED);
    }

    private void killAt(CompletableFuture<Process> victim, Moment moment, int call) {
        Runnable aim = moment == Moment.BEFORE_THE_EFFECT
                ? () -> sandbox.faults().on("*", "/**").times(1).cutBeforeEffect()
                : () -> {};
        if (sandbox.calls().all().size() == call - 1) {
            aim.run();
        }
        sandbox.calls().onExchange(exchange -> {
            int calls = sandbox.calls().all().size();
            if (calls == call - 1) {
                aim.run();
            } else if (calls == call) {
                victim.join().destroyForcibly().onExit().join();
            }
        });
    }

    /** From its start to its end, in this process: as good as a process of its own, and quicker. */
    void run(String command) {
        Shell.Ran ran = shell.run(command);
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    private Process process(String command, int diesAt) throws IOException, InterruptedException {
        // Into a file: who kills a process by force closes the streams that lead to it.
        ProcessBuilder builder = new ProcessBuilder(MortalProcess.line(diesAt, Shell.words(command)))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output().toFile());
        builder.environment().putAll(SandboxEnvironment.of(sandbox));
        builder.environment().put("HOME", directory.resolve("home").toString());
        return builder.start();
    }

    private Path output() {
        return directory.resolve("output.txt");
    }

    List<String> deeds() {
        return Deeds.of(sandbox);
    }

    /** Which of all calls could have changed something, from 1. */
    private List<Integer> writes() {
        List<Exchange> all = sandbox.calls().all();
        return Deeds.writes(sandbox).stream()
                .map(write -> all.indexOf(write) + 1)
                .toList();
    }

    /** Each entry has ended well, and knows of each call what became of it. */
    void assertNothingOpen() {
        List<RecordedEntry> record = shell.record();
        assertThat(record).isNotEmpty().noneMatch(RecordedEntry::open);
        assertThat(record.stream().flatMap(entry -> entry.calls().stream()))
                .noneMatch(call -> call.fate() == Fate.UNKNOWN);
        assertThat(record.stream().flatMap(entry -> entry.calls().stream()).filter(RecordedCall::hadEffect))
                .hasSize(Math.toIntExact(
                        Deeds.writes(sandbox).stream().filter(Exchange::effect).count()));
    }

    /** One entry for each command, each ended well, and of each call what really became of it. */
    void assertTruthful(int commands) {
        List<RecordedEntry> record = shell.record();
        assertThat(record).hasSize(commands).allMatch(entry -> entry.outcome() == Outcome.CHANGED);
        List<RecordedCall> said =
                record.stream().flatMap(entry -> entry.calls().stream()).toList();
        List<Exchange> were = Deeds.writes(sandbox);
        assertThat(said)
                .extracting(call -> call.method() + " " + call.path())
                .containsExactlyElementsOf(were.stream()
                        .map(call -> call.method() + " " + call.rawPath())
                        .toList());
        assertThat(said)
                .extracting(call -> call.fate() == Fate.DONE || call.fate() == Fate.TOOK_EFFECT)
                .containsExactlyElementsOf(were.stream().map(Exchange::effect).toList());
        assertThat(said).noneMatch(call -> call.fate() == Fate.UNKNOWN);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
