package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** HTTP/2 for the shop of {@link DemoWorld}, by a route: when it is not there, and when it is. */
final class RouteCourse implements Course {
    private static final List<String> NAMES = List.of("https", "web-http2", "http2", "http/2.0");
    private static final String URL = "https://www.shop.example/";

    private static final List<String> WHERE =
            List.of("--service", DemoWorld.SERVICE, "--protocol", "tcp", "--frontend", "https", "--farm", "web-http2");

    private final ServiceSeed shop;
    private final List<Step> steps;

    private RouteCourse(ServiceSeed shop, List<Step> steps) {
        this.shop = shop;
        this.steps = steps;
    }

    /** Only the route. */
    static RouteCourse staged(Sandbox sandbox, Peers peers) throws IOException, InterruptedException {
        ServiceSeed shop = prepare(sandbox, peers);
        Map<String, List<String>> arguments =
                arguments(peers, NAMES, words("add-route", WHERE, "--name", "http2", "--rule", "protocol is http/2.0"));
        return new RouteCourse(
                shop,
                List.of(
                        // A connection; the lists; the objects of which only the ids are in them; route and rule.
                        new Step("new route", 6, arguments, directory -> mustHaveTheRoute(shop)),
                        new Step("route that is there", 4, arguments, directory -> mustHaveTheRoute(shop))));
    }

    /** OVH's guide from its beginning to its end: the refresh, and the proof that HTTP/2 is answered, are part of it. */
    static RouteCourse live(Sandbox sandbox, Peers peers) throws IOException, InterruptedException {
        ServiceSeed shop = prepare(sandbox, peers);
        Duration refresh = Duration.ofSeconds(2);
        sandbox.world().refreshTakes(refresh);
        InetSocketAddress tls = sandbox.tlsAddress();
        String connectTo = tls.getHostString() + ":" + tls.getPort();
        peers.set("CONNECT_TO", connectTo);
        Map<String, List<String>> arguments = arguments(
                peers,
                Stream.concat(NAMES.stream(), Stream.of(URL)).toList(),
                words(
                        "enable-http2",
                        WHERE,
                        "--url",
                        URL,
                        "--connect-to",
                        connectTo,
                        "--ca",
                        sandbox.caFile().toString()));
        // As for the route alone; the refresh, and a look at it. The proof does not go through the relay.
        Step guide = new Step("the guide on HTTP/2", 8, refresh, arguments, Map.of(), directory -> {
            mustHaveTheRoute(shop);
            End.mustBe(shop.pending().isEmpty(), "the route is not live");
        });
        return new RouteCourse(shop, List.of(guide));
    }

    private static ServiceSeed prepare(Sandbox sandbox, Peers peers) throws IOException, InterruptedException {
        peers.addThis();
        peers.addScripts("http2");
        return sandbox.world().service(DemoWorld.SERVICE);
    }

    private static Map<String, List<String>> arguments(Peers peers, List<String> scripts, List<String> iplb) {
        Map<String, List<String>> arguments = new LinkedHashMap<>();
        peers.names().forEach(peer -> arguments.put(peer, peer.equals(Peers.THIS) ? iplb : scripts));
        return arguments;
    }

    private static List<String> words(String command, List<String> where, String... more) {
        return Stream.of(Stream.of(command), where.stream(), Stream.of(more))
                .flatMap(Function.identity())
                .toList();
    }

    private static void mustHaveTheRoute(ServiceSeed shop) {
        int routes = shop.staged("tcp/route").size();
        End.mustBe(routes == 1, "%d routes where one was asked for".formatted(routes));
    }

    @Override
    public void begin(Path directory) {
        shop.staged("tcp/route").forEach(route -> shop.remove("tcp/route", route.id()));
        shop.deployed();
    }

    @Override
    public List<Step> steps() {
        return steps;
    }
}
