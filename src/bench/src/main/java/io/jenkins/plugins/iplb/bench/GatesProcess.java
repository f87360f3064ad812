package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM with {@link WaitingGates} and nothing else in it, so that its threads and its heap are those of the gates. */
final class GatesProcess implements AutoCloseable {
    /** Small, to show that it is enough. Compacted each time, since what is left lying about would count as alive. */
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1", "-Xmx512m");

    private final Process process;
    private final BufferedReader in;
    private final PrintWriter out;

    /** @param scratch for the records; null to keep none */
    GatesProcess(Sandbox sandbox, Scratch scratch) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WaitingGates.class.getName()));
        if (scratch != null) {
            command.add(scratch.directory().toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "OVH_ENDPOINT", sandbox.httpEndpoint().toString(),
                        "OVH_APPLICATION_KEY", sandbox.credentials().applicationKey(),
                        "OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret(),
                        "OVH_CONSUMER_KEY", sandbox.credentials().consumerKey()));
        process = builder.start();
        in = process.inputReader(StandardCharsets.UTF_8);
        out = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    void start(int gates, int loadBalancers) throws IOException {
        ask("start " + gates + " " + loadBalancers);
    }

    /** How many gates wait for the refresh that is to make their changes live. */
    int waiting() throws IOException {
        return Integer.parseInt(ask("waiting"));
    }

    /** From here on {@link #mostThreads} counts. */
    void watchThreads() throws IOException {
        ask("watch-threads");
    }

    /** All of the JVM's, its own included. */
    int mostThreads() throws IOException {
        return Integer.parseInt(ask("threads"));
    }

    Heap heap() throws IOException {
        return Heap.of(ask("heap"));
    }

    private String ask(String question) throws IOException {
        out.println(question);
        String answer = in.readLine();
        if (answer == null) {
            throw new IOException("the process of the gates is gone");
        }
        return answer;
    }

    /** It ends with its input. */
    @Override
    public void close() throws IOException {
        out.close();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
    }
}
