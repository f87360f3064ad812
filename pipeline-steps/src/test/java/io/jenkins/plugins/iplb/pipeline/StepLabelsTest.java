package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.localizer.LocaleProvider;

/** What steps are called in Pipeline Steps and Blue Ocean. */
class StepLabelsTest {
    private static final Map<String, Object> RULE =
            Map.of("field", "header", "subField", "X-Env", "negate", true, "match", "is", "pattern", "preprod");

    static Stream<Arguments> labels() {
        return Stream.of(
                Arguments.of(
                        "set-stickiness",
                        Map.of("farm", "app", "stickiness", "sourceIp"),
                        "stickiness of app: sourceIp"),
                Arguments.of(
                        "add-route",
                        Map.of(
                                "frontend",
                                "https",
                                "farm",
                                "web-http2",
                                "name",
                                "http2",
                                "rules",
                                List.of("protocol is http/2.0", RULE)),
                        "route http2 of https: to web-http2, when protocol is http/2.0, header:X-Env not is preprod"),
                Arguments.of("add-route", Map.of("frontend", 12, "reject", true), "route of 12: reject"),
                Arguments.of(
                        "add-rule", with(RULE, Map.of("route", "http2")), "rule of http2: header:X-Env not is preprod"),
                Arguments.of(
                        "add-route",
                        Map.of("farm", "app", "name", "later", "zone", "gra"),
                        "route later in gra: to app"),
                Arguments.of("park-failover", Map.of("ip", "203.0.113.7"), "park failover IP 203.0.113.7 of shop"),
                Arguments.of(
                        "move-failover", Map.of("ip", "203.0.113.7", "to", "shop"), "failover IP 203.0.113.7 to shop"),
                Arguments.of(
                        "dedicate-failover",
                        Map.of("frontend", "https", "ips", List.of("203.0.113.7", "203.0.113.8")),
                        "failover IPs of https: 203.0.113.7, 203.0.113.8"),
                Arguments.of(
                        "ensure-frontend",
                        Map.of("frontend", "http", "port", 80, "zone", "all", "ssl", false, "hsts", true),
                        "frontend http: port 80, zone all, ssl false, hsts"),
                Arguments.of("ensure-farm", Map.of("farm", "app", "balance", "uri"), "farm app: balance uri"),
                Arguments.of(
                        "ensure-server",
                        Map.of("farm", "app", "address", "192.0.2.1", "port", 8080, "chain", "-----BEGIN"),
                        "server 192.0.2.1 of app: port 8080"),
                Arguments.of("remove-route", Map.of("route", "old"), "remove route old"),
                Arguments.of(
                        "remove-rule", Map.of("route", "old", "says", "host is a"), "remove rule host is a of old"),
                Arguments.of("remove-frontend", Map.of("frontend", "old", "zone", "gra"), "remove frontend old in gra"),
                Arguments.of("remove-farm", Map.of("farm", "old"), "remove farm old"),
                Arguments.of(
                        "remove-server",
                        Map.of("farm", "app", "address", "192.0.2.1"),
                        "remove server 192.0.2.1 of app"),
                Arguments.of(
                        "refresh",
                        Map.of("zones", List.of("gra", "rbx"), "exclusive", true, "timeout", "5m"),
                        "refresh of shop in gra, rbx: exclusive"),
                Arguments.of(
                        "check-traffic",
                        Map.of("url", "https://a.example/", "expect", List.of("status is 200", "protocol is h2")),
                        "traffic of https://a.example/: status is 200, protocol is h2"),
                Arguments.of(
                        "check-metrics",
                        Map.of("zones", List.of("gra"), "atLeast", 5),
                        "measured traffic of shop in gra: atLeast 5"),
                Arguments.of(
                        "drain",
                        Map.of("farm", "web", "servers", List.of("web-1", "web-2"), "emptyAfter", "1m"),
                        "web-1, web-2 out of web"),
                Arguments.of("undrain", Map.of("farm", "web", "servers", "web-1"), "web-1 back into web"),
                Arguments.of(
                        "switch-farm",
                        Map.of("frontend", "site", "farm", "green", "and", "preview"),
                        "site to green, and preview to what it had"),
                Arguments.of("rolling", Map.of("farm", "web", "atOnce", 2), "rolling deployment of web, 2 at once"),
                Arguments.of("rolling", Map.of("farm", "web", "dryRun", true), "rolling deployment of web (dry run)"),
                Arguments.of(
                        "shift",
                        Map.of("farm", "web", "from", "a", "to", List.of("b", "c"), "steps", List.of(5, 100)),
                        "traffic of web from a to b, c: 5, 100"),
                Arguments.of("check-http2", Map.of("url", "https://a.example/"), "HTTP/2 of https://a.example/"),
                Arguments.of(
                        "rotate-certificate",
                        Map.of("name", "site", "certificate", "-----BEGIN", "replaces", "old"),
                        "certificate site, replaced without a gap, beside it old"),
                Arguments.of("remove-certificate", Map.of("certificate", "site"), "remove certificate site"),
                Arguments.of(
                        "order-free-certificate",
                        Map.of("hosts", List.of("a.example", "b.example")),
                        "free certificate of a.example, b.example"),
                Arguments.of(
                        "set-service",
                        Map.of("name", "the shop", "sslConfiguration", "modern"),
                        "load balancer shop: name the shop, sslConfiguration modern"),
                Arguments.of(
                        "ensure-vrack-network",
                        Map.of("network", "private", "farms", List.of("app", "api")),
                        "vRack network private: farms app, api"),
                Arguments.of("remove-vrack-network", Map.of("network", "private"), "remove vRack network private"),
                Arguments.of(
                        "enable-http2",
                        Map.of("frontend", "https", "url", "https://a.example/", "ca", "-----BEGIN"),
                        "HTTP/2 on https"),
                Arguments.of("show", Map.of("dryRun", true), "what is there on shop (dry run)"),
                Arguments.of("plan", Map.of("file", "iplb.yaml", "values", "PORT=80"), "plan iplb.yaml for shop"),
                Arguments.of("apply", Map.of("plan", "{}"), "apply to shop"),
                Arguments.of("drift", Map.of("file", "iplb.yaml", "unstable", true), "drift of shop from iplb.yaml"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("labels")
    void aStepIsCalledByAShortSentence(String operation, Map<String, Object> arguments, String label) {
        Map<String, Object> given =
                with(arguments, Map.of("loadBalancer", "shop", "protocol", "http", "credentialsId", "key"));

        assertThat(StepLabels.of(FileOperations.named(operation), given)).hasValue(label);
    }

    /** In each language, and with a sentence that says all that it may be given. */
    @Test
    void everyOperationHasItsSentence() {
        for (Locale locale : List.of(Locale.ROOT, Locale.FRENCH, Locale.forLanguageTag("nl"))) {
            ResourceBundle texts = ResourceBundle.getBundle(StepLabels.class.getName(), locale);
            assertThat(PipelineFaceTest.stepsAndBlocks())
                    .extracting(OperationType::name)
                    .allMatch(texts::containsKey);
            assertThat(FileOperations.all()).extracting(OperationType::name).allMatch(texts::containsKey);
            assertThat(RecordOperations.all()).extracting(OperationType::name).allMatch(texts::containsKey);
        }
    }

    @Test
    void itIsInTheLanguageOfWhoLooks() {
        LocaleProvider before = LocaleProvider.getProvider();
        try {
            LocaleProvider.setProvider(new LocaleProvider() {
                @Override
                public Locale get() {
                    return Locale.FRENCH;
                }
            });
            assertThat(StepLabels.of(Catalogue.named("show"), Map.of("loadBalancer", "shop")))
                    .hasValue("ce qui est en place sur shop");
        } finally {
            LocaleProvider.setProvider(before);
        }
    }

    /** Not even of one who gives it where it does not belong. */
    @Test
    void noKeyAndNoCertificateIsSaid() {
        Map<String, Object> given = Map.of("certificate", "-----BEGIN", "key", "sandboxsecret", "ca", "-----BEGIN");

        for (OperationType operation : PipelineFaceTest.stepsAndBlocks()) {
            if (!operation.name().equals("remove-certificate")) {
                assertThat(StepLabels.of(operation, given).orElse("")).doesNotContain("BEGIN", "sandboxsecret");
            }
        }
        assertThat(StepLabels.of(Catalogue.named("ensure-certificate"), with(given, Map.of("name", "site"))))
                .hasValue("certificate site");
    }

    /** Pipeline keeps back what is too long or masked. */
    @Test
    void whatIsNotKnownAnyMoreIsLeftOut() {
        OperationType stickiness = Catalogue.named("set-stickiness");

        assertThat(StepLabels.of(stickiness, Map.of("farm", "app", "stickiness", new Object())))
                .hasValue("farm app");
        assertThat(StepLabels.of(stickiness, Map.of("farm", new Object()))).isEmpty();
    }

    @Test
    void itStaysShortAndInOneLine() {
        String label = StepLabels.of(
                        Catalogue.named("remove-route"),
                        Map.of("route", "a\nb\u001b[31m" + "c".repeat(100), "frontend", "d".repeat(400)))
                .orElseThrow();

        assertThat(label).startsWith("remove route a b [31mccc").hasSizeLessThanOrEqualTo(160);
        assertThat(label).doesNotContain("\n", "\u001b");
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
