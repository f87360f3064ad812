package io.jenkins.plugins.iplb.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TrafficTable;
import io.jenkins.plugins.iplb.sandbox.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;

/**
 * Every field with every match that OVH has, straight and negated: a request that it is for and one that it is not for, each over
 * HTTP/1.1 and HTTP/2 and with and without a port in the host. One HAProxy has a frontend for each. What is seen stands in
 * {@code docs/traffic.md}; {@code -Dgolden=write} writes it there.
 */
class RuleTableTest {
    private static final String ANYBODY = "192.0.2.200";
    private static final int FIRST_PORT = 20_000;
    private static final int REJECTED = 429;

    /** How a request is sent. */
    private enum Way {
        HTTP_1(Protocol.HTTP_1_1, false),
        HTTP_1_PORT(Protocol.HTTP_1_1, true),
        HTTP_2(Protocol.HTTP_2, false),
        HTTP_2_PORT(Protocol.HTTP_2, true);

        private final Protocol protocol;
        private final boolean port;

        Way(Protocol protocol, boolean port) {
            this.protocol = protocol;
            this.port = port;
        }
    }

    /** A request, as far as a rule sees it. */
    private record Sent(
            String method, String host, String path, Map<String, String> headers, String source, boolean tls) {
        private static final Sent PLAIN = new Sent("GET", "www.shop.example", "/", Map.of(), ANYBODY, true);

        Sent method(String other) {
            return new Sent(other, host, path, headers, source, tls);
        }

        Sent host(String other) {
            return new Sent(method, other, path, headers, source, tls);
        }

        Sent path(String other) {
            return new Sent(method, host, other, headers, source, tls);
        }

        Sent header(String name, String value) {
            return new Sent(method, host, path, Map.of(name, value), source, tls);
        }

        Sent source(String other) {
            return new Sent(method, host, path, headers, other, tls);
        }

        String shown() {
            StringBuilder shown = new StringBuilder(method.equals("GET") ? "" : method + " ");
            shown.append(tls ? "https://" : "http://").append(host).append(path);
            headers.forEach((name, value) ->
                    shown.append(", ").append(name).append(": ").append(value));
            return "`" + shown + "`" + (source.equals(ANYBODY) ? "" : " from " + source);
        }

        Sent withoutTls() {
            return new Sent(method, host, path, headers, source, false);
        }
    }

    /**
     * A rule, a request that it is for and one that it is not for.
     *
     * @param asMeant whether it does what its author thinks, over either protocol; else the table says what it does
     */
    private record Case(
            String protocol, String field, String match, String pattern, boolean asMeant, Sent hit, Sent miss) {
        Map<String, Object> rule(boolean negate) {
            Map<String, Object> rule = new HashMap<>(Map.of("match", match, "negate", negate));
            String[] parts = field.split(":", 2);
            rule.put("field", parts[0]);
            if (parts.length > 1) {
                rule.put("subField", parts[1]);
            }
            if (pattern != null) {
                rule.put("pattern", pattern);
            }
            return rule;
        }
    }

    @Test
    void aRuleIsForWhatItsAuthorThinksOverEitherProtocolOrTheTableSaysSo() throws IOException {
        Haproxy.assumeVersion("2.6.");
        List<Case> cases = cases();
        assertThat(covered(cases)).isEqualTo(offered());
        TrafficTable table = new TrafficTable(
                "rules", getClass(), "", "rule", "request", "HTTP/1.1", "with a port", "HTTP/2", "with a port", "");
        int requests = 0;
        try (Sandbox sandbox = Sandbox.builder()
                .world(world -> withFrontends(world, cases))
                .traffic(new DataPlane.Options(OptionalInt.of(0), false, remark -> {}))
                .start()) {
            Traffic traffic = new Traffic(sandbox);
            for (int i = 0; i < cases.size(); i++) {
                Case each = cases.get(i);
                for (Sent sent : List.of(each.hit(), each.miss())) {
                    List<Boolean> seen = new ArrayList<>();
                    for (Way way : Way.values()) {
                        if (!sent.tls() && way.protocol == Protocol.HTTP_2) {
                            continue;
                        }
                        boolean straight = traffic.isRejected(port(i, false, sent.tls()), each, sent, way);
                        boolean negated = traffic.isRejected(port(i, true, sent.tls()), each, sent, way);
                        requests += 2;
                        assertThat(negated)
                                .as("%s, negated, %s over %s", each, sent, way)
                                .isEqualTo(!straight);
                        seen.add(straight);
                    }
                    if (each.asMeant() || sent == each.miss()) {
                        assertThat(seen).as("%s: %s", each, sent).containsOnly(sent == each.hit());
                    }
                    if (sent == each.hit()) {
                        table.row(row(each, seen));
                    }
                }
            }
            traffic.close();
        }
        System.out.printf("rules: %d of them, straight and negated, by %d requests%n", cases.size(), requests);
        table.mustBeDocumented();
    }

    private static String[] row(Case each, List<Boolean> seen) {
        String rule = each.field() + " " + each.match() + (each.pattern() == null ? "" : " " + each.pattern());
        List<String> cells = new ArrayList<>(List.of(
                each.protocol(),
                "`" + rule.replace("|", "\\|") + "`",
                each.hit().shown()));
        for (int way = 0; way < Way.values().length; way++) {
            cells.add(way >= seen.size() ? "" : seen.get(way) ? "matches" : "–");
        }
        cells.add(seen.stream().distinct().count() > 1 ? "differ" : "");
        return cells.toArray(String[]::new);
    }

    // ---- the rules

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        texts(".example")
                .forEach(text -> cases.add(new Case(
                        "http",
                        "host",
                        text.match(),
                        text.pattern(),
                        true,
                        Sent.PLAIN.host(text.hit()),
                        Sent.PLAIN.host(text.miss()))));
        texts("").forEach(text -> {
            String pattern = text.match().equals("in")
                    ? "/zero, /one-two"
                    : List.of("is", "startswith").contains(text.match())
                            ? "/" + text.pattern()
                            : text.pattern().replace("^", "^/");
            cases.add(new Case(
                    "http",
                    "uri",
                    text.match(),
                    pattern,
                    true,
                    Sent.PLAIN.path("/" + text.hit() + "?q"),
                    Sent.PLAIN.path("/" + text.miss() + "?q")));
        });
        texts("")
                .forEach(text -> cases.add(new Case(
                        "http",
                        "param:q",
                        text.match(),
                        text.pattern(),
                        true,
                        Sent.PLAIN.path("/?p=1&q=" + text.hit()),
                        Sent.PLAIN.path("/?q=" + text.miss() + "&q=" + text.hit()))));
        texts("")
                .forEach(text -> cases.add(new Case(
                        "http",
                        "header:X-Test",
                        text.match(),
                        text.pattern(),
                        true,
                        Sent.PLAIN.header("X-Test", text.hit()),
                        Sent.PLAIN.header("X-Test", text.miss()))));
        texts("")
                .forEach(text -> cases.add(new Case(
                        "http",
                        "cookie:c",
                        text.match(),
                        text.pattern(),
                        true,
                        Sent.PLAIN.header("Cookie", "b=1; c=" + text.hit()),
                        Sent.PLAIN.header("Cookie", "c=" + text.miss()))));
        cases.add(new Case(
                "http",
                "cookie:c",
                "exists",
                null,
                true,
                Sent.PLAIN.header("Cookie", "b=1; c=2"),
                Sent.PLAIN.header("Cookie", "b=1")));
        cases.add(new Case("http", "method", "is", "PUT", true, Sent.PLAIN.method("PUT"), Sent.PLAIN));
        cases.add(new Case("http", "method", "in", "PUT, DELETE", true, Sent.PLAIN.method("DELETE"), Sent.PLAIN));
        cases.add(new Case("http", "protocol", "is", "https", true, Sent.PLAIN, Sent.PLAIN.withoutTls()));
        cases.add(new Case("http", "protocol", "is", "http", true, Sent.PLAIN.withoutTls(), Sent.PLAIN));
        cases.add(new Case("http", "protocol", "in", "tcp, https", true, Sent.PLAIN, Sent.PLAIN.withoutTls()));
        for (String protocol : List.of("http", "tcp")) {
            Sent inside = Sent.PLAIN.source("198.51.100.7");
            cases.add(new Case(protocol, "source", "is", "198.51.100.7", true, inside, Sent.PLAIN));
            cases.add(new Case(protocol, "source", "in", "203.0.113.7, 198.51.100.0/24", true, inside, Sent.PLAIN));
        }
        texts(".example")
                .forEach(text -> cases.add(new Case(
                        "tcp",
                        "sni",
                        text.match(),
                        text.pattern(),
                        true,
                        Sent.PLAIN.host(text.hit()),
                        Sent.PLAIN.host(text.miss()))));
        cases.add(new Case("tcp", "protocol", "is", "tls", true, Sent.PLAIN, Sent.PLAIN.withoutTls()));
        cases.add(new Case("tcp", "protocol", "in", "https, tcp", true, Sent.PLAIN.withoutTls(), Sent.PLAIN));

        cases.add(new Case("tcp", "protocol", "is", "http/2.0", false, Sent.PLAIN, Sent.PLAIN.withoutTls()));
        Sent named = Sent.PLAIN.host("one-two.example");
        cases.add(new Case("http", "host", "is", "ONE-two.example", false, named, Sent.PLAIN));
        cases.add(new Case("http", "host", "is", "one-two.example:443", false, named, Sent.PLAIN));
        cases.add(new Case("http", "header:Host", "is", "one-two.example", false, named, Sent.PLAIN));
        cases.add(new Case("http", "header:Host", "is", "one-two.example:443", false, named, Sent.PLAIN));
        cases.add(new Case(
                "http", "header:X-Test", "contains", "a, b", false, Sent.PLAIN.header("X-Test", "a, b"), Sent.PLAIN));
        cases.add(new Case(
                "http", "header:X-Test", "startswith", "b", false, Sent.PLAIN.header("X-Test", "a, b"), Sent.PLAIN));
        cases.add(new Case("http", "uri", "is", "/one two", false, Sent.PLAIN.path("/one%20two"), Sent.PLAIN));
        cases.add(new Case("http", "cookie:c", "is", "1", false, Sent.PLAIN.header("Cookie", "c=1; c=2"), Sent.PLAIN));
        return cases;
    }

    private record TextCase(String match, String pattern, String hit, String miss) {}

    private static List<TextCase> texts(String end) {
        String hit = "one-two" + end;
        return List.of(
                new TextCase("is", hit, hit, "one-twoo" + end),
                new TextCase("in", "zero" + end + ", " + hit, hit, "one" + end),
                new TextCase("contains", "e-t", hit, "eon" + end),
                new TextCase("startswith", "one", hit, "tone" + end),
                new TextCase("endswith", "two" + end, hit, "twofold" + end),
                new TextCase("matches", "^(one|two)-[a-z]+" + end.replace(".", "[.]") + "$", hit, "one-2" + end));
    }

    private static TreeSet<String> covered(List<Case> cases) {
        return cases.stream()
                .map(each -> each.protocol() + " " + each.field().replaceFirst(":.*", "") + " " + each.match())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> offered() throws IOException {
        TreeSet<String> offered = new TreeSet<>();
        try (InputStream in = Sandbox.class.getResourceAsStream("loadbalancer/route-rules.json")) {
            for (JsonNode rule : Json.MAPPER.readTree(in)) {
                rule.path("matches")
                        .forEach(match -> offered.add(rule.path("type").asText() + " "
                                + rule.path("name").asText() + " " + match.asText()));
            }
        }
        return offered;
    }

    // ---- their frontends

    private static int port(int number, boolean negated, boolean tls) {
        return FIRST_PORT + 4 * number + (negated ? 1 : 0) + (tls ? 2 : 0);
    }

    private static World withFrontends(World world, List<Case> cases) {
        ServiceSeed shop =
                world.refreshTakes(Duration.ZERO).service("loadbalancer-1").zones("gra");
        Map<String, Long> farms = new LinkedHashMap<>();
        for (String protocol : List.of("http", "tcp")) {
            long farm = shop.add(protocol + "/farm", Map.of("zone", "all", "port", 80));
            shop.add(protocol + "/server", farm, Map.of("address", "192.0.2.1", "status", "active"));
            farms.put(protocol, farm);
        }
        for (int i = 0; i < cases.size(); i++) {
            String protocol = cases.get(i).protocol();
            for (boolean negated : List.of(false, true)) {
                for (boolean tls : List.of(false, true)) {
                    long frontend = shop.add(
                            protocol + "/frontend",
                            Map.of(
                                    "zone",
                                    "all",
                                    "port",
                                    "" + port(i, negated, tls),
                                    "ssl",
                                    tls,
                                    "defaultFarmId",
                                    farms.get(protocol)));
                    Map<String, Object> reject = new HashMap<>(Map.of("type", "reject"));
                    if (protocol.equals("http")) {
                        reject.put("status", REJECTED);
                    }
                    long route = shop.add(protocol + "/route", Map.of("frontendId", frontend, "action", reject));
                    shop.add(protocol + "/rule", route, cases.get(i).rule(negated));
                }
            }
        }
        shop.refresh();
        return world;
    }

    /** Clients that say where they come from. */
    private static final class Traffic {
        private final Visitor door;
        private final Map<String, Visitor> visitors = new HashMap<>();

        Traffic(Sandbox sandbox) throws IOException {
            Site.Listen at = sandbox.traffic()
                    .orElseThrow()
                    .listening()
                    .get(0)
                    .listeners()
                    .get(0)
                    .at();
            door = Visitor.at(at.door(), Files.readString(sandbox.caFile())).trustingAnyName();
        }

        boolean isRejected(int port, Case each, Sent sent, Way way) {
            Visitor visitor = visitors.computeIfAbsent(
                    sent.source() + way.protocol,
                    any -> door.from(sent.source())
                            .speaking(
                                    way.protocol == Protocol.HTTP_2
                                            ? new Protocol[] {Protocol.HTTP_2, Protocol.HTTP_1_1}
                                            : new Protocol[] {Protocol.HTTP_1_1}));
            boolean bySni = each.protocol().equals("tcp");
            String url = (sent.tls() ? "https://" : "http://") + (bySni ? sent.host() : "www.shop.example") + ":" + port
                    + sent.path();
            RequestBody body =
                    List.of("PUT", "DELETE").contains(sent.method()) ? RequestBody.create(new byte[0]) : null;
            Request.Builder request = new Request.Builder().url(url).method(sent.method(), body);
            request.header("Host", sent.host() + (way.port ? sent.tls() ? ":443" : ":80" : ""));
            sent.headers().forEach(request::header);
            try {
                Visitor.Answer answer = visitor.send(request.build());
                assertThat(answer.protocol()).isEqualTo(way.protocol);
                assertThat(answer.status()).isIn(200, REJECTED);
                return answer.status() == REJECTED;
            } catch (UncheckedIOException e) {
                assertThat(bySni).as("%s: %s", each, e).isTrue();
                return true;
            }
        }

        void close() {
            visitors.values().forEach(Visitor::close);
        }
    }
}
