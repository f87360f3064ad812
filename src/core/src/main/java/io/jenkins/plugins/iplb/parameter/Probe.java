package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.List;

/**
 * How a farm finds out which of its servers are alive. It is compared field by field: what is not mentioned stays as it
 * is, and what is not said at OVH is OVH's default. No probe at all is a probe of defaults: tcp, on the farm's port.
 */
public final class Probe implements Value {
    private static final Attributes FIELDS = Attributes.of(
            "probes",
            field(
                            "type",
                            Values.oneOf("http", "mysql", "oco", "pgsql", "smtp", "tcp"),
                            "What is spoken with the server")
                    .initially("tcp"),
            field("port", Values.PORT, "The port to ask; none: the farm's"),
            field("interval", Values.number(30, 3600), "Seconds between two probes")
                    .initially(30),
            field("match", Values.oneOf("default", "contains", "matches", "status"), "What the answer is compared by")
                    .initially("default"),
            field("pattern", Values.verbatim("P", "(?s).{1,255}", "1 to 255 characters"), "What it is compared with"),
            field("negate", Values.FLAG, "Whether an answer that matches is a bad one")
                    .initially(false),
            field("method", Values.oneOf("GET", "HEAD", "OPTIONS"), "How to ask over http")
                    .initially("GET"),
            field("url", Values.matching("URL", "\\S+", "such as /health or www.example.com/health"), "What to ask for")
                    .initially("/"),
            field("forceSsl", Values.FLAG, "Whether to speak TLS").initially(false));

    private static final Fields NOTHING_SAID = FIELDS.reset();

    private static Attribute field(String name, Value value, String description) {
        return Parameter.of(name, value, description).orNone().attribute();
    }

    /** What there is to say of a probe. */
    public static List<Parameter> parameters() {
        return FIELDS.parameters();
    }

    /** As {@link #parameters}, with what each is when nothing is said. */
    public static Attributes attributes() {
        return FIELDS;
    }

    @Override
    public String form() {
        return "JSON";
    }

    @Override
    public String allowed() {
        return "the fields of a probe, such as type, port and url";
    }

    /** @param given an object, or the JSON of one; one without fields is no probe */
    @Override
    public JsonNode of(String parameter, JsonNode given) {
        JsonNode fields = given.isTextual() ? read(given.textValue()) : given;
        if (!fields.isObject()) {
            throw Value.refusal(parameter, given, allowed());
        }
        return fields.isEmpty()
                ? NullNode.instance
                : FIELDS.check(parameter + ".", fields).json();
    }

    private static JsonNode read(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
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
    public static void check(JsonNode probe) {
        String type = probe.path("type").asText("tcp");
        JsonNode match = probe.path("match");
        if ("status".equals(match.asText()) && !"http".equals(type)) {
            throw Value.refusal(
                    "probe.match", match, "for %s one of default, contains, matches: status is http's".formatted(type));
        }
        if (probe.path("negate").asBoolean() && "default".equals(match.asText("default"))) {
            throw Value.refusal(
                    "probe.negate", probe.path("negate"), "false, unless match is contains, matches or status");
        }
    }
}
