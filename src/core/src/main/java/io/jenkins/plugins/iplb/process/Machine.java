package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.wait.Timer;
import java.nio.file.InvalidPathException;
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

    /** @throws IplbException of kind {@code USAGE} for a variable that is needed and is not UTF-8 */
    public static Machine real() {
        Map<String, String> environment = SystemText.real().environment(System.getenv());
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

    /**
     * A path as a person writes it, {@code ~} for the home directory.
     *
     * @throws IplbException of kind {@code USAGE} for a name that no file can have, or none that Java can reach
     */
    public Path path(String text) {
        try {
            return text.startsWith("~/") ? home.resolve(text.substring(2)) : workingDirectory.resolve(text);
        } catch (InvalidPathException e) {
            throw new IplbException(
                    FailureKind.USAGE,
                    "No file can be reached by the name '%s': %s. A locale of UTF-8, such as LC_ALL=C.UTF-8, lets Java reach all names. Nothing was sent."
                            .formatted(text, e.getReason()),
                    e);
        }
    }
}
