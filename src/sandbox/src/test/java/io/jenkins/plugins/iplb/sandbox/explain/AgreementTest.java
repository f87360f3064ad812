package io.jenkins.plugins.iplb.sandbox.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;

/**
 * Where requests go that nobody explains, beside what is said of the same requests: random frontends, each with farms, servers,
 * routes and rules of its own, in one HAProxy that serves and one that explains. {@code -Dexplain.seed} makes a run again.
 */
class AgreementTest {
    private static final int CONFIGURATIONS = 100;

    /** A HAProxy has so many of them: a frontend each. */
    private static final int AT_ONCE = 20;

    private static final int REQUESTS = 10;
    private static final int FIRST_PORT = 20_000;

    private static final List<String> HOSTS = List.of("www.shop.example", "api.shop.example", "shop.test");
    private static final List<String> PATHS = List.of("/", "/api", "/api/v1", "/wp-login.php", "/a%20b");
    private static final List<String> QUERIES = List.of("", "?q=1", "?q=2&q=1", "?p=a+b&q=");
    private static final List<String> SOURCES = List.of("192.0.2.1", "198.51.100.7", "203.0.113.9");
    private static final List<String> COOKIES = List.of("", "c=1", "c=2; c=1", "d=1; SERVERID=pinned");
    private static final List<String> METHODS = List.of("GET", "GET", "POST", "DELETE");

    private static final List<String> HTTP_RULES = List.of(
            "host is www.shop.example",
            "host startswith api",
            "host matches [.]test$",
            "uri is /api",
            "uri startswith /api",
            "uri endswith .php",
            "uri contains %20",
            "param:q is 1",
            "param:q in 1, 2",
            "param:p is a+b",
            "header:X-Env is preprod",
            "header:X-Env contains pre",
            "header:X-Forwarded-Proto is https",
            "cookie:c is 1",
            "cookie:c exists",
            "method is POST",
            "method in POST, DELETE",
            "protocol is https",
            "source is 198.51.100.7",
            "source in 198.51.100.0/24, 203.0.113.0/24");
    private static final List<String> TCP_RULES = List.of(
            "sni is www.shop.example",
            "sni endswith .example",
            "source is 198.51.100.7",
            "protocol is tls",
            "protocol is http/2.0");

    private final long seed = Long.getLong("explain.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** What a client can tell of an answer; null where there was none, or nothing of the kind. */
    private record Seen(String server, String farm, Integer status, String location) {
        private static final Seen NOTHING = new Seen(null, null, null, null);

        /** Whose farms are known by their ids. */
        static Seen explained(JsonNode json, boolean tcp) {
            boolean served = !json.path("server").isNull();
            return new Seen(
                    json.path("server").textValue(),
                    served ? json.path("farm").textValue() : null,
                    json.path("status").isInt()
                            ? Integer.valueOf(json.path("status").asInt())
                            : tcp && served ? 200 : null,
                    json.path("location").textValue());
        }
    }

    @Test
    void whatIsExplainedIsWhatHappens() {
        Haproxy.assumeInstalled();
        Map<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < CONFIGURATIONS; i += AT_ONCE) {
            agree(ends);
        }
        System.out.printf(
                "explained as it went: %d requests to %d configurations, seed %d: %s%n",
                ends.values().stream().mapToInt(Integer::intValue).sum(), CONFIGURATIONS, seed, ends);
        assertThat(ends)
                .containsOnlyKeys(
                        "no answer", "no farm", "redirected", "rejected", "served by default", "served by a route");
    }

    private void agree(Map<String, Integer> ends) {
        List<Map<String, ?>> frontends = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.builder()
                        .world(world -> configured(world, frontends))
                        .traffic(new DataPlane.Options(OptionalInt.of(0), false, remark -> {}))
                        .start();
                Explainer explainer = new Explainer(Deployed.of(sandbox.world(), "shop", Optional.empty()))) {
            Site.Listen at = sandbox.traffic()
                    .orElseThrow()
                    .listening()
                    .get(0)
                    .listeners()
                    .get(0)
                    .at();
            Visitor visitor = Visitor.at(at.door(), read(sandbox)).trustingAnyName();
            for (int i = 0; i < frontends.size(); i++) {
                boolean tcp = frontends.get(i).containsKey("tcp");
                for (int j = 0; j < REQUESTS; j++) {
                    Question question = question((Boolean) frontends.get(i).get("ssl"), FIRST_PORT + i);
                    Explanation explanation = explainer.ask(question);
                    Seen explained = Seen.explained(explanation.json(), tcp);
                    assertThat(explained)
                            .as("seed %d: %s", seed, String.join("\n", explanation.lines()))
                            .isEqualTo(visit(visitor, question));
                    ends.merge(end(explained, explanation.json()), 1, Integer::sum);
                }
            }
        }
    }

    private static String end(Seen seen, JsonNode json) {
        if (seen.location() != null) {
            return "redirected";
        }
        if (seen.server() != null) {
            return json.path("route").isNull() ? "served by default" : "served by a route";
        }
        if (seen.status() == null) {
            return "no answer";
        }
        return json.path("route").isNull() || !json.path("farm").isNull() ? "no farm" : "rejected";
    }

    private static Seen visit(Visitor anybody, Question question) {
        Request.Builder request = new Request.Builder()
                .url("%s://%s:%d%s"
                        .formatted(
                                question.tls() ? "https" : "http", question.host(), question.port(), question.target()))
                .method(question.method(), question.method().equals("POST") ? RequestBody.create(new byte[0]) : null);
        question.headers().forEach(header -> request.header(header.name(), header.value()));
        Protocol[] protocols = question.over() == Question.Over.HTTP_1
                ? new Protocol[] {Protocol.HTTP_1_1}
                : new Protocol[] {Protocol.HTTP_2, Protocol.HTTP_1_1};
        try (Visitor visitor = anybody.speaking(protocols).from(question.source())) {
            Visitor.Answer answer = visitor.send(request.build());
            return new Seen(
                    answer.server(),
                    answer.headers().get("X-Sandbox-Farm"),
                    answer.status(),
                    answer.headers().get("Location"));
        } catch (UncheckedIOException e) {
            return Seen.NOTHING;
        }
    }

    // ---- what is random

    private Question question(boolean tls, int port) {
        List<Question.Header> headers = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            headers.add(new Question.Header("X-Env", any(List.of("preprod", "prod", "a, preprod"))));
        }
        Optional.of(any(COOKIES))
                .filter(cookie -> !cookie.isEmpty())
                .ifPresent(cookie -> headers.add(new Question.Header("Cookie", cookie)));
        String url = "%s %s://%s:%d%s%s"
                .formatted(any(METHODS), tls ? "https" : "http", any(HOSTS), port, any(PATHS), any(QUERIES));
        return Question.of(
                url,
                headers,
                any(SOURCES),
                random.nextBoolean() ? Question.Over.ANY : Question.Over.HTTP_1,
                Optional.empty());
    }

    private World configured(World world, List<Map<String, ?>> frontends) {
        ServiceSeed shop = world.refreshTakes(Duration.ZERO).service("shop").zones("gra");
        for (int i = 0; i < AT_ONCE; i++) {
            boolean tcp = random.nextInt(4) == 0;
            boolean tls = random.nextInt(3) > 0;
            frontend(shop, tcp ? "tcp" : "http", tls, FIRST_PORT + i);
            frontends.add(tcp ? Map.of("ssl", tls, "tcp", true) : Map.of("ssl", tls));
        }
        shop.refresh();
        return world;
    }

    private void frontend(ServiceSeed shop, String protocol, boolean tls, int port) {
        List<Long> farms = IntStream.rangeClosed(0, random.nextInt(2))
                .mapToObj(any -> farm(shop, protocol))
                .toList();
        Map<String, Object> frontend = new HashMap<>(Map.of("zone", "all", "port", Integer.toString(port), "ssl", tls));
        if (protocol.equals("http") && random.nextInt(8) == 0) {
            frontend.put("redirectLocation", "https://${host}/moved${path}${arguments}");
        } else if (random.nextInt(4) > 0) {
            frontend.put("defaultFarmId", any(farms));
        }
        if (random.nextInt(5) == 0) {
            frontend.put(any(List.of("allowedSource", "deniedSource")), List.of("198.51.100.0/24"));
        }
        long id = shop.add(protocol + "/frontend", frontend);
        for (int i = random.nextInt(6); i > 0; i--) {
            long route = shop.add(
                    protocol + "/route",
                    Map.of("frontendId", id, "weight", random.nextInt(3), "action", action(protocol, farms)));
            for (int j = Math.min(2, random.nextInt(4)); j > 0; j--) {
                shop.add(
                        protocol + "/rule",
                        route,
                        ExplainerTest.rule(negated(any(protocol.equals("http") ? HTTP_RULES : TCP_RULES))));
            }
        }
    }

    private String negated(String rule) {
        return random.nextInt(3) == 0 ? rule.replaceFirst(" ", " not ") : rule;
    }

    private Map<String, ?> action(String protocol, List<Long> farms) {
        return switch (random.nextInt(protocol.equals("http") ? 6 : 4)) {
            case 0 ->
                protocol.equals("http")
                        ? Map.of("type", "reject", "status", any(List.of(401, 403, 410)))
                        : Map.of("type", "reject");
            case 5 ->
                Map.of(
                        "type",
                        "redirect",
                        "target",
                        "https://moved.example${path}",
                        "status",
                        any(List.of(301, 302, 307)));
            default -> Map.of("type", "farm", "target", any(farms).toString());
        };
    }

    private long farm(ServiceSeed shop, String protocol) {
        boolean http = protocol.equals("http");
        Map<String, Object> fields = new HashMap<>(Map.of("zone", "all", "port", 8080));
        fields.put(
                "balance",
                any(http ? List.of("roundrobin", "source", "uri", "first") : List.of("roundrobin", "source")));
        if (random.nextBoolean()) {
            fields.put("stickiness", http ? any(List.of("cookie", "sourceIp")) : "sourceIp");
        }
        long farm = shop.add(protocol + "/farm", fields);
        for (int i = 3 - random.nextInt(random.nextInt(5) == 0 ? 4 : 3); i > 0; i--) {
            Map<String, Object> server = new HashMap<>(Map.of(
                    "address",
                    "192.0.2." + i,
                    "status",
                    any(List.of("active", "active", "active", "inactive")),
                    "weight",
                    any(List.of(0, 1, 2, 100)),
                    "backup",
                    random.nextInt(5) == 0,
                    "ssl",
                    random.nextInt(4) == 0));
            if (random.nextInt(4) == 0) {
                server.put("proxyProtocolVersion", any(List.of("v1", "v2", "v2-ssl")));
            }
            if (http && i == 1) {
                server.put("cookie", "pinned");
            }
            shop.add(protocol + "/server", farm, server);
        }
        return farm;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static String read(Sandbox sandbox) {
        try {
            return Files.readString(sandbox.caFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
