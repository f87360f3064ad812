package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.process.Machine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command is given.
 *
 * @param out results
 * @param err progress and failures
 * @param terminal whether a person watches {@code err}
 */
record Console(Machine machine, PrintWriter out, PrintWriter err, boolean terminal) {

    static Console real() {
        return new Console(
                Machine.real(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Ansi.AUTO.enabled());
    }
}
