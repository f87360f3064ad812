package io.jenkins.plugins.iplb.sandbox.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of requests, in whole: one HAProxy is asked for all of them. */
class ExplainerTest {
    private static final String IP = "203.0.113.7/32";

    private static Explainer explainer;

    @BeforeAll
    static void start() {
        Haproxy.assumeInstalled();
        World world = new World().refreshTakes(Duration.ZERO).failoverIp(IP, "shop");
        ServiceSeed shop = world.service("shop").zones("gra", "rbx");
        long web = shop.add(
                "http/farm",
                Map.of("zone", "all", "displayName", "web", "port", 8080, "stickiness", "cookie", "balance", "first"));
        shop.add("http/server", web, Map.of("address", "192.0.2.10", "status", "active", "proxyProtocolVersion", "v2"));
        shop.add("http/server", web, Map.of("address", "192.0.2.11", "status", "active", "ssl", true, "cookie", "two"));
        long empty = shop.add("http/farm", Map.of("zone", "all", "displayName", "empty"));
        long site = shop.add(
                "http/frontend",
                Map.of(
                        "displayName",
                        "site",
                        "port",
                        "443,8443-8445",
                        "zone",
                        "all",
                        "ssl",
                        true,
                        "defaultFarmId",
                        web));
        shop.add(
                "http/frontend",
                Map.of(
                        "displayName",
                        "plain",
                        "port",
                        "80",
                        "zone",
                        "gra",
                        "redirectLocation",
                        "https://${host}:${port}${path}${arguments}",
                        "deniedSource",
                        List.of("198.51.100.0/24")));
        route(
                shop,
                site,
                "rejecting",
                0,
                Map.of("type", "reject", "status", 403),
                "uri startswith /wp-login",
                "source not in 10.0.0.0/8");
        route(shop, site, "plus", 1, Map.of("type", "redirect", "target", "/plus", "status", 301), "param:q is a+b");
        route(shop, site, "to-empty", 2, Map.of("type", "farm", "target", Long.toString(empty)), "cookie:c is 1");
        route(shop, site, "late", 3, Map.of("type", "farm", "target", Long.toString(web)), "cookie:c exists");
        shop.add("http/route", Map.of("displayName", "idle", "frontendId", site, "action", Map.of("type", "reject")));
        long mail = shop.add("tcp/farm", Map.of("zone", "all", "displayName", "mail", "port", 25));
        shop.add("tcp/server", mail, Map.of("address", "192.0.2.20", "status", "active"));
        long smtp = shop.add(
                "tcp/frontend",
                Map.of("displayName", "smtp", "port", "465", "zone", "all", "ssl", true, "defaultFarmId", mail));
        route(shop, smtp, "stranger", 0, Map.of("type", "reject"), "sni not endswith .example");
        route(shop, smtp, "h2", 0, Map.of("type", "farm", "target", Long.toString(mail)), "protocol is http/2.0");
        shop.add(
                "tcp/frontend",
                Map.of(
                        "displayName",
                        "own",
                        "port",
                        "2525",
                        "zone",
                        "all",
                        "defaultFarmId",
                        mail,
                        "dedicatedIpfo",
                        List.of(IP)));
        shop.add(
                "tcp/frontend",
                Map.of("displayName", "off", "port", "2626", "zone", "all", "defaultFarmId", mail, "disabled", true));
        shop.add("tcp/frontend", Map.of("displayName", "there", "port", "2626", "zone", "rbx", "defaultFarmId", mail));
        shop.refresh();
        explainer = new Explainer(
                Deployed.parse(Deployed.of(world, "shop", Optional.empty()).text()));
    }

    @AfterAll
    static void stop() {
        if (explainer != null) {
            explainer.close();
        }
    }

    private static void route(
            ServiceSeed shop, long frontend, String name, int weight, Map<String, ?> action, String... rules) {
        String protocol = shop.staged("tcp/frontend").stream().anyMatch(item -> item.id() == frontend) ? "tcp" : "http";
        long route = shop.add(
                protocol + "/route",
                Map.of("displayName", name, "frontendId", frontend, "weight", weight, "action", action));
        for (String rule : rules) {
            shop.add(protocol + "/rule", route, rule(rule));
        }
    }

    static Map<String, ?> rule(String text) {
        boolean negate = text.contains(" not ");
        String[] words = text.replace(" not ", " ").split(" ", 3);
        String[] field = words[0].split(":", 2);
        return Map.of(
                "field",
                field[0],
                "subField",
                field.length > 1 ? field[1] : "", // which the API takes for none
                "negate",
                negate,
                "match",
                words[1],
                "pattern",
                words.length > 2 ? words[2] : "");
    }

    private static Question question(String request, String... headers) {
        return Question.of(
                request,
                Stream.of(headers).map(Question.Header::parse).toList(),
                Question.ANYBODY,
                Question.Over.ANY,
                Optional.empty());
    }

    private static List<String> told(Question question) {
        return explainer.ask(question).lines();
    }

    @Test
    void whatIsToldIsShortAndInTheOrderInWhichRoutesAreAsked() {
        assertThat(told(question("GET https://www.shop.example/?q=a+b")))
                .containsExactly(
                        "GET https://www.shop.example/?q=a+b over HTTP/2 from 192.0.2.1, in zone gra",
                        "http frontend site, port 443,8443-8445",
                        "  route rejecting (reject 403) does not match",
                        "    no  uri startswith /wp-login",
                        "    yes source not in 10.0.0.0/8",
                        "  route idle (reject) has no rules, and so no effect",
                        "  route plus (redirect 301 to /plus) matches",
                        "    yes param:q is a+b",
                        "  route to-empty (farm empty) is not asked",
                        "  route late (farm web) is not asked",
                        "=> redirected to /plus, by route plus, with status 301",
                        "! rules compare what is sent: neither + nor %XX is decoded");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        https://www.shop.example/wp-login.php      |                         | => rejected, by route rejecting, with status 403
        PUT HTTPS://www.shop.example               | Cookie: c=3; c=1        | => farm empty, which has no server to give, by route to-empty, with status 503
        https://www.shop.example:8444?x#y          | Cookie: c=3             | => farm web, server 192.0.2.10:8080, by route late
        https://www.shop.example/                  | Cookie: SERVERID=two    | => farm web, server 192.0.2.11:8080, by frontend site
        http://www.shop.example/a?b=1              |                         | => redirected to https://www.shop.example:80/a?b=1, by frontend plain, with status 302
        http://www.shop.example/a?b=1              | Host: other.example     | => redirected to https://other.example:80/a?b=1, by frontend plain, with status 302
        https://www.shop.example:465/              |                         | => farm mail, server 192.0.2.20:25, by route h2
        https://www.shop.test:465/                 |                         | => rejected, by route stranger
        https://[2001:db8::1]:465/                 |                         | => rejected, by route stranger
        http://www.shop.example:8444/              |                         | => no connection: HAProxy says 'SSL handshake failure'
        https://www.shop.example:8080/             |                         | => no frontend takes port 8080 in zone gra
        """)
    void whereItGoesIsSaidInOneSentence(String request, String header, String sentence) {
        Question question = header == null ? question(request) : question(request, header);

        assertThat(told(question)).contains(sentence);
    }

    @Test
    void whatItsAuthorMayNotKnowIsSaidToo() {
        assertThat(told(question("https://www.shop.example/", "Cookie: c=1; c=2; d=1; d=2; SERVERID=a; SERVERID=b")))
                .filteredOn(line -> line.startsWith("! "))
                .containsExactly(
                        "! cookie c is sent twice: a rule holds for either, and stickiness goes by the first",
                        "! servers are stood in for: whether OVH finds them well is not known here");
        assertThat(told(question("https://www.shop.example/a%20b")))
                .contains(
                        "! rules compare what is sent: neither + nor %XX is decoded",
                        "! farm web has 2 servers: other requests may go to others");
        assertThat(told(question("https://www.shop.example:80/")))
                .contains("! frontend plain does not speak TLS, and the request is one of https");
        assertThat(told(question("https://www.shop.example:2626/")))
                .contains("! tcp frontend off has it, and is disabled", "! tcp frontend there has it, in zone rbx");
        assertThat(told(question("https://www.shop.example:2525/"))).contains("! tcp frontend own has it, at " + IP);
    }

    @Test
    void itComesFromWhereItSaysAndToTheAddressThatItSays() {
        Question denied =
                Question.of("http://www.shop.example/", List.of(), "198.51.100.3", Question.Over.ANY, Optional.empty());
        Question inside = Question.of(
                "https://www.shop.example/wp-login", List.of(), "10.1.2.3", Question.Over.HTTP_1, Optional.empty());
        Question six = Question.of(
                "https://a.example/wp-login", List.of(), "2001:db8::7", Question.Over.HTTP_2, Optional.empty());
        Question own = Question.of(
                "https://a.example:2525/", List.of(), "192.0.2.1", Question.Over.ANY, Optional.of("203.0.113.7"));
        Question elsewhere = Question.of(
                "https://a.example/", List.of(), "192.0.2.1", Question.Over.ANY, Optional.of("203.0.113.8"));

        assertThat(told(denied)).contains("=> not let in: 198.51.100.3 is no source for frontend plain");
        assertThat(told(inside))
                .contains("    no  source not in 10.0.0.0/8")
                .first()
                .asString()
                .contains("over HTTP/1.1");
        assertThat(told(six)).contains("=> rejected, by route rejecting, with status 403");
        assertThat(told(own)).contains("=> farm mail, server 192.0.2.20:25, by frontend own");
        assertThatThrownBy(() -> explainer.ask(elsewhere))
                .isInstanceOf(WrongQuestion.class)
                .hasMessageContaining(IP);
    }

    @Test
    void aScriptGetsNamesAndWhatIsNotThereIsNull() {
        JsonNode json = explainer
                .ask(question("https://www.shop.example/", "Cookie: c=2"))
                .json();

        assertThat(json.path("frontend").asText()).isEqualTo("site");
        assertThat(json.path("route").asText()).isEqualTo("late");
        assertThat(json.path("farm").asText()).isEqualTo("web");
        assertThat(json.path("server").asText()).isEqualTo("192.0.2.10:8080");
        assertThat(json.path("status").asInt()).isEqualTo(200);
        assertThat(json.path("location").isNull()).isTrue();
        assertThat(json.path("routes").path(3).toString())
                .isEqualTo("{\"route\":\"to-empty\",\"action\":\"farm empty\",\"result\":\"does not match\","
                        + "\"rules\":[{\"rule\":\"cookie:c is 1\",\"holds\":false}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "",
                "ftp://www.shop.example/",
                "GET www.shop.example",
                "get https://a.example/",
                "https:///a",
                "https://a.example/b c",
                "https://user@a.example/",
                "https://a.example:99999999/"
            })
    void whatIsNoRequestIsRefused(String request) {
        assertThatThrownBy(() -> question(request))
                .isInstanceOfSatisfying(
                        WrongQuestion.class,
                        wrong -> assertThat(wrong.parameter()).isEqualTo("request"));
    }
}
