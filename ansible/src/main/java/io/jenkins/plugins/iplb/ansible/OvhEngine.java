package io.jenkins.plugins.iplb.ansible;

import io.jenkins.plugins.iplb.ansible.module.Engine;
import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.operation.Durations;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.Settings;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import okhttp3.OkHttpClient;

/** Runs the operation of one call: settings, record and deadline are those of its arguments. */
final class OvhEngine implements Engine {
    private static final List<String> SETTINGS = List.of(
            "endpoint",
            "application_key",
            "application_secret",
            "consumer_key",
            "client_id",
            "client_secret",
            "access_token");

    private final Machine machine;
    private final Call call;
    private final Arguments arguments;
    private final HttpStart http;

    OvhEngine(Machine machine, Call call, Arguments arguments, HttpStart http) {
        this.http = http;
        this.machine = machine;
        this.call = call;
        this.arguments = arguments;
    }

    @Override
    public OkHttpClient http() {
        return http.client();
    }

    /** As on every face; a number alone is seconds, as in Ansible's own modules. */
    @Override
    public Duration timeout() {
        String text = arguments.text("timeout").strip();
        return Durations.parse("timeout", text.matches("\\d+") ? text + "s" : text);
    }

    @Override
    public Report run(BiFunction<Operations, Options, CompletableFuture<Report>> operation) {
        Duration timeout = timeout();
        Journal journal = journal();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(OvhEngine::daemon);
        try {
            Options options = new Options(
                    UUID.randomUUID().toString(),
                    machine.clock().instant().plus(timeout),
                    call.check(),
                    status -> {},
                    Map.of("module", call.module(), "ansible", call.ansibleVersion()),
                    CallObserver.NONE);
            Timer timer = machine.timer().apply(executor);
            Operations operations = new Operations(
                    client(), journal, new Waiter(timer, executor), new Coordinators(timer, executor), executor);
            return operation.apply(operations, options).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            executor.shutdownNow();
        }
    }

    /** One that writes nothing need not have any. */
    private Journal journal() {
        if (!arguments.has("record")) {
            return Journal.none();
        }
        Path file = machine.path(arguments.text("record"));
        return call.check() && !Files.exists(file) ? Journal.none() : RecordFile.open(file, machine.clock());
    }

    private OvhClient client() {
        Map<String, String> given = new HashMap<>();
        arguments.given(SETTINGS).forEach((name, value) -> given.put(name, value.textValue()));
        Settings settings =
                Settings.find(given, machine.environment(), Settings.files(machine.workingDirectory(), machine.home()));
        return new OvhClients(http.client(settings.endpoint()), machine.limits(), machine.clock())
                .client(settings.endpoint(), settings.credentials());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "iplb");
        thread.setDaemon(true);
        return thread;
    }
}
