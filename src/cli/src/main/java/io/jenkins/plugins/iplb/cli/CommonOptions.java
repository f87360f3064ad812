package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.parameter.Durations;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of every command that carries an operation out.
 *
 * @param timeout as it is typed
 * @param endpoint null when it is not given
 */
record CommonOptions(
        Output output, boolean check, boolean diff, String record, String timeout, String endpoint, boolean verbose) {

    /** Of who has none of them. */
    static final CommonOptions DEFAULT =
            new CommonOptions(Output.text, false, false, "iplb-changes.json", "10m", null, false);

    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--output")
                        .type(Output.class)
                        .paramLabel("text|json")
                        .defaultValue("text")
                        .description("How to show the result: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
                        .build())
                .addOption(flag("--check", "Write nothing; say what would change."))
                .addOption(flag("--diff", "Show the differences, field by field."))
                .addOption(OptionSpec.builder("--record")
                        .type(String.class)
                        .paramLabel("FILE")
                        .defaultValue("iplb-changes.json")
                        .description("The change record to add to. Default: ${DEFAULT-VALUE}.")
                        .build())
                .addOption(OptionSpec.builder("--timeout")
                        .type(String.class)
                        .paramLabel("DURATION")
                        .defaultValue("10m")
                        .description("For everything together, such as 45s, 10m, 1h. Default: ${DEFAULT-VALUE}.")
                        .build())
                .addOption(OptionSpec.builder("--endpoint")
                        .type(String.class)
                        .paramLabel("NAME|URL")
                        .description("ovh-eu, ovh-ca, ovh-us or a base URL. Default: OVH_ENDPOINT, ovh.conf, ovh-eu.")
                        .build())
                .addOption(flag("--verbose", "Show every call."));
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    static CommonOptions of(ParseResult parsed) {
        return new CommonOptions(
                parsed.matchedOptionValue("--output", Output.text),
                parsed.hasMatchedOption("--check"),
                parsed.hasMatchedOption("--diff"),
                parsed.matchedOptionValue("--record", "iplb-changes.json"),
                parsed.matchedOptionValue("--timeout", "10m"),
                parsed.matchedOptionValue("--endpoint", null),
                parsed.hasMatchedOption("--verbose"));
    }

    /** @throws io.jenkins.plugins.iplb.failure.InvalidInput for what is no duration */
    Duration patience() {
        return Durations.parse("timeout", timeout);
    }

    /** What was given of the settings, by key as in {@code ovh.conf}. */
    Map<String, String> settings() {
        return endpoint == null ? Map.of() : Map.of("endpoint", endpoint);
    }
}
