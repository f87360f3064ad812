package io.jenkins.plugins.iplb.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ansible.module.Meaning;
import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.operation.Drift;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.process.Invocation;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SingleProcess;
import io.jenkins.plugins.iplb.process.WarmHttp;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the operation of one call: settings, record and deadline are those of its arguments. */
final class OvhEngine {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)})");

    private static final List<String> SETTINGS = List.of(
            "endpoint",
            "application_key",
            "application_secret",
            "consumer_key",
            "client_id",
            "client_secret",
            "access_token");

    private static final String RECORD = "record";

    private final Machine machine;
    private final Call call;
    private final Arguments arguments;
    private final WarmHttp http;

    OvhEngine(Machine machine, Call call, Arguments arguments, WarmHttp http) {
        this.machine = machine;
        this.call = call;
        this.arguments = arguments;
        this.http = http;
    }

    /**
     * Carries out what the arguments mean.
     *
     * @throws IplbException when it cannot be done, in the words of the module
     */
    Report run(Meaning meaning) {
        try {
            Fields given = meaning.given(arguments, name -> path(name).toString());
            return new SingleProcess(machine, http).run(operation(meaning, given), invocation());
        } catch (InvalidInput e) {
            throw new IplbException(e.kind(), e.message(meaning::called), e);
        }
    }

    private Operation operation(Meaning meaning, Fields given) {
        OperationType type = meaning.operation();
        if (type == FileOperations.CONFIGURING) {
            Fields checked = type.check(given).values();
            return configuring(checked, checked.get("refresh").booleanValue());
        }
        if (type == FileOperations.LOOKING) {
            return drifting(type.check(given).values());
        }
        return type == RecordOperations.UNDOING
                ? undoing(type.check(given).values())
                : type.operation(explained(meaning, given));
    }

    private Operation.Configuring configuring(Fields given, boolean refresh) {
        return ChangeFile.read(
                        name(given), content(given), FileOperations.values(given.get("values"), machine.environment()))
                .of(given.get("service").textValue())
                .operation(refresh);
    }

    private Operation drifting(Fields given) {
        Optional<Duration> pendingFor = Optional.ofNullable(given.get("pendingFor"))
                .map(text -> Durations.parse("pendingFor", text.textValue()));
        String content = content(given);
        return RecordReader.isOne(content)
                ? new Operation.Drifting(
                        given.get("service").textValue(), Optional.empty(), record(given, content), pendingFor)
                : Drift.of(configuring(given, false), pendingFor);
    }

    private Operation undoing(Fields given) {
        List<String> ids = new ArrayList<>();
        given.json().path("entries").forEach(id -> ids.add(id.textValue()));
        return new Operation.Undoing(Rollback.of(
                given.get("service").textValue(),
                Rollback.chosen(record(given, content(given)), ids, "entries"),
                given.get("force").booleanValue(),
                given.get("refresh").booleanValue()));
    }

    private List<RecordedEntry> record(Fields given, String content) {
        return RecordReader.read(name(given), new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** What messages call it. */
    private String name(Fields given) {
        return given.get("file") == null ? "content" : arguments.text("path");
    }

    private String content(Fields given) {
        JsonNode file = given.get("file");
        return file == null ? given.get("content").textValue() : text(file.textValue());
    }

    private String text(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidInput("file", file, "a file of this machine that can be read, in UTF-8");
        }
    }

    /** Without a record there is nothing that could explain even one's own changes. */
    private Fields explained(Meaning meaning, Fields given) {
        boolean allowed = meaning.operation().name().equals(RefreshRequest.OPERATION)
                && !arguments.has("foreign_changes")
                && !arguments.has(RECORD);
        return allowed ? given.with("foreignChanges", ForeignChanges.ALLOW.code()) : given;
    }

    private Invocation invocation() {
        return new Invocation(
                settings(),
                arguments.has(RECORD) ? Optional.of(path(arguments.text(RECORD))) : Optional.empty(),
                timeout(),
                call.check(),
                Map.of("module", call.module(), "ansible", call.ansibleVersion()),
                status -> {},
                CallObserver.NONE);
    }

    /** As Ansible's own modules take it: with variables of the environment, and {@code ~} for the home directory. */
    private Path path(String given) {
        return machine.path(VARIABLE.matcher(given)
                .replaceAll(variable -> Matcher.quoteReplacement(machine.environment()
                        .getOrDefault(
                                variable.group(1) == null ? variable.group(2) : variable.group(1), variable.group()))));
    }

    /** As on every face; a number alone is seconds, as in Ansible's own modules. */
    private Duration timeout() {
        String text = arguments.text("timeout").strip();
        return Durations.parse("timeout", text.matches("\\d+") ? text + "s" : text);
    }

    private Map<String, String> settings() {
        Map<String, String> given = new HashMap<>();
        arguments.given(SETTINGS).forEach((name, value) -> given.put(name, value.textValue()));
        return given;
    }
}
