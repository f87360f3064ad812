package io.jenkins.plugins.iplb.ansible;

import io.jenkins.plugins.iplb.ansible.module.Engine;
import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.operation.Durations;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.process.HeadStart;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SingleProcess;
import io.jenkins.plugins.iplb.run.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** Runs the operation of one call: settings, record and deadline are those of its arguments. */
final class OvhEngine implements Engine {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)})");

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
    private final HeadStart headStart;

    OvhEngine(Machine machine, Call call, Arguments arguments, HeadStart headStart) {
        this.machine = machine;
        this.call = call;
        this.arguments = arguments;
        this.headStart = headStart;
    }

    @Override
    public OkHttpClient http() {
        return headStart.client();
    }

    /** As Ansible's own modules take it: with variables of the environment, and {@code ~} for the home directory. */
    @Override
    public Path path(String given) {
        return machine.path(VARIABLE.matcher(given)
                .replaceAll(variable -> Matcher.quoteReplacement(machine.environment()
                        .getOrDefault(
                                variable.group(1) == null ? variable.group(2) : variable.group(1), variable.group()))));
    }

    /** As on every face; a number alone is seconds, as in Ansible's own modules. */
    @Override
    public Duration timeout() {
        String text = arguments.text("timeout").strip();
        return Durations.parse("timeout", text.matches("\\d+") ? text + "s" : text);
    }

    @Override
    public Report run(Operation operation) {
        Options options = new Options(
                UUID.randomUUID().toString(),
                machine.clock().instant().plus(timeout()),
                call.check(),
                status -> {},
                Map.of("module", call.module(), "ansible", call.ansibleVersion()),
                CallObserver.NONE);
        SingleProcess process = new SingleProcess(machine, headStart::client);
        return arguments.has("record")
                ? process.run(operation, settings(), path(arguments.text("record")), options)
                : process.run(operation, settings(), options);
    }

    private Map<String, String> settings() {
        Map<String, String> given = new HashMap<>();
        arguments.given(SETTINGS).forEach((name, value) -> given.put(name, value.textValue()));
        return given;
    }
}
