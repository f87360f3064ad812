package io.jenkins.plugins.iplb.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long {@code iplb plan} and {@code iplb apply} take for a load balancer of {@link ManyRoutes}, from nothing and with
 * one field changed, and how many requests, beside a script on OVH's own client for Node that does what terraform's
 * provider does: one read for each object of its state; one write, and a read after it, for each object that differs, in the
 * order in which they depend on each other; one at a time, and ten at a time as terraform has it by itself. The peers keep
 * to no budget, and so {@code iplb} has as large a one as it may have. Who makes what is staged live waits for OVH, for the
 * same time: all leave it staged. All run in turn, on the sandbox over https, through a relay that adds the round-trip time.
 *
 * <p>The argument is how often, 3 by itself. Prints a table for each round-trip time, and writes all figures to {@code
 * src/bench/target/plan-and-apply.json}. Nothing else should keep the machine busy meanwhile.
 */
public final class PlanAndApply {
    private static final List<Duration> ROUND_TRIPS =
            List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(80));

    private static final String THIS = "iplb";
    private static final String ONE = "one at a time";
    private static final String TEN = "ten at a time";

    private static final int CHANGES = 6;

    private final int rounds;
    private final Peers peers;
    private final Path scratch;
    private final Sandbox sandbox;
    private final ServiceSeed service;

    private PlanAndApply(int rounds, Peers peers, Path scratch, Sandbox sandbox) {
        this.rounds = rounds;
        this.peers = peers;
        this.scratch = scratch;
        this.sandbox = sandbox;
        this.service = sandbox.world().service(DemoWorld.SERVICE);
    }

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        Path target = Path.of(PlanAndApply.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getParent();
        try (Scratch scratch = Scratch.make();
                Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.world().service(DemoWorld.SERVICE).zones("gra", "rbx");
            Peers peers = Peers.prepare(target, scratch.directory(), sandbox);
            peers.set("OVH_REQUESTS_PER_MINUTE", "600");
            Path script = peers.script("load-balancer.js");
            peers.add(THIS, List.of(target.resolve("../../../iplb").normalize().toString()));
            peers.add(ONE, List.of("node", script.toString()));
            peers.add(TEN, List.of("node", script.toString()));
            PlanAndApply benchmark = new PlanAndApply(rounds, peers, scratch.directory(), sandbox);
            ArrayNode all = Json.MAPPER.createArrayNode();
            for (Duration roundTrip : ROUND_TRIPS) {
                try (Relay relay = Relay.to(sandbox.httpsEndpoint().getPort(), roundTrip)) {
                    System.err.println("round-trip time " + roundTrip.toMillis() + " ms…");
                    all.add(benchmark.at(roundTrip, relay.port()));
                }
            }
            Files.writeString(target.resolve("plan-and-apply.json"), all.toPrettyString() + "\n");
        }
    }

    private ObjectNode at(Duration roundTrip, int port) throws IOException, InterruptedException {
        Map<Step, Map<String, List<Took>>> all = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            all.put(step, new LinkedHashMap<>());
        }
        List<String> turns = new ArrayList<>(peers.names());
        if (roundTrip.isZero()) {
            // What iplb keeps for the next times is made the first time, which is not counted.
            through(THIS, port);
            peers.settle();
        }
        for (int round = 0; round < rounds; round++) {
            for (String peer : turns) {
                through(peer, port)
                        .forEach((step, took) -> all.get(step)
                                .computeIfAbsent(peer, none -> new ArrayList<>())
                                .add(took));
            }
            Collections.rotate(turns, 1);
        }
        ObjectNode figures = Json.MAPPER.createObjectNode();
        figures.put("roundTripMillis", roundTrip.toMillis()).put("rounds", rounds);
        all.forEach((step, taken) -> {
            Map<String, List<Took>> inOrder = new LinkedHashMap<>();
            peers.names().forEach(peer -> inOrder.put(peer, taken.get(peer)));
            Comparison<Took> comparison = new Comparison<>(
                            "round-trip time %d ms, %s".formatted(roundTrip.toMillis(), step.title), inOrder)
                    .row("seconds", "%.3f", took -> took.figures().seconds(), ONE, TEN)
                    .row("requests", "%.0f", Took::requests, ONE)
                    .row("processor", "%.3f", took -> took.figures().processor(), ONE)
                    .row("mebibytes", "%.0f", took -> took.figures().mebibytes());
            System.out.println(comparison + "\n");
            figures.set(step.title, comparison.json());
        });
        return figures;
    }

    /** All steps, in one folder as a repository of somebody's. */
    private Map<Step, Took> through(String peer, int port) throws IOException, InterruptedException {
        ManyRoutes.remove(service);
        Path directory = Files.createDirectory(scratch.resolve("repository"));
        Map<Step, Took> taken = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            Files.writeString(directory.resolve("iplb.yaml"), step.wanted.changeFile(DemoWorld.SERVICE));
            Files.writeString(
                    directory.resolve("wanted.json"), step.wanted.resources().toString());
            sandbox.calls().clear();
            Figures figures = peers.run(
                    peer, directory, port, step.arguments(peer), peer.equals(THIS) && !step.applies ? CHANGES : 0);
            taken.put(step, new Took(figures, sandbox.calls().all().size()));
            if (step.applies && (ManyRoutes.staged(service) != ManyRoutes.objects() || !step.wanted.isThere(service))) {
                throw new IllegalStateException("%s, %s: %d objects of %d"
                        .formatted(peer, step.title, ManyRoutes.staged(service), ManyRoutes.objects()));
            }
        }
        new Scratch(directory).close();
        return taken;
    }

    private enum Step {
        PLAN_FROM_NOTHING("plan from nothing", 1, false),
        APPLY_FROM_NOTHING("apply from nothing", 1, true),
        PLAN_OF_ONE_FIELD("plan of one field", 2, false),
        APPLY_OF_ONE_FIELD("apply of one field", 2, true);

        private final String title;
        private final ManyRoutes wanted;
        private final boolean applies;

        Step(String title, int weight, boolean applies) {
            this.title = title;
            this.wanted = new ManyRoutes(weight);
            this.applies = applies;
        }

        List<String> arguments(String peer) {
            String act = applies ? "apply" : "plan";
            if (!peer.equals(THIS)) {
                return List.of(act, "wanted.json", "state.json", peer.equals(TEN) ? "10" : "1");
            }
            return applies ? List.of(act, "iplb.yaml", "--no-refresh") : List.of(act, "iplb.yaml");
        }
    }

    /** @param requests that the sandbox got */
    private record Took(Figures figures, int requests) {}
}
