package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo", description = "Tells the story of OVH's guides with the real commands, on a sandbox.")
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("iplb-demo");
        try (Sandbox sandbox = Sandbox.builder().world(DemoWorld::in).start()) {
            sandbox.world().refreshTakes(Duration.ofMillis(1500)).ipMoveTakes(Duration.ofMillis(1200));
            return new Story(console, sandbox, directory).tell();
        }
    }

    /** One command after the other; one that does not end as the story has it ends the story. */
    private static final class Story {
        private static final String SERVICE = DemoWorld.SERVICE;

        private final Console console;
        private final PrintWriter out;
        private final Sandbox sandbox;
        private boolean asTold = true;

        private Story(Console here, Sandbox sandbox, Path directory) {
            Machine machine = here.machine();
            this.console = new Console(
                    new Machine(
                            SandboxEnvironment.of(sandbox),
                            directory,
                            directory,
                            machine.limits(),
                            machine.clock(),
                            machine.timer()),
                    here.out(),
                    here.out(),
                    here.terminal());
            this.out = here.out();
            this.sandbox = sandbox;
        }

        private int tell() throws IOException {
            chapter("A load balancer in a sandbox that behaves like OVH's API. No account is needed.");
            run(0, "show", "--service", SERVICE);

            chapter("HTTP/2: the frontend, from before June 2025, answers over HTTP/1.1 so far.");
            run(4, checkHttp2());
            chapter(
                    "It has ssl, and so speaks HTTP/2 by itself after a refresh, with nothing pending; first what it would do.");
            run(0, http2("--check"));
            run(0, http2("--diff"));
            run(0, checkHttp2());
            chapter(
                    "A route hands HTTP/2 connections to the farm whose servers speak it, as OVH's guide has it for TCP.");
            run(0, route("--check"));
            run(0, route("--diff"));
            chapter("Staged is not live: a refresh makes it so, in every zone, and the gate waits for it.");
            run(0, "refresh", "--service", SERVICE);

            chapter(
                    "A failover IP moves from a dedicated server to the load balancer, and is dedicated to one frontend.");
            run(0, "move-failover", "--ip", DemoWorld.MOVABLE_IP, "--to", SERVICE, "--diff");
            run(0, dedicate("--diff"));

            chapter("Sessions stay on one server, by a cookie.");
            run(0, stickiness("--diff"));

            chapter("A frontend that leads nowhere would make the refresh fail: the pre-flight says so beforehand.");
            run(
                    0,
                    "ensure-frontend",
                    "--service",
                    SERVICE,
                    "--protocol",
                    "http",
                    "--port",
                    "8081",
                    "--zone",
                    "gra",
                    "--name",
                    "preprod");
            run(3, "refresh", "--service", SERVICE);
            chapter("Mended with a default farm, it passes.");
            run(
                    0,
                    "ensure-frontend",
                    "--service",
                    SERVICE,
                    "--protocol",
                    "http",
                    "--port",
                    "8081",
                    "--zone",
                    "gra",
                    "--name",
                    "preprod",
                    "--farm",
                    "app");
            run(0, "refresh", "--service", SERVICE);

            chapter("The same commands again change nothing.");
            run(0, http2());
            run(0, route());
            run(0, "move-failover", "--ip", DemoWorld.MOVABLE_IP, "--to", SERVICE);
            run(0, dedicate());
            run(0, stickiness());
            run(0, "refresh", "--service", SERVICE);

            chapter("What was done is on record: every call, written down before it was sent.");
            tellRecord(console.machine().workingDirectory().resolve("iplb-changes.json"));
            return asTold ? ExitCode.DONE : 4;
        }

        private void tellRecord(Path file) throws IOException {
            out.println();
            for (RecordedEntry entry : RecordReader.read(file)) {
                out.println(entry.headline());
                entry.calls()
                        .forEach(call -> out.printf(
                                "    %s %s: HTTP %d, query id %s%n",
                                call.method(), call.path(), call.status(), call.queryId()));
            }
            out.println();
            out.println("The first entry as it is in the file:");
            JsonNode first = Json.MAPPER.readTree(file.toFile()).path("entries").path(0);
            out.println(first.toPrettyString());
            out.println();
            out.println("The whole record is in " + file);
        }

        private void chapter(String text) {
            out.println();
            out.println("== " + text);
        }

        private void run(int expected, String... arguments) {
            out.println();
            out.println("$ iplb " + String.join(" ", quoted(arguments)));
            int code = Iplb.run(console, arguments);
            if (code != expected) {
                out.println("!! exit code " + code + ", " + expected + " was expected");
                asTold = false;
            } else if (code != ExitCode.DONE) {
                out.println("(exit code " + code + ")");
            }
        }

        private String[] http2(String... more) {
            return with(
                    more,
                    "enable-http2",
                    "--service",
                    SERVICE,
                    "--protocol",
                    "tcp",
                    "--frontend",
                    "https",
                    "--url",
                    "https://www.shop.example/",
                    "--connect-to",
                    SandboxEnvironment.tlsAddress(sandbox),
                    "--ca",
                    sandbox.caFile().toString());
        }

        private String[] route(String... more) {
            return with(
                    more,
                    "add-route",
                    "--service",
                    SERVICE,
                    "--protocol",
                    "tcp",
                    "--frontend",
                    "https",
                    "--farm",
                    "web-http2",
                    "--name",
                    "http2",
                    "--rule",
                    "protocol is http/2.0");
        }

        private String[] dedicate(String... more) {
            return with(
                    more,
                    "dedicate-failover",
                    "--service",
                    SERVICE,
                    "--protocol",
                    "tcp",
                    "--frontend",
                    "https",
                    "--ip",
                    DemoWorld.MOVABLE_IP);
        }

        private String[] stickiness(String... more) {
            return with(
                    more,
                    "set-stickiness",
                    "--service",
                    SERVICE,
                    "--protocol",
                    "http",
                    "--farm",
                    "app",
                    "--mode",
                    "cookie");
        }

        private String[] checkHttp2() {
            return with(
                    new String[0],
                    "check-http2",
                    "https://www.shop.example/",
                    "--connect-to",
                    SandboxEnvironment.tlsAddress(sandbox),
                    "--ca",
                    sandbox.caFile().toString());
        }

        private static String[] with(String[] more, String... arguments) {
            List<String> all = new ArrayList<>(List.of(arguments));
            all.addAll(List.of(more));
            return all.toArray(String[]::new);
        }

        private static List<String> quoted(String... arguments) {
            return List.of(arguments).stream()
                    .map(each -> each.contains(" ") ? "'" + each + "'" : each)
                    .toList();
        }
    }
}
