package io.jenkins.plugins.iplb.docs.pipeline;

import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Pipeline, scripted or declarative, as far as ours go: steps of ours are carried out, blocks are run, and what Jenkins and
 * other plugins do is left out. A word that is none of these is a mistake.
 */
public abstract class PipelineScript extends Script {
    private static final Set<String> BLOCKS = Set.of(
            "pipeline",
            "steps",
            "script",
            "node",
            "dir",
            "withEnv",
            "timeout",
            "timestamps",
            "always",
            "retry",
            "ansiColor");
    private static final Set<String> LEFT_OUT = Set.of(
            "agent",
            "options",
            "triggers",
            "tools",
            "environment",
            "input",
            "echo",
            "sh",
            "checkout",
            "archiveArtifacts",
            "stash",
            "unstash",
            "unstable",
            "sleep",
            "build",
            "cron",
            "properties");
    private static final Set<String> PARAMETERS = Set.of("string", "text", "choice", "booleanParam");

    private StandIn controller;
    private PipelineCheck check;
    private List<StepCall> made;
    private boolean skipped;
    private RuntimeException failure;

    /** @param calls gets each call of a step of ours that was carried out */
    void on(StandIn where, PipelineCheck reader, List<StepCall> calls) {
        controller = where;
        check = reader;
        made = calls;
    }

    /** What has failed, if a post section has been run since. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Called by Groovy for every word of the Pipeline. */
    public Object methodMissing(String word, Object given) {
        List<Object> arguments = new ArrayList<>(Arrays.asList((Object[]) given));
        Optional<Closure<?>> block = Optional.empty();
        if (!arguments.isEmpty() && arguments.get(arguments.size() - 1) instanceof Closure<?> last) {
            block = Optional.of(last);
            arguments.remove(arguments.size() - 1);
        }
        if (StepTypes.isOurs(word)) {
            return ours(word, arguments, block);
        }
        if (PARAMETERS.contains(word) && !arguments.isEmpty()) {
            return parameter(word, named(arguments));
        }
        return switch (word) {
            case "stages" -> stages(block.orElseThrow());
            case "stage" -> stage(block.orElseThrow());
            case "when" -> when(block.orElseThrow());
            case "expression" -> block.orElseThrow().call();
            case "post" -> post(block.orElseThrow());
            case "success" -> failure == null ? block.orElseThrow().call() : null;
            case "unsuccessful", "failure" ->
                failure == null ? null : block.orElseThrow().call();
            case "parameters", "withCredentials" -> block.orElseThrow().call();
            case "parallel" -> parallel(named(arguments));
            case "readFile" -> controller.read(arguments.get(0).toString());
            case "writeFile" -> written(named(arguments));
            case "error" -> throw new IllegalStateException(arguments.get(0).toString());
            case "ovhLoadBalancerMetrics", "file" -> named(arguments);
            default -> others(word, block);
        };
    }

    private Object others(String word, Optional<Closure<?>> block) {
        if (BLOCKS.contains(word)) {
            return skipped && word.equals("steps") ? null : block.orElseThrow().call();
        }
        if (LEFT_OUT.contains(word)) {
            return null;
        }
        throw new IllegalArgumentException("no word of a Pipeline that is known here: " + word);
    }

    private Object ours(String word, List<Object> arguments, Optional<Closure<?>> block) {
        StepCall call = check.call(check.step(word), named(arguments));
        Object result = controller.call(call, block.map(each -> each::call));
        made.add(call);
        return result;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> named(List<Object> arguments) {
        return arguments.isEmpty() ? Map.of() : (Map<String, Object>) arguments.get(0);
    }

    /** What nobody has given is as it is preset. */
    private Object parameter(String kind, Map<String, Object> declared) {
        if (declared.containsKey("credentialsId")) {
            return declared;
        }
        Object preset = kind.equals("choice")
                ? ((List<?>) declared.get("choices")).get(0)
                : declared.getOrDefault("defaultValue", "");
        params().putIfAbsent(declared.get("name").toString(), preset);
        return null;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> params() {
        return (Map<String, Object>) getBinding().getVariable("params");
    }

    private Object stages(Closure<?> block) {
        try {
            block.call();
        } catch (RuntimeException e) {
            failure = e;
        }
        return null;
    }

    private Object stage(Closure<?> block) {
        skipped = false;
        Object result = block.call();
        skipped = false;
        return result;
    }

    private Object when(Closure<?> block) {
        Object holds = block.call();
        skipped = holds == null || holds.equals(false) || holds.toString().isEmpty();
        return null;
    }

    private Object post(Closure<?> block) {
        return block.call();
    }

    private Object parallel(Map<String, Object> branches) {
        branches.values().forEach(each -> {
            if (each instanceof Closure<?> branch) {
                branch.call();
            }
        });
        return null;
    }

    private Object written(Map<String, Object> file) {
        try {
            Files.writeString(
                    controller.workspace().resolve(file.get("file").toString()),
                    file.get("text").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }
}
