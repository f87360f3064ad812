package io.jenkins.plugins.iplb.record;

import static io.jenkins.plugins.iplb.record.Samples.START;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A second JVM that writes to the same record. */
final class OtherProcess {
    private OtherProcess() {}

    static Process start(Path record, String operation, int entries) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        record.toString(),
                        operation,
                        Integer.toString(entries))
                .redirectErrorStream(true)
                .redirectOutput(new File(record + "." + operation + ".log"))
                .start();
    }

    public static void main(String[] arguments) {
        write(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
    }

    /** Whole entries, one after the other, each through a journal of its own. */
    static void write(Path record, String operation, int entries) {
        for (int i = 0; i < entries; i++) {
            String query = "query-" + i;
            Journal journal = RecordFile.open(record);
            RecordedEntry entry = RecordedEntry.begun(Samples.header(operation), START);
            journal.write(entry);
            entry = entry.withCall(RecordedCall.sent("POST", "/" + operation + "/" + i, null, START));
            journal.write(entry);
            entry = entry.withAnswer(0, call -> call.done(200, query, START));
            journal.write(entry);
            entry = entry.withTask(new RecordedTask(TaskKind.REFRESH, i, List.of("gra"), "done", START, START));
            journal.write(entry);
            journal.write(entry.ended(Outcome.CHANGED, null, null, START));
        }
    }
}
