package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.deployment.Body;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The user's own command. What it says goes to where failures go: standard output is for the result.
 *
 * @param words the command and its arguments, as no shell will see them
 */
record OwnCommand(List<String> words, Console console) implements Body {
    private static final File NOTHING = new File("/dev/null");

    @Override
    public CompletableFuture<Void> run(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(console.machine().workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(NOTHING));
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IplbException(
                    FailureKind.TASK_FAILED, "%s cannot be run: %s".formatted(words.get(0), e.getMessage()), e);
        }
        CompletableFuture<Void> told = CompletableFuture.runAsync(() -> tell(process), OwnCommand::apart);
        return process.onExit().thenCombine(told, (over, all) -> {
            if (over.exitValue() != 0) {
                throw new IplbException(
                        FailureKind.TASK_FAILED,
                        "%s ended with exit code %d".formatted(words.get(0), over.exitValue()));
            }
            return null;
        });
    }

    private void tell(Process process) {
        try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
            lines.lines().forEach(console.err()::println);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void apart(Runnable task) {
        Thread thread = new Thread(task, "iplb output");
        thread.setDaemon(true);
        thread.start();
    }
}
