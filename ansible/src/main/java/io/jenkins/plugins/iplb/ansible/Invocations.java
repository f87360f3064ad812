package io.jenkins.plugins.iplb.ansible;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.operation.Durations;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.process.Invocation;
import io.jenkins.plugins.iplb.process.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the arguments that all modules have in common are meant. */
final class Invocations {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)})");

    private static final List<String> SETTINGS = List.of(
            "endpoint",
            "application_key",
            "application_secret",
            "consumer_key",
            "client_id",
            "client_secret",
            "access_token");

    private Invocations() {}

    static Invocation of(Call call, Arguments arguments) {
        return new Invocation(
                settings(arguments),
                arguments.path("record"),
                timeout(arguments),
                call.check(),
                Map.of("module", call.module(), "ansible", call.ansibleVersion()),
                status -> {},
                CallObserver.NONE);
    }

    /** As Ansible's own modules take a path: with variables of the environment, and {@code ~} for the home directory. */
    static Path path(Machine machine, String given) {
        return machine.path(VARIABLE.matcher(given)
                .replaceAll(variable -> Matcher.quoteReplacement(machine.environment()
                        .getOrDefault(
                                variable.group(1) == null ? variable.group(2) : variable.group(1), variable.group()))));
    }

    /** As on every face; a number alone is seconds, as in Ansible's own modules. */
    private static Duration timeout(Arguments arguments) {
        String text = arguments.text("timeout").strip();
        return Durations.parse("timeout", text.matches("\\d+") ? text + "s" : text);
    }

    private static Map<String, String> settings(Arguments arguments) {
        Map<String, String> given = new HashMap<>();
        arguments.given(SETTINGS).forEach((name, value) -> given.put(name, value.textValue()));
        return given;
    }
}
