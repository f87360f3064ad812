package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.wait.Timer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * What a process sees of the machine it runs on.
 *
 * @param limits of the calls
 * @param clock by which records and deadlines go
 * @param timer what wakes a wait, by the threads that are there for it
 */
public record Machine(
        Map<String, String> environment,
        Path workingDirectory,
        Path home,
        Limits limits,
        InstantSource clock,
        Function<ScheduledExecutorService, Timer> timer) {

    public static Machine real() {
        Map<String, String> environment = System.getenv();
        return new Machine(
                environment,
                Path.of("").toAbsolutePath(),
                Path.of(home(environment)),
                Limits.DEFAULT,
                InstantSource.system(),
                Timer::on);
    }

    /** What every other program takes for it; Java alone asks the system who the user is. */
    static String home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? System.getProperty("user.home") : home;
    }

    /** A path as a person writes it, {@code ~} for the home directory. */
    public Path path(String text) {
        return text.startsWith("~/") ? home.resolve(text.substring(2)) : workingDirectory.resolve(text);
    }
}
