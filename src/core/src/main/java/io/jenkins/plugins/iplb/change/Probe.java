package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;

/**
 * How a farm finds out which of its servers are alive. It is compared field by field: what is not mentioned stays as it
 * is, and what is not said at OVH is OVH's default. No probe at all is a probe of defaults: tcp, on the farm's port.
 */
final class Probe implements Value {
    private static final Attributes FIELDS = Attributes.of(
            "probes",
            Attribute.orNull("type", Values.oneOf("http", "mysql", "oco", "pgsql", "smtp", "tcp"), "tcp"),
            Attribute.orNull("port", Values.PORT),
            Attribute.orNull("interval", Values.number(30, 3600), 30),
            Attribute.orNull("match", Values.oneOf("default", "contains", "matches", "status"), "default"),
            Attribute.orNull("pattern", Values.matching("(?s).{1,255}", "1 to 255 characters")),
            Attribute.orNull("negate", Values.BOOLEAN, false),
            Attribute.orNull("method", Values.oneOf("GET", "HEAD", "OPTIONS"), "GET"),
            Attribute.orNull("url", Values.matching("\\S+", "such as /health or www.example.com/health"), "/"),
            Attribute.orNull("forceSsl", Values.BOOLEAN, false));

    private static final Fields NOTHING_SAID = FIELDS.reset();

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        if (!given.isObject()) {
            throw Values.refusal(parameter, given, "the fields of a probe, such as type, port and url");
        }
        return FIELDS.check(parameter + ".", given).json();
    }

    @Override
    public boolean isSo(JsonNode there, JsonNode wanted) {
        return FIELDS.differing(wanted.isNull() ? NOTHING_SAID : new Fields((ObjectNode) wanted), there)
                .isEmpty();
    }

    /** OVH replaces the probe as a whole: what is not mentioned must be said again. */
    @Override
    public JsonNode sent(JsonNode there, JsonNode wanted) {
        if (!there.isObject() || wanted.isNull()) {
            return wanted;
        }
        return ((ObjectNode) there.deepCopy()).setAll((ObjectNode) wanted);
    }

    /** @throws InvalidInput for fields that make no sense together, as OVH's guide to probes has them */
    static void check(JsonNode probe) {
        String type = probe.path("type").asText("tcp");
        JsonNode match = probe.path("match");
        if ("status".equals(match.asText()) && !"http".equals(type)) {
            throw Values.refusal(
                    "probe.match", match, "for %s one of default, contains, matches: status is http's".formatted(type));
        }
        if (probe.path("negate").asBoolean() && "default".equals(match.asText("default"))) {
            throw Values.refusal(
                    "probe.negate", probe.path("negate"), "false, unless match is contains, matches or status");
        }
    }
}
