package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.process.HttpClients;
import io.jenkins.plugins.iplb.process.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command is given.
 *
 * @param http where a command gets its HTTP client
 * @param out results
 * @param err progress and failures
 * @param terminal whether a person watches {@code err}
 */
record Console(Machine machine, HttpClients http, PrintWriter out, PrintWriter err, boolean terminal) {

    /** With clients that are made when they are needed. */
    Console(Machine machine, PrintWriter out, PrintWriter err, boolean terminal) {
        this(machine, HttpClients.on(machine), out, err, terminal);
    }

    static Console real(Machine machine, HttpClients http) {
        return new Console(machine, http, writer(System.out), writer(System.err), Ansi.AUTO.enabled());
    }

    /** Whatever the locale says: who reads it takes it as UTF-8. */
    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** What is in a file. @param parameter what it was given as @throws InvalidInput when it cannot be read */
    String text(String parameter, String file) {
        try {
            return Files.readString(machine.path(file), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInput(parameter, file, "a file that can be read, in UTF-8");
        }
    }
}
