package io.jenkins.plugins.iplb.record;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
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
            OpenEntry entry = RecordFile.open(record, InstantSource.system()).begin(Samples.wish(operation));
            entry.sent("POST", "/" + operation + "/" + i, null).done(200, "query-" + i);
            entry.taskEnded(TaskKind.REFRESH, i, List.of("gra"), "done");
            entry.end(Outcome.CHANGED, null, null);
        }
    }
}
