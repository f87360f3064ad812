package io.jenkins.plugins.iplb.sandbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations beside what is made of them; {@code -Dgolden=write} writes the latter. */
class HaproxyConfigurationTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/jenkins/plugins/iplb/sandbox/haproxy");
    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder().build();

    private final World world = new World();
    private final ServiceSeed shop = world.service("loadbalancer-1").zones("gra", "rbx");

    @TempDir
    private Path folder;

    @Test
    void theShopOfTheDemo() throws IOException {
        DemoWorld.in(world);
        assertGolden("shop", HaproxyConfiguration.of(deployed(DemoWorld.SERVICE), site(false)));
    }

    @Test
    void everyPartOfAFrontend() throws IOException {
        long farm = farm("http", Map.of("port", 8080));
        shop.certificate("www.shop.example");
        long standard = shop.certificate("*.shop.example");
        shop.add(
                "http/frontend",
                Map.of(
                        "displayName",
                        "https",
                        "port",
                        "443,8443,9000-9009",
                        "zone",
                        "gra",
                        "ssl",
                        true,
                        "defaultSslId",
                        standard,
                        "hsts",
                        true,
                        "httpHeader",
                        List.of("X-Ip %ci", "X-Text 100% sure", "X-Empty"),
                        "allowedSource",
                        List.of("192.0.2.0/24", "198.51.100.7"),
                        "defaultFarmId",
                        farm));
        shop.add(
                "http/frontend",
                Map.of(
                        "port", "80",
                        "zone", "all",
                        "dedicatedIpfo", List.of("203.0.113.7/32"),
                        "redirectLocation", "https://${host}${path}${arguments}"));
        shop.add(
                "tcp/frontend",
                Map.of(
                        "port",
                        "25",
                        "zone",
                        "all",
                        "ssl",
                        true,
                        "forceSni",
                        true,
                        "deniedSource",
                        List.of("192.0.2.0/24")));
        shop.add("tcp/frontend", Map.of("port", "26", "zone", "rbx"));
        shop.add("tcp/frontend", Map.of("port", "27", "zone", "all", "disabled", true));
        shop.add("udp/frontend", Map.of("port", "53", "zone", "all", "displayName", "dns"));

        Rendered rendered = HaproxyConfiguration.of(deployed(shop.name()), site(true));

        assertGolden("frontends", rendered);
        assertThat(rendered.remarks()).hasSize(1).first().asString().contains("UDP", "'dns'", "left out");
        assertThat(rendered.files().get("http-frontend-10004.crt-list").lines())
                .containsExactly(
                        "/site/certificate-10003.pem", "/site/certificate-10003.pem", "/site/certificate-10002.pem");
    }

    @Test
    void everyPartOfAFarmAndOfAServer() throws IOException {
        long cookie = farm(
                "http",
                Map.of(
                        "port",
                        8080,
                        "balance",
                        "uri",
                        "stickiness",
                        "cookie",
                        "probe",
                        Map.of(
                                "type",
                                "http",
                                "method",
                                "GET",
                                "url",
                                "http://api.shop.example/status",
                                "match",
                                "status",
                                "pattern",
                                "200, 204",
                                "interval",
                                60)));
        server("http", cookie, "192.0.2.1", Map.of("weight", 100, "cookie", "one", "probe", true));
        server(
                "http",
                cookie,
                "192.0.2.2",
                Map.of("weight", 0, "backup", true, "port", 8081, "ssl", true, "probe", true));
        server("http", cookie, "192.0.2.3", Map.of("status", "inactive", "proxyProtocolVersion", "v1"));
        server("http", cookie, "192.0.2.4", Map.of("ssl", true, "chain", CERTIFICATE.certificatePem()));
        long source = farm(
                "tcp",
                Map.of(
                        "balance",
                        "source",
                        "stickiness",
                        "sourceIp",
                        "probe",
                        Map.of("type", "tcp", "match", "contains", "pattern", "220 it's", "negate", true)));
        server(
                "tcp",
                source,
                "192.0.2.1",
                Map.of("proxyProtocolVersion", "v2", "onMarkedDown", "shutdown-sessions", "probe", true));
        server("tcp", source, "192.0.2.2", Map.of("proxyProtocolVersion", "v2-ssl"));
        server("tcp", source, "192.0.2.3", Map.of("proxyProtocolVersion", "v2-ssl-cn"));
        shop.add("tcp/frontend", Map.of("port", "25", "zone", "all", "defaultFarmId", source));
        for (String probe : List.of("mysql", "pgsql", "smtp", "oco")) {
            server(
                    "tcp",
                    farm("tcp", Map.of("port", 3306, "balance", "leastconn", "probe", Map.of("type", probe))),
                    "192.0.2.9",
                    Map.of("probe", true));
        }
        server(
                "tcp",
                farm(
                        "tcp",
                        Map.of(
                                "port",
                                80,
                                "balance",
                                "first",
                                "probe",
                                Map.of(
                                        "type",
                                        "http",
                                        "port",
                                        8080,
                                        "forceSsl",
                                        true,
                                        "match",
                                        "matches",
                                        "pattern",
                                        "^ok|up$"))),
                "192.0.2.9",
                Map.of("probe", true));

        assertGolden("farms", HaproxyConfiguration.of(deployed(shop.name()), site(false)));
    }

    @Test
    void routesStandInTheirOrderAndAllRulesOfOneInOneCondition() throws IOException {
        long farm = farm("http", Map.of("port", 8080));
        long canary = farm("http", Map.of("port", 8081));
        long web = shop.add("http/frontend", Map.of("port", "80", "zone", "all", "defaultFarmId", farm));
        route("http", web, 2, Map.of("type", "farm", "target", "" + canary), rule("cookie", "exists", null, "beta"));
        route(
                "http",
                web,
                1,
                Map.of("type", "farm", "target", "" + farm),
                rule("header", "is", "a b", "X-Two Words, and \"more\""));
        route(
                "http",
                web,
                5,
                Map.of("type", "redirect", "target", "${protocol}://new.example${path}${arguments}", "status", 301),
                rule("host", "in", "a.example, b.example", null),
                not(rule("uri", "startswith", "/.well-known/", null)));
        route(
                "http",
                web,
                3,
                Map.of("type", "reject"),
                rule("source", "in", "192.0.2.0/24, 198.51.100.7", null),
                rule("method", "is", "POST", null),
                rule("param", "matches", "^(a|b)'$", "q"));
        route("http", web, 0, Map.of("type", "reject", "status", 200));
        long plain = farm("tcp", Map.of("port", 1));
        long h2 = farm("tcp", Map.of("port", 2));
        long tls = shop.add("tcp/frontend", Map.of("port", "443", "zone", "all", "ssl", true, "defaultFarmId", plain));
        route("tcp", tls, 0, Map.of("type", "farm", "target", "" + h2), rule("protocol", "is", "http/2.0", null));
        route("tcp", tls, 0, Map.of("type", "reject"), not(rule("sni", "endswith", ".shop.example", null)));

        assertGolden("routes", HaproxyConfiguration.of(deployed(shop.name()), site(false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-i",
                "--",
                "-m",
                "it's",
                "a\"b",
                "a\\",
                "\\",
                "$HOME",
                "\"${HOME}\"",
                "%[env(HOME)]",
                "# no comment",
                "tab\there",
                "line\nacl x always_true",
                "bell\u0007",
                "nul\u0000",
                "\u00e9\u4e2d\ud83d\ude00",
                "a,b)",
                "((",
                "{ src 1 }",
                "if",
                "",
                " "
            })
    void noTextOfAUserIsTakenForAnythingElse(String text) throws IOException {
        Haproxy.assumeInstalled();
        long farm = farm(
                "http",
                Map.of(
                        "port",
                        8080,
                        "displayName",
                        text,
                        "stickiness",
                        "cookie",
                        "probe",
                        Map.of("type", "http", "url", "/" + text, "match", "contains", "pattern", "x" + text)));
        server("http", farm, "192.0.2.1", Map.of("cookie", "c" + text, "probe", true));
        long web = shop.add(
                "http/frontend",
                Map.of(
                        "port",
                        "80",
                        "zone",
                        "all",
                        "displayName",
                        text,
                        "defaultFarmId",
                        farm,
                        "httpHeader",
                        List.of("X-A " + text),
                        "redirectLocation",
                        "https://www.example/" + text));
        route(
                "http",
                web,
                0,
                Map.of("type", "redirect", "target", "/" + text),
                rule("uri", "is", text, null),
                rule("header", "contains", text, "X" + text),
                rule("param", "is", text, "p" + text),
                rule("cookie", "startswith", text, "c" + text));

        Rendered rendered = HaproxyConfiguration.of(deployed(shop.name()), site(false));

        assertThat(Haproxy.complaints(inFolder(rendered), folder))
                .as(rendered.text())
                .isEmpty();
        assertThat(rendered.text().lines().filter(line -> line.startsWith("  acl ")))
                .hasSize(4);
    }

    @Test
    void whoSharesAPortIsTold() {
        shop.add("http/frontend", Map.of("port", "80", "zone", "all", "displayName", "one"));
        shop.add("tcp/frontend", Map.of("port", "70-90", "zone", "gra", "displayName", "two"));
        shop.add("tcp/frontend", Map.of("port", "80", "zone", "rbx"));
        shop.add("tcp/frontend", Map.of("port", "80", "zone", "gra", "dedicatedIpfo", List.of("203.0.113.7")));

        assertThat(HaproxyConfiguration.of(deployed(shop.name()), site(false)).remarks())
                .containsExactly("frontends 10001 'one' and 10002 'two' share a port of 127.10.1.1: HAProxy deals its"
                        + " connections out between them");
    }

    private void assertGolden(String name, Rendered rendered) throws IOException {
        Path golden = GOLDEN.resolve(name + ".cfg");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, rendered.text());
        }
        assertThat(rendered.text()).isEqualTo(Files.readString(golden));
        if (Haproxy.isInstalled()) {
            assertThat(Haproxy.complaints(inFolder(rendered), folder)).isEmpty();
        }
    }

    /** The same, where this test has a folder. */
    private Rendered inFolder(Rendered rendered) {
        Map<String, String> files = new LinkedHashMap<>(rendered.files());
        files.replaceAll((name, text) -> text.replace("/site/", folder + "/"));
        return new Rendered(files, rendered.listeners(), rendered.remarks());
    }

    private static Site site(boolean http2) {
        return new Site(
                "gra",
                new Site.Listen("127.10.1.1", "127.10.129.1"),
                Map.of("203.0.113.7/32", new Site.Listen("127.10.1.2", "127.10.129.2")),
                0,
                http2,
                null,
                "/site",
                certificate -> CERTIFICATE.certificatePem() + CERTIFICATE.privateKeyPkcs8Pem(),
                CERTIFICATE.certificatePem() + CERTIFICATE.privateKeyPkcs8Pem(),
                Site.StandIns.NONE,
                false);
    }

    private Configuration deployed(String service) {
        return world.inside(() -> world.find(service).orElseThrow().staged());
    }

    private long farm(String protocol, Map<String, ?> fields) {
        return shop.add(protocol + "/farm", with(fields, "zone", "all"));
    }

    private void server(String protocol, long farm, String address, Map<String, ?> fields) {
        shop.add(protocol + "/server", farm, with(with(fields, "status", "active"), "address", address));
    }

    @SafeVarargs
    private void route(String protocol, long frontend, int weight, Map<String, ?> action, Map<String, ?>... rules) {
        long route = shop.add(protocol + "/route", Map.of("frontendId", frontend, "weight", weight, "action", action));
        for (Map<String, ?> rule : rules) {
            shop.add(protocol + "/rule", route, rule);
        }
    }

    private static Map<String, Object> rule(String field, String match, String pattern, String subField) {
        Map<String, Object> rule = new HashMap<>(Map.of("field", field, "match", match));
        Optional.ofNullable(pattern).ifPresent(value -> rule.put("pattern", value));
        Optional.ofNullable(subField).ifPresent(value -> rule.put("subField", value));
        return rule;
    }

    private static Map<String, Object> not(Map<String, Object> rule) {
        return with(rule, "negate", true);
    }

    private static Map<String, Object> with(Map<String, ?> fields, String name, Object value) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putIfAbsent(name, value);
        return all;
    }
}
