package io.jenkins.plugins.iplb.ansible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ansible.module.IplbModule;
import io.jenkins.plugins.iplb.ansible.spec.ArgumentSpec;
import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.WarmHttp;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The entry of every module: takes the name of the arguments file, prints one JSON object and nothing else. */
public final class Main {
    private Main() {}

    public static void main(String[] given) throws IOException {
        ObjectNode answer = answer(given[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(answer);
        // Without an answer Ansible must not go on.
        System.exit(answer.has("failed") || out.checkError() ? 1 : 0);
    }

    /** @param file of the arguments */
    private static ObjectNode answer(String file) throws IOException {
        Machine machine;
        try {
            machine = Machine.real();
        } catch (IplbException e) {
            return Answer.failure(e);
        }
        WarmHttp http = WarmHttp.begin(machine);
        ObjectNode arguments = (ObjectNode) Json.MAPPER.readTree(Files.readString(Path.of(file)));
        return answer(new Call(arguments), machine, http);
    }

    static ObjectNode answer(Call call, Machine machine, WarmHttp http) {
        ArgumentSpec spec = ArgumentSpec.of(call.module());
        ObjectNode answer = answer(spec, call, machine, http);
        answer.putObject("invocation").set("module_args", spec.invocation(call.arguments()));
        return (ObjectNode) Answer.without(spec.secrets(call.arguments()), answer);
    }

    private static ObjectNode answer(ArgumentSpec spec, Call call, Machine machine, WarmHttp http) {
        try {
            IplbModule module = IplbModule.named(call.module());
            Arguments arguments = spec.check(call.arguments(), module.constraints());
            Report report = new OvhEngine(machine, call, arguments, http).run(module.meaning(arguments));
            return Answer.of(report, call, arguments.text("record"));
        } catch (IplbException e) {
            return Answer.failure(e);
        } catch (RuntimeException e) {
            ObjectNode answer = Answer.failure(unforeseen(e));
            return call.verbose() ? answer.put("exception", trace(e)) : answer;
        }
    }

    private static IplbException unforeseen(RuntimeException failure) {
        return new IplbException(
                FailureKind.UNAVAILABLE,
                "%s: this is a mistake in the module; run the playbook with -vvv to see where, and report that"
                        .formatted(failure.getClass().getSimpleName()),
                failure);
    }

    private static String trace(RuntimeException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
