package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.process.Machine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command is given.
 *
 * @param http the client with which to call an endpoint
 * @param out results
 * @param err progress and failures
 * @param terminal whether a person watches {@code err}
 */
record Console(
        Machine machine, Function<Endpoint, OkHttpClient> http, PrintWriter out, PrintWriter err, boolean terminal) {

    /** With a client that is made when it is needed. */
    Console(Machine machine, PrintWriter out, PrintWriter err, boolean terminal) {
        this(machine, endpoint -> new OkHttpClient(), out, err, terminal);
    }

    static Console real(Machine machine, Function<Endpoint, OkHttpClient> http) {
        return new Console(
                machine,
                http,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Ansi.AUTO.enabled());
    }
}
