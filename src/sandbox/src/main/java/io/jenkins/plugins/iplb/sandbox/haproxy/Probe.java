package io.jenkins.plugins.iplb.sandbox.haproxy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A farm's probe. Without a type it is of TCP, and without an interval every 30 seconds. */
final class Probe {
    private static final int OCO_PORT = 79;
    private static final int INTERVAL = 30;
    private static final Pattern URL = Pattern.compile("(?:[a-zA-Z]+://)?([^/]*)(/.*)?");

    private final JsonNode fields;
    private final String type;

    Probe(JsonNode fields) {
        this.fields = fields;
        this.type = text("type");
    }

    int interval() {
        return fields.path("interval").asInt(INTERVAL);
    }

    OptionalInt port() {
        if (type.equals("oco")) {
            return OptionalInt.of(OCO_PORT);
        }
        return fields.path("port").isInt() ? OptionalInt.of(fields.path("port").asInt()) : OptionalInt.empty();
    }

    boolean isForcedToTls() {
        return fields.path("forceSsl").asBoolean();
    }

    void render(Lines out) {
        switch (type) {
            case "http" -> http(out);
            case "mysql" -> out.line("option mysql-check");
            case "pgsql" -> out.line("option pgsql-check user ovh");
            case "smtp" -> out.line("option smtpchk HELO localhost");
            case "oco" -> {
                out.line("option tcp-check");
                out.line("tcp-check expect rstring ^2");
            }
            default -> {
                if (expects("contains", "matches")) {
                    out.line("option tcp-check");
                    expect(out, "tcp-check");
                }
            }
        }
    }

    /** HTTP/1.0 without a name, or HTTP/1.1 with it. */
    private void http(Lines out) {
        Matcher url = URL.matcher(text("url"));
        boolean known = url.matches();
        String host = known ? url.group(1) : "";
        String path = known && url.group(2) != null ? url.group(2) : "/";
        String method = List.of("GET", "HEAD").contains(text("method")) ? text("method") : "OPTIONS";
        out.line("option httpchk");
        out.line(
                "http-check send meth",
                method,
                "uri",
                Words.word(path),
                host.isEmpty() ? "" : "ver HTTP/1.1 hdr Host " + Words.word(host));
        if (expects("status", "contains", "matches")) {
            expect(out, "http-check");
        }
    }

    private void expect(Lines out, String check) {
        String how = switch (text("match")) {
            case "status" -> "status";
            case "contains" -> "string";
            default -> "rstring";
        };
        String pattern = text("pattern");
        out.line(
                check + " expect",
                fields.path("negate").asBoolean() ? "!" : "",
                how,
                Words.word(how.equals("status") ? String.join(",", Words.parts(pattern)) : pattern));
    }

    private boolean expects(String... matches) {
        return List.of(matches).contains(text("match"));
    }

    private String text(String field) {
        return fields.path(field).isTextual() ? fields.path(field).asText() : "";
    }
}
