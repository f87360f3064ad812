package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.wait.Timer;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command sees of the machine it runs on.
 *
 * @param out results
 * @param err progress and failures
 * @param terminal whether a person watches {@code err}
 * @param limits of the calls
 * @param clock by which records and deadlines go
 * @param timer what wakes a wait, by the threads that are there for it
 */
record Machine(
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Limits limits,
        InstantSource clock,
        Function<ScheduledExecutorService, Timer> timer) {

    static Machine real() {
        return new Machine(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home")),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Ansi.AUTO.enabled(),
                Limits.DEFAULT,
                InstantSource.system(),
                Timer::on);
    }
}
