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
import java.util.stream.Stream;

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

    private static final List<String> ADD_ROUTE = List.of(
            "add-route",
            "--service",
            DemoWorld.SERVICE,
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
            List<String> names = List.of("https", "web-http2", "http2", "http/2.0");
            peers.add(NODE, command(List.of("node", peers.script("add-route.js").toString()), names));
            peers.add("curl", command(List.of(peers.source("add-route.sh").toString()), names));
            peers.add("bare Java", peers.bareProgram());
            peers.add(THIS, command(List.of(checkout.resolve("iplb").toString()), ADD_ROUTE));
            if (arguments.length > 1) {
                peers.add("other", command(List.of(Path.of(arguments[1], "iplb").toString()), ADD_ROUTE));
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

    private static List<String> command(List<String> start, List<String> arguments) {
        return Stream.concat(start.stream(), arguments.stream()).toList();
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
        Comparison<Figures> comparison = new Comparison<>(title, all)
                .row("seconds", "%.3f", Figures::seconds, NODE)
                .row("processor", "%.3f", Figures::processor, "other")
                .row("mebibytes", "%.3f", Figures::mebibytes, "other");
        System.out.println(comparison + "\n");
        return comparison.json();
    }
}
