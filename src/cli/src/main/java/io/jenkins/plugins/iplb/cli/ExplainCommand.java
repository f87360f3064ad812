package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.explain.Deployed;
import io.jenkins.plugins.iplb.sandbox.explain.Explainer;
import io.jenkins.plugins.iplb.sandbox.explain.Explanation;
import io.jenkins.plugins.iplb.sandbox.explain.Question;
import io.jenkins.plugins.iplb.sandbox.explain.WrongQuestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** A command that tells what becomes of a request: a HAProxy of this machine is asked. */
final class ExplainCommand implements Callable<Integer> {
    private static final String SERVICE = "--service";
    private static final String FILE = "FILE";

    /** What is an option of its own name but for the dashes, and what is called otherwise. */
    private static final Map<String, String> OPTIONS =
            Map.of("headers", "--header", "source", "--source", "over", "--over", "ip", "--ip", "zone", "--zone");

    private final Console console;
    private final CommandSpec spec;

    ExplainCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this).name("explain");
        spec.usageMessage()
                .description(
                        "Tells what HAProxy makes of a request by what a change file says, or as a load balancer has it"
                                + " staged: which frontend, route, farm and server, and why no other. Needs HAProxy on"
                                + " this machine (Debian's package haproxy); servers are stood in for.");
        spec.addPositional(PositionalParamSpec.builder()
                        .paramLabel("[FILE] REQUEST")
                        .arity("1..2")
                        .required(true)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("The change file, such as iplb.yaml, and the request, such as"
                                + " 'GET https://www.example.com/login'. Without a method, it is GET.")
                        .build())
                .addOption(OptionSpec.builder(SERVICE)
                        .type(String.class)
                        .paramLabel("SERVICE")
                        .description(
                                "The load balancer that is read instead of a file, or that is meant of those in it.")
                        .build())
                .addOption(ValuesOption.spec());
        FileOperations.EXPLAINING.parameters().stream()
                .filter(parameter -> OPTIONS.containsKey(parameter.name()))
                .forEach(parameter -> spec.addOption(option(parameter)));
        CommonOptions.addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    private static OptionSpec option(Parameter parameter) {
        OptionSpec.Builder option = OptionSpec.builder(OPTIONS.get(parameter.name()))
                .paramLabel(parameter.value().form())
                .description(parameter.description() + ".");
        return parameter.value() instanceof ListOf
                ? option.type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .build()
                : option.type(String.class).build();
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        CommonOptions common = CommonOptions.of(parsed);
        List<String> words = parsed.matchedPositionalValue(0, List.of());
        Optional<String> service = Optional.ofNullable(parsed.matchedOptionValue(SERVICE, null));
        Fields given = given(parsed, words);
        Question question = question(given);
        Staged staged = words.size() > 1
                ? Staged.of(words.get(0), console.text(FILE, words.get(0)), ValuesOption.of(parsed, console), List.of())
                : Staged.of(
                        service.orElseThrow(() -> new InvalidInput(
                                FILE,
                                null,
                                "a change file before the request, or %s for a load balancer".formatted(SERVICE))),
                        new Execution(console, common, spec.name(), true));
        Explanation explanation = explained(staged, service, given, question);
        Presenter.of(console.out(), console.err(), common.output())
                .facts(
                        new Report(
                                spec.name(),
                                staged.service(service),
                                Optional.empty(),
                                false,
                                explanation.json(),
                                List.of(),
                                0,
                                0,
                                Optional.empty()),
                        explanation.lines().stream().map(Colour::of).toList());
        return ExitCode.DONE;
    }

    /** All that the request is about, checked before anything is read. */
    private static Fields given(ParseResult parsed, List<String> words) {
        Fields given = Fields.none().with("content", FILE).with("request", words.get(words.size() - 1));
        for (Map.Entry<String, String> each : OPTIONS.entrySet()) {
            given = given.withPresent(
                    each.getKey(), Optional.ofNullable(parsed.matchedOptionValue(each.getValue(), null)));
        }
        return FileOperations.EXPLAINING.check(given).values();
    }

    private static Question question(Fields given) {
        try {
            return Question.of(given.json());
        } catch (WrongQuestion e) {
            throw meant(e);
        }
    }

    private static InvalidInput meant(WrongQuestion wrong) {
        return new InvalidInput(wrong.parameter(), wrong.given(), wrong.allowed());
    }

    private static Explanation explained(Staged staged, Optional<String> service, Fields given, Question question) {
        try {
            Deployed deployed = Deployed.of(
                    staged.world(),
                    staged.service(service),
                    Optional.ofNullable(given.json().path("zone").textValue()));
            try (Explainer explainer = new Explainer(deployed)) {
                return explainer.ask(question);
            }
        } catch (WrongQuestion e) {
            throw meant(e);
        } catch (IllegalStateException e) {
            throw new IplbException(FailureKind.USAGE, e.getMessage(), e);
        }
    }
}
