package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * What it costs that the modules of the collection run on Java: a play of ten calls of {@code iplb_farm}, which find
 * everything as it should be, next to a play of ten calls of {@code uri}, a module in Python that comes with Ansible, and
 * next to a play of ten tasks that call no module at all. Each call of {@code uri} sends one request, each of {@code
 * iplb_farm} as many as it takes. A real {@code ansible-playbook} runs them, in turns, on the sandbox over plain http.
 *
 * <p>The argument is how often; 5 by itself. Nothing else should keep the machine busy meanwhile.
 */
public final class TenModuleCalls {
    private static final int CALLS = 10;

    private static final String HEAD = """
            - hosts: localhost
              gather_facts: false
              tasks:
            """;

    private final Path home;
    private final Map<String, String> environment;

    private TenModuleCalls(Path home, Sandbox sandbox) {
        this.home = home;
        this.environment = Map.of(
                "HOME", home.toString(),
                "PATH", System.getenv("PATH"),
                "LC_ALL", "C.UTF-8",
                "OVH_ENDPOINT", sandbox.httpEndpoint().toString(),
                "OVH_APPLICATION_KEY", sandbox.credentials().applicationKey(),
                "OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret(),
                "OVH_CONSUMER_KEY", sandbox.credentials().consumerKey());
    }

    public static void main(String... arguments) throws IOException, InterruptedException, URISyntaxException {
        int rounds = Rounds.of(arguments, 5);
        try (Scratch scratch = Scratch.make();
                Sandbox sandbox = Sandbox.builder().world(DemoWorld::in).start()) {
            TenModuleCalls benchmark = new TenModuleCalls(scratch.directory(), sandbox);
            benchmark.run(
                    "ansible-galaxy", "collection", "install", collection().toString());
            Map<String, String> tasks = new LinkedHashMap<>();
            tasks.put("iplb_farm", """
                    ovhiplb.loadbalancer.iplb_farm: {service: %s, protocol: http, name: app, balance: roundrobin}
                    """.formatted(DemoWorld.SERVICE));
            tasks.put("uri", "ansible.builtin.uri: {url: '%s/auth/time'}\n".formatted(sandbox.httpEndpoint()));
            tasks.put("no module", "ansible.builtin.debug: {msg: hello}\n");
            Target.keep("ten-module-calls", benchmark.compare(tasks, rounds));
        }
    }

    private Table compare(Map<String, String> tasks, int rounds) throws IOException, InterruptedException {
        Map<String, List<Duration>> times = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : tasks.entrySet()) {
            String play = HEAD + ("    - " + each.getValue()).repeat(CALLS);
            Files.writeString(home.resolve(each.getKey() + ".yml"), play);
            times.put(each.getKey(), new ArrayList<>());
            play(each.getKey());
        }
        for (int round = 1; round <= rounds; round++) {
            System.err.println("round " + round + " of " + rounds + "…");
            for (Map.Entry<String, List<Duration>> each : times.entrySet()) {
                each.getValue().add(play(each.getKey()));
            }
        }
        List<Duration> medians = times.values().stream()
                .map(all -> all.stream().sorted().toList().get(rounds / 2))
                .toList();
        double uri = medians.get(1).toMillis();
        double nothing = medians.get(2).toMillis();
        return new Table()
                .row(CALLS + " tasks", List.copyOf(times.keySet()))
                .row("seconds for the play (median of " + rounds + ")", each(medians, time -> time / 1000))
                .row("as part of uri's", each(medians, time -> time / uri))
                .row(
                        "milliseconds for a call, Ansible's own share left out",
                        each(medians, time -> (time - nothing) / CALLS))
                .row("as part of uri's", each(medians, time -> (time - nothing) / (uri - nothing)));
    }

    private static List<String> each(List<Duration> times, DoubleUnaryOperator figure) {
        return times.stream()
                .map(time -> "%.2f".formatted(figure.applyAsDouble((double) time.toMillis())))
                .toList();
    }

    private Duration play(String name) throws IOException, InterruptedException {
        long start = System.nanoTime();
        run("ansible-playbook", name + ".yml");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path output = home.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(output));
        }
    }

    /** It lies beside the libraries of the benchmarks. */
    private static Path collection() throws IOException, URISyntaxException {
        Path libraries = Target.folder().resolve("lib");
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no collection in " + libraries));
        }
    }
}
