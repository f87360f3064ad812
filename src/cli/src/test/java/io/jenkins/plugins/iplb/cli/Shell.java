package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.iplb.api.MetricsToken;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.wait.Timer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs commands as a person does in a directory of their own, with the credentials of a sandbox in the environment. Time
 * is the sandbox's: whatever waits is over at once, unless {@link #inRealTime}. Whatever is run, no secret may show.
 */
final class Shell {
    static final String SERVICE = DemoWorld.SERVICE;

    private static final String SECRET = "sandboxsecret";
    private static final String SIGNATURE = "\\$1\\$[0-9a-f]{40}";

    /** What fails, fails within milliseconds. */
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            2,
            Duration.ofSeconds(30),
            Duration.ofMillis(1),
            100_000);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Sandbox sandbox;
    private final Path directory;
    private final Map<String, String> environment;
    private InstantSource clock;
    private Function<ScheduledExecutorService, Timer> timer;
    private Limits limits = LIMITS;
    private boolean terminal;

    Shell(Sandbox sandbox, TestClock clock, Path directory) {
        this.sandbox = sandbox;
        this.directory = directory;
        this.environment = new TreeMap<>(SandboxEnvironment.of(sandbox));
        this.clock = clock;
        this.timer = workers -> (delay, task) -> {
            AtomicBoolean calledOff = new AtomicBoolean();
            workers.execute(() -> {
                if (!calledOff.get()) {
                    clock.advance(delay);
                    task.run();
                }
            });
            return () -> calledOff.set(true);
        };
    }

    // ---- where it runs

    Shell inRealTime() {
        clock = InstantSource.system();
        timer = Timer::on;
        return this;
    }

    /** By a key that may send no more than that. */
    Shell perMinute(int requests) {
        limits = new Limits(
                LIMITS.connect(),
                LIMITS.read(),
                LIMITS.call(),
                LIMITS.retries(),
                LIMITS.retryFor(),
                LIMITS.firstDelay(),
                requests);
        return this;
    }

    Shell onTerminal() {
        terminal = true;
        return this;
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell without(String... variables) {
        List.of(variables).forEach(environment::remove);
        return this;
    }

    Shell withOnly(Map<String, String> variables) {
        environment.clear();
        environment.putAll(variables);
        return this;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all files, hidden ones too. */
    List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- what it runs

    /** @param command as one would type it; words in quotes are one argument */
    Ran run(String command, String... more) {
        String[] arguments = Stream.concat(words(command), Stream.of(more)).toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Machine machine = new Machine(environment, directory, directory.resolve("home"), limits, clock, timer);
        Console console = new Console(machine, new PrintWriter(out, true), new PrintWriter(err, true), terminal);
        Ran ran = new Ran(Iplb.run(console, arguments), out.toString(), err.toString());
        String answer = List.of(arguments).contains(MetricsToken.OPERATION) ? "a secret that was asked for" : ran.out();
        assertThat(answer + ran.err() + written())
                .doesNotContain(SECRET)
                .doesNotContainPattern(SIGNATURE)
                .doesNotContain("Bearer");
        assertThat(ran.out() + ran.err())
                .as("nothing moves a terminal but the line that is to")
                .doesNotContainPattern(terminal ? "[\\p{Cc}&&[^\\n\\r]]" : "[\\p{Cc}&&[^\\n]]");
        return ran;
    }

    Ran json(String command, String... more) {
        return run(
                command,
                Stream.concat(Stream.of(more), Stream.of("--output", "json")).toArray(String[]::new));
    }

    static Stream<String> words(String command) {
        return Pattern.compile("'([^']*)'|(\\S+)")
                .matcher(command.replace("$S", SERVICE))
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1));
    }

    // ---- what came of it

    ServiceSeed shop() {
        return sandbox.world().service(SERVICE);
    }

    /** All calls that could have changed something. */
    List<Exchange> writes() {
        return Deeds.writes(sandbox);
    }

    List<RecordedEntry> record() {
        return RecordReader.read(file("iplb-changes.json"));
    }

    private String written() {
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended. */
    record Ran(int code, String out, String err) {

        /** The one object on standard output, which must have exactly the documented keys. */
        JsonNode json() {
            JsonNode object;
            try {
                object = JSON.readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not one JSON object: " + out, e);
            }
            if (object.has("failed")) {
                assertThat(keys(object)).containsExactly("failed", "operation", "msg", "error");
                assertThat(keys(object.path("error"))).containsExactly("kind", "httpStatus", "errorCode", "queryId");
                assertThat(object.path("failed").booleanValue()).isTrue();
                assertThat(code).isNotZero();
            } else {
                assertThat(keys(object))
                        .containsExactly(
                                "changed", "operation", "service", "msg", "about", "result", "diff", "calls", "record");
                assertThat(keys(object.path("calls"))).containsExactly("reads", "writes");
                object.path("diff").forEach(each -> assertThat(keys(each)).containsExactly("path", "before", "after"));
                assertThat(code).isIn(ExitCode.DONE, ExitCode.CHANGES);
            }
            return object;
        }

        JsonNode result() {
            return json().path("result");
        }

        String kind() {
            return json().path("error").path("kind").asText();
        }

        String message() {
            return json().path("msg").asText();
        }

        static List<String> keys(JsonNode object) {
            return object.properties().stream().map(Map.Entry::getKey).toList();
        }
    }
}
