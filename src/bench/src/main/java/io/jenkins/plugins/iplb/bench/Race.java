package io.jenkins.plugins.iplb.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Course} that peers take in turn, on one sandbox over https, through a relay that adds the round-trip time. The
 * peers keep to no budget, and so {@code iplb} has as large a one as it may have.
 *
 * <p>Next to what each took stands the least that a Java program could: what the {@link BareProgram} takes for its one
 * request without any round-trip time, the round trips that must follow one another, and what OVH takes.
 */
final class Race {
    private static final List<Duration> ROUND_TRIPS =
            List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(80));

    private final String name;
    private final int rounds;
    private final Path scratch;
    private final Sandbox sandbox;
    private final Peers peers;
    private final Course course;

    /** Made for a sandbox, which holds {@link DemoWorld}. */
    interface Setting {
        /** Adds the peers. */
        Course of(Sandbox sandbox, Peers peers) throws IOException, InterruptedException;
    }

    private Race(String name, int rounds, Path scratch, Sandbox sandbox, Peers peers, Course course) {
        this.name = name;
        this.rounds = rounds;
        this.scratch = scratch;
        this.sandbox = sandbox;
        this.peers = peers;
        this.course = course;
    }

    /**
     * Prints a table for each step and round-trip time, and writes all figures to {@code src/bench/target/NAME.json}.
     *
     * @param rounds how often each peer takes the course
     */
    static void run(String name, int rounds, Setting setting)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        try (Scratch scratch = Scratch.make();
                Sandbox sandbox = Sandbox.builder().world(DemoWorld::in).start()) {
            Peers peers = Peers.prepare(Target.folder(), scratch.directory(), sandbox);
            peers.set("OVH_REQUESTS_PER_MINUTE", "600");
            Course course = setting.of(sandbox, peers);
            new Race(name, rounds, scratch.directory(), sandbox, peers, course).run();
        }
    }

    private void run() throws IOException, InterruptedException, URISyntaxException {
        ObjectNode all = Json.MAPPER.createObjectNode();
        double bare = bareStart();
        all.put("rounds", rounds).put("bareStart", bare);
        ArrayNode figures = all.putArray("figures");
        for (Duration roundTrip : ROUND_TRIPS) {
            try (Relay relay = Relay.to(sandbox.httpsEndpoint().getPort(), roundTrip)) {
                System.err.printf("%s, round-trip time %d ms…%n", name, roundTrip.toMillis());
                figures.addAll(at(roundTrip, relay.port(), bare));
            }
        }
        Target.write(name, all);
    }

    private double bareStart() throws IOException, InterruptedException {
        List<String> bare = peers.bareProgram();
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seconds.add(peers.run(bare, scratch, sandbox.httpsEndpoint().getPort(), 0)
                    .seconds());
        }
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    private List<ObjectNode> at(Duration roundTrip, int port, double bare) throws IOException, InterruptedException {
        Map<Course.Step, Map<String, List<Took>>> all = new LinkedHashMap<>();
        course.steps().forEach(step -> {
            all.put(step, new LinkedHashMap<>());
            peers.names().stream()
                    .filter(step.arguments()::containsKey)
                    .forEach(peer -> all.get(step).put(peer, new ArrayList<>()));
        });
        if (roundTrip.isZero()) {
            // The first time is not counted: what a peer keeps for the next times is made then.
            for (String peer : peers.names()) {
                through(peer, port);
                peers.settle();
            }
        }
        List<String> turns = new ArrayList<>(peers.names());
        for (int round = 0; round < rounds; round++) {
            for (String peer : turns) {
                through(peer, port)
                        .forEach((step, took) -> all.get(step).get(peer).add(took));
            }
            Collections.rotate(turns, 1);
        }
        List<ObjectNode> figures = new ArrayList<>();
        all.forEach((step, taken) -> {
            double least = bare
                    + (step.roundTrips() * roundTrip.toMillis() + step.waiting().toMillis()) / 1000.0;
            String title = "%s, round-trip time %d ms".formatted(step.title(), roundTrip.toMillis());
            Comparison<Took> comparison = new Comparison<>(title, taken)
                    .row("seconds", "%.3f", took -> took.figures().seconds(), others(taken))
                    .row(
                            "  as part of the least, %.3f".formatted(least),
                            "%.2f",
                            took -> took.figures().seconds() / least)
                    .row("requests", "%.0f", Took::requests)
                    .row("processor", "%.3f", took -> took.figures().processor())
                    .row("mebibytes", "%.0f", took -> took.figures().mebibytes());
            System.out.println(comparison + "\n");
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("step", step.title())
                    .put("roundTripMillis", roundTrip.toMillis())
                    .put("least", least);
            json.set("peers", comparison.json());
            figures.add(json);
        });
        return figures;
    }

    private static String[] others(Map<String, List<Took>> taken) {
        return taken.keySet().stream().filter(peer -> !peer.equals(Peers.THIS)).toArray(String[]::new);
    }

    /** In one folder, as a repository of somebody's. */
    private Map<Course.Step, Took> through(String peer, int port) throws IOException, InterruptedException {
        Map<Course.Step, Took> taken = new LinkedHashMap<>();
        try (Scratch directory = Scratch.make()) {
            course.begin(directory.directory());
            for (Course.Step step : course.steps()) {
                if (step.arguments().containsKey(peer)) {
                    sandbox.calls().clear();
                    Figures figures = peers.run(
                            peer,
                            directory.directory(),
                            port,
                            step.arguments().get(peer),
                            step.exit().getOrDefault(peer, 0));
                    taken.put(step, new Took(figures, sandbox.calls().all().size()));
                    step.end().check(directory.directory());
                }
            }
        }
        return taken;
    }

    /** @param requests that the sandbox got */
    private record Took(Figures figures, int requests) {}
}
