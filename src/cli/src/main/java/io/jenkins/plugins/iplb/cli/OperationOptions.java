package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.operation.Group.Count;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The parameters of an operation as options: how they are called and described, and what was given for them. */
record OperationOptions(OperationType type) {
    /** What is called otherwise than its parameter. */
    private static final Map<String, String> PUBLISHED =
            Map.of("set-stickiness.stickiness", "--mode", "shift.steps", "--steps");

    private static final Map<String, String> POSITIONAL = Map.of("check-http2.url", "URL", "check-traffic.url", "URL");

    private static final String NOTHING = "--none";

    /** The names of rules that are written as texts, which have no place for them. */
    private static final String RULE_NAME = "--rule-name";

    void addTo(CommandSpec spec) {
        List<String> grouped = new ArrayList<>();
        for (Group group : type.groups()) {
            if (group.count() == Count.EXACTLY_ONE) {
                grouped.addAll(group.names());
                spec.addArgGroup(group(group.names().stream()
                        .map(name -> option(type.parameter(name)).required(true).build())
                        .toList()));
            }
        }
        for (Parameter parameter : type.parameters()) {
            if (grouped.contains(parameter.name())) {
                continue;
            }
            if (isPositional(parameter)) {
                spec.addPositional(PositionalParamSpec.builder()
                        .type(String.class)
                        .paramLabel(called(parameter))
                        .required(true)
                        .description(description(parameter))
                        .build());
            } else if (mayBeNothing(parameter)) {
                spec.addArgGroup(group(List.of(
                        option(parameter).required(true).build(),
                        CommonOptions.flag(NOTHING, "The same as %s none.".formatted(called(parameter))))));
            } else {
                spec.addOption(option(parameter).required(parameter.isNeeded()).build());
            }
            if (RuleValue.areRules(parameter.value())) {
                spec.addOption(OptionSpec.builder(RULE_NAME)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel("TEXT")
                        .description("The name of a rule: the first of the first %s, and so on."
                                .formatted(called(parameter)))
                        .build());
            }
        }
    }

    private static ArgGroupSpec group(List<OptionSpec> options) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder().exclusive(true).multiplicity("1");
        options.forEach(option -> group.addArg(
                option.required()
                        ? option
                        : OptionSpec.builder(option).required(true).build()));
        return group.build();
    }

    private OptionSpec.Builder option(Parameter parameter) {
        OptionSpec.Builder option = OptionSpec.builder(called(parameter)).description(description(parameter));
        if (parameter.value() instanceof Flag) {
            return option.type(Boolean.class)
                    .arity("0")
                    .negatable(parameter.preset().isEmpty());
        }
        option.paramLabel(label(parameter));
        if (parameter.value() instanceof ListOf list) {
            return option.type(List.class).auxiliaryTypes(String.class).arity(list.holdsBlanks() ? "1" : "1..*");
        }
        return option.type(String.class);
    }

    private static String label(Parameter parameter) {
        String form = Values.isPem(parameter.value())
                ? Values.FILE.form()
                : parameter.value().form();
        return parameter.canBeReset() && !form.endsWith("|" + Parameter.NONE) ? form + "|" + Parameter.NONE : form;
    }

    /** In one paragraph, with what can be told from the declaration. */
    private String description(Parameter parameter) {
        String said = isNegated(parameter) ? negated(parameter.description()) : parameter.description();
        int end = said.contains(". ") ? said.indexOf(". ") : said.length();
        String several = parameter.value() instanceof ListOf ? "; several may be given" : "";
        String whole = said.substring(0, end) + only(parameter) + several + said.substring(end) + ".";
        return whole.replace("%", "%%");
    }

    private String only(Parameter parameter) {
        return parameter.protocols().containsAll(type.protocols())
                ? ""
                : EnumSet.copyOf(parameter.protocols()).stream()
                        .map(protocol -> protocol.code())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** What was given; the word none is understood by the parameters. */
    Fields given(ParseResult parsed) {
        Fields given = Fields.none();
        for (Parameter parameter : type.parameters()) {
            given = given.withPresent(parameter.name(), given(parameter, parsed));
        }
        return given;
    }

    private Optional<?> given(Parameter parameter, ParseResult parsed) {
        if (isPositional(parameter)) {
            return Optional.ofNullable(parsed.matchedPositionalValue(0, null));
        }
        if (mayBeNothing(parameter) && parsed.hasMatchedOption(NOTHING)) {
            return Optional.of(NullNode.instance);
        }
        String option = called(parameter);
        if (!parsed.hasMatchedOption(option)) {
            return Optional.empty();
        }
        if (parameter.value() instanceof Flag && parameter.preset().isPresent()) {
            return parameter.preset().map(preset -> !preset);
        }
        Object value = parsed.matchedOptionValue(option, null);
        return Optional.of(
                RuleValue.areRules(parameter.value())
                        ? named((List<?>) value, parsed.matchedOptionValue(RULE_NAME, List.of()))
                        : value);
    }

    /** Each rule with its name, if it has one. */
    private static List<?> named(List<?> rules, List<?> names) {
        if (names.size() > rules.size()) {
            throw new InvalidInput(
                    RULE_NAME, names.size() + " names", "one for each of the %d rules".formatted(rules.size()));
        }
        List<Object> all = new ArrayList<>(rules);
        for (int i = 0; i < names.size(); i++) {
            all.set(
                    i,
                    RuleSpec.parse("rules", (String) rules.get(i))
                            .fields()
                            .with(RuleSpec.NAME, Name.parse(RULE_NAME, (String) names.get(i)))
                            .json());
        }
        return all;
    }

    /** A failure in the words of the command. */
    IplbException worded(IplbException failure) {
        return failure instanceof InvalidInput invalid
                ? new IplbException(FailureKind.USAGE, invalid.message(this::called), failure)
                : failure;
    }

    /** The parameter of that name, or a part of it, in the words of this command; the name when it has none. */
    String called(String name) {
        int dot = name.indexOf('.');
        String whole = dot < 0 ? name : name.substring(0, dot);
        String part = dot < 0 ? "" : " " + name.substring(dot + 1);
        return type.parameters().stream()
                .filter(each -> each.name().equals(whole))
                .findFirst()
                .map(each -> called(each) + part)
                .orElse(name);
    }

    /** Hyphens between the words; one at a time where there may be several; a flag says what is not so otherwise. */
    String called(Parameter parameter) {
        String key = type.name() + "." + parameter.name();
        if (PUBLISHED.containsKey(key) || POSITIONAL.containsKey(key)) {
            return PUBLISHED.getOrDefault(key, POSITIONAL.get(key));
        }
        String words = parameter.name().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
        String one = parameter.value() instanceof ListOf ? words.replaceFirst("s$", "") : words;
        String file = Values.isPem(parameter.value()) ? "-file" : "";
        return (isNegated(parameter) ? "--no-" : "--") + one.replaceFirst("-id$", "") + file;
    }

    /** What is so when nothing is said can only be denied. */
    private static boolean isNegated(Parameter parameter) {
        return parameter.preset().orElse(false);
    }

    private static String negated(String description) {
        return "Do not " + description.substring(0, 1).toLowerCase(Locale.ROOT) + description.substring(1);
    }

    private boolean isPositional(Parameter parameter) {
        return POSITIONAL.containsKey(type.name() + "." + parameter.name());
    }

    /** A list that must be given and may be empty. */
    private static boolean mayBeNothing(Parameter parameter) {
        return parameter.isNeeded() && parameter.canBeReset() && parameter.value() instanceof ListOf;
    }
}
