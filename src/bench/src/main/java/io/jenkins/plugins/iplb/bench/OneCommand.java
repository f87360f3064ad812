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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long one {@code iplb add-route} by names takes, for a new route and when there is nothing to change, beside what
 * else one could write: a script on OVH's own client for Node, a script with curl, and the least that a program in Java
 * takes, which does less. All run in turn, on the sandbox over https, through a relay that adds the round-trip time.
 *
 * <p>The arguments are how often, 9 by itself, and the folder of another checkout that is built, to compare its {@code
 * iplb} with this one's. Prints a table for each round-trip time, and writes all figures to {@code
 * src/bench/target/one-command.json}. Nothing else should keep the machine busy meanwhile.
 */
public final class OneCommand {
    private static final List<Duration> ROUND_TRIPS =
            List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(80));

    private static final String THIS = "iplb";
    private static final String NODE = "node";

    private final int rounds;
    private final Peers peers;
    private final ServiceSeed shop;

    private OneCommand(int rounds, Peers peers, ServiceSeed shop) {
        this.rounds = rounds;
        this.peers = peers;
        this.shop = shop;
    }

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        int rounds = arguments.length == 0 ? 9 : Integer.parseInt(arguments[0]);
        Path target = Path.of(OneCommand.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getParent();
        Path checkout = target.resolve("../../..").normalize();
        try (Scratch scratch = Scratch.make();
                Sandbox sandbox = Sandbox.builder().world(DemoWorld::in).start()) {
            Peers peers = Peers.prepare(target, scratch.directory(), sandbox);
            peers.add(THIS, checkout.resolve("iplb").toString(), "add-route");
            if (arguments.length > 1) {
                peers.add("other", Path.of(arguments[1], "iplb").toString(), "add-route");
            }
            OneCommand benchmark = new OneCommand(rounds, peers, sandbox.world().service(DemoWorld.SERVICE));
            ArrayNode all = Json.MAPPER.createArrayNode();
            for (Duration roundTrip : ROUND_TRIPS) {
                try (Relay relay = Relay.to(sandbox.httpsEndpoint().getPort(), roundTrip)) {
                    System.err.println("round-trip time " + roundTrip.toMillis() + " ms…");
                    all.add(benchmark.at(roundTrip, relay.port()));
                }
            }
            Files.writeString(target.resolve("one-command.json"), all.toPrettyString() + "\n");
        }
    }

    private ObjectNode at(Duration roundTrip, int port) throws IOException, InterruptedException {
        Map<String, List<Figures>> news = new LinkedHashMap<>();
        Map<String, List<Figures>> nothings = new LinkedHashMap<>();
        List<String> turns = new ArrayList<>(peers.names());
        for (String peer : turns) {
            news.put(peer, new ArrayList<>());
            nothings.put(peer, new ArrayList<>());
            // The first time is not counted: what a peer keeps for the next times is made then.
            both(peer, port);
            peers.settle();
        }
        for (int round = 0; round < rounds; round++) {
            for (String peer : turns) {
                List<Figures> ran = both(peer, port);
                news.get(peer).add(ran.get(0));
                nothings.get(peer).add(ran.get(1));
            }
            Collections.rotate(turns, 1);
        }
        ObjectNode figures = Json.MAPPER.createObjectNode();
        figures.put("roundTripMillis", roundTrip.toMillis()).put("rounds", rounds);
        figures.set("newRoute", told("round-trip time %d ms, new route".formatted(roundTrip.toMillis()), news));
        figures.set(
                "nothingToChange",
                told("round-trip time %d ms, nothing to change".formatted(roundTrip.toMillis()), nothings));
        return figures;
    }

    /** A new route, and then the same once more. */
    private List<Figures> both(String peer, int port) throws IOException, InterruptedException {
        shop.staged("tcp/route").forEach(route -> shop.remove("tcp/route", route.id()));
        Figures made = peers.run(peer, port);
        mustHaveTheRoute(peer);
        Figures found = peers.run(peer, port);
        mustHaveTheRoute(peer);
        return List.of(made, found);
    }

    /** Once, unless the peer is the one that only sends requests. */
    private void mustHaveTheRoute(String peer) {
        int routes = shop.staged("tcp/route").size();
        if (routes != 1 && !peer.equals("bare Java")) {
            throw new IllegalStateException("%s: %d routes where one was asked for".formatted(peer, routes));
        }
    }

    private ObjectNode told(String title, Map<String, List<Figures>> all) {
        Table table = new Table().row(title, List.copyOf(all.keySet()));
        ObjectNode json = Json.MAPPER.createObjectNode();
        all.keySet().forEach(json::putObject);
        row(table, json, "seconds", all, Figures::seconds, NODE);
        row(table, json, "processor", all, Figures::processor, "other");
        row(table, json, "mebibytes", all, Figures::mebibytes, "other");
        System.out.println(table + "\n");
        return json;
    }

    /** @param base the peer whose part the figures of the others are, if it is there */
    private static void row(
            Table table,
            ObjectNode json,
            String name,
            Map<String, List<Figures>> all,
            ToDoubleFunction<Figures> figure,
            String base) {
        Map<String, Double> medians = new LinkedHashMap<>();
        all.forEach((peer, figures) ->
                medians.put(peer, figures.stream().mapToDouble(figure).sorted().toArray()[figures.size() / 2]));
        medians.forEach((peer, median) -> json.withObject("/" + peer).put(name, median));
        table.row(name, medians.values().stream().map("%.3f"::formatted).toList());
        if (medians.containsKey(base)) {
            medians.forEach(
                    (peer, median) -> json.withObject("/" + peer).put(name + "/" + base, median / medians.get(base)));
            table.row(
                    "  as part of " + base + "'s",
                    medians.values().stream()
                            .map(median -> "%.2f".formatted(median / medians.get(base)))
                            .toList());
        }
    }
}
