package io.jenkins.plugins.iplb.cli;

import picocli.CommandLine.Option;

/** The options of every command that talks to OVH. */
final class CommonOptions {
    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How to show the result: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Output output;

    @Option(names = "--check", description = "Write nothing; say what would change.")
    boolean check;

    @Option(names = "--diff", description = "Show the differences, field by field.")
    boolean diff;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            defaultValue = "iplb-changes.json",
            description = "The change record to add to. Default: ${DEFAULT-VALUE}.")
    String record;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "For everything together, such as 45s, 10m, 1h. Default: ${DEFAULT-VALUE}.")
    String timeout;

    @Option(
            names = "--endpoint",
            paramLabel = "NAME|URL",
            description = "ovh-eu, ovh-ca, ovh-us or a base URL. Default: OVH_ENDPOINT, ovh.conf, ovh-eu.")
    String endpoint;

    @Option(names = "--verbose", description = "Show every call.")
    boolean verbose;
}
