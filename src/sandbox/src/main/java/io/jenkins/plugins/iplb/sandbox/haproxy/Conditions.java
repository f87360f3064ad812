package io.jenkins.plugins.iplb.sandbox.haproxy;

import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules as access lists, one for each rule, named by its id. */
final class Conditions {
    private static final String H2_PATTERN = "http/2.0";

    private final Configuration deployed;
    private final Lines out;

    Conditions(Configuration deployed, Lines out) {
        this.deployed = deployed;
        this.out = out;
    }

    /** Whether a route's rules take HTTP/2 by its name in ALPN, which only TCP rules can. */
    static boolean takesHttp2(Item rule) {
        return rule.text("field").equals("protocol")
                && !rule.flag("negate")
                && patterns(rule).contains(H2_PATTERN);
    }

    /** Writes the lists of a route's rules. */
    void declare(Item route) {
        deployed.children(route).forEach(this::list);
    }

    /** All of a route's rules, to stand behind {@code if}. */
    String all(Item route) {
        return String.join(" ", each(route).values());
    }

    /** The same one by one, by the ids of the rules. */
    Map<Long, String> each(Item route) {
        Map<Long, String> each = new LinkedHashMap<>();
        deployed.children(route).forEach(rule -> each.put(rule.id(), (rule.flag("negate") ? "!" : "") + name(rule)));
        return each;
    }

    private void list(Item rule) {
        switch (rule.text("field")) {
            case "protocol" -> patterns(rule).forEach(pattern -> list(rule, protocol(rule, pattern)));
            case "source" -> compared(rule, "src", "");
            case "method" -> compared(rule, "method", "");
            case "host" ->
                compared(rule, rule.kind().protocol() == Protocol.tcp ? "ssl_fc_sni" : "req.hdr(host),host_only", "-i");
            case "sni" -> compared(rule, "ssl_fc_sni", "-i");
            case "uri" -> compared(rule, "path", "");
            case "param" -> compared(rule, firstOnly(rule, named("url_param", rule)), "");
            case "header" -> compared(rule, named("req.hdr", rule), "");
            case "cookie" -> compared(rule, named("req.cook", rule), "");
            default -> list(rule, "always_false");
        }
    }

    /** Of several of a name the guide takes the first, where an access list would take any. */
    private String firstOnly(Item rule, String sample) {
        String variable = "txn.rule_" + rule.id();
        out.line("http-request set-var(" + variable + ")", sample);
        return "var(" + variable + ")";
    }

    private static String named(String sample, Item rule) {
        return Words.word(Words.call(sample, rule.text("subField")));
    }

    /** A frontend has one protocol, as the guide says; and what is in TLS, its ALPN names. */
    private static String protocol(Item rule, String pattern) {
        boolean tcp = rule.kind().protocol() == Protocol.tcp;
        return switch (pattern) {
            case H2_PATTERN -> tcp ? "ssl_fc_alpn -m str -- h2" : "always_false";
            case "tls", "https" -> tcp == pattern.equals("tls") ? "ssl_fc" : "always_false";
            case "tcp", "http" -> tcp == pattern.equals("tcp") ? "ssl_fc,not" : "always_false";
            default -> "always_false";
        };
    }

    private void compared(Item rule, String sample, String flags) {
        String match = match(rule);
        if (match.equals("-m found")) {
            list(rule, sample, match);
        } else {
            Words.lines(patterns(rule)).forEach(some -> list(rule, sample, flags, match, "--", Words.words(some)));
        }
    }

    private static String match(Item rule) {
        boolean asText = !List.of("source", "method").contains(rule.text("field"));
        return switch (rule.text("match")) {
            case "contains" -> "-m sub";
            case "startswith" -> "-m beg";
            case "endswith" -> "-m end";
            case "matches" -> "-m reg";
            case "exists" -> "-m found";
            default -> asText ? "-m str" : "";
        };
    }

    private static List<String> patterns(Item rule) {
        return rule.text("match").equals("in") ? Words.parts(rule.text("pattern")) : List.of(rule.text("pattern"));
    }

    private void list(Item rule, String... parts) {
        out.line(Stream.concat(Stream.of("acl", name(rule)), Stream.of(parts)).toArray(String[]::new));
    }

    private static String name(Item rule) {
        return "rule-" + rule.id();
    }
}
