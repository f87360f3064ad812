package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Attribute;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan makes different, line by line, in the words in which it is asked for. What is not different makes no line.
 * Objects have their names as far as the run has read them.
 */
final class Lines {
    private static final JsonNode NOTHING = NullNode.instance;

    private final Snapshot known;
    private final Protocol protocol;
    private final List<Difference> lines = new ArrayList<>();

    Lines(Snapshot known, Protocol protocol) {
        this.known = known;
        this.protocol = protocol;
    }

    List<Difference> all() {
        return List.copyOf(lines);
    }

    /**
     * The parameters of an object.
     *
     * @param before it as OVH has it; JSON null when it is not there
     * @param after the same as it will be
     */
    Lines attributes(Attributes attributes, JsonNode before, JsonNode after) {
        return attributes("", attributes, before, after);
    }

    private Lines attributes(String prefix, Attributes attributes, JsonNode before, JsonNode after) {
        for (Attribute each : attributes.all()) {
            JsonNode old = before.path(each.field());
            JsonNode now = after.path(each.field());
            if (each.parameter().value() instanceof Probe) {
                attributes(each.name() + ".", Probe.attributes(), old, now);
            } else {
                // Whoever removes an object does not have to read what it was by OVH's defaults.
                boolean byDefault = isNothing(after) && same(old, each.initial());
                line(prefix + each.name(), byDefault ? NOTHING : worded(each, old), worded(each, now));
            }
        }
        return this;
    }

    private JsonNode worded(Attribute attribute, JsonNode value) {
        Optional<LiveList> live = attribute.parameter().live();
        if (value.isIntegralNumber() && live.equals(Optional.of(LiveList.FARMS))) {
            return TextNode.valueOf(object("farm", value.longValue()));
        }
        if (value.isIntegralNumber() && live.equals(Optional.of(LiveList.CERTIFICATES))) {
            return TextNode.valueOf(object(known.knownCertificate(value.longValue()), value.longValue()));
        }
        if (value.isIntegralNumber() && attribute.parameter().value() == Values.NETWORK_OF_VRACK) {
            return TextNode.valueOf(object(known.knownVrackNetwork(value.longValue()), value.longValue()));
        }
        return attribute.parameter().value() == Values.BLOCKS && value.isArray() ? addresses(value) : value;
    }

    private static ArrayNode addresses(JsonNode blocks) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        blocks.forEach(block -> shown.add(Subjects.address(block.asText())));
        return shown;
    }

    /** The frontend that a route is on. */
    Lines frontend(Long before, Long after) {
        return line("frontend", object("frontend", before), object("frontend", after));
    }

    /** The default farm of a frontend. */
    Lines farm(String parameter, Long before, Long after) {
        return line(parameter, object("farm", before), object("farm", after));
    }

    /** What a route does. */
    Lines action(RouteAction before, RouteAction after) {
        line("farm", farm(before), farm(after));
        line("redirect", redirect(before), redirect(after));
        line("reject", reject(before), reject(after));
        return line("status", before == null ? null : before.status(), after == null ? null : after.status());
    }

    private String farm(RouteAction action) {
        return isA("farm", action) ? object("farm", Long.parseLong(action.target())) : null;
    }

    private static String redirect(RouteAction action) {
        return isA("redirect", action) ? action.target() : null;
    }

    private static Boolean reject(RouteAction action) {
        return isA("reject", action) ? Boolean.TRUE : null;
    }

    private static boolean isA(String type, RouteAction action) {
        return action != null && action.type().equals(type);
    }

    /** One rule of a route: one that is added, removed or rewritten. */
    Lines rule(RuleSpec before, RuleSpec after) {
        return line("rule", before == null ? null : before.toString(), after == null ? null : after.toString());
    }

    /** @param before null for nothing, as {@code after} */
    Lines line(String parameter, Object before, Object after) {
        JsonNode old = json(before);
        JsonNode now = json(after);
        if (!same(old, now)) {
            lines.add(new Difference(parameter, Value.normal(old), Value.normal(now)));
        }
        return this;
    }

    private static JsonNode json(Object value) {
        return value instanceof JsonNode node ? node : Json.MAPPER.valueToTree(value);
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return Value.normal(one).equals(Value.normal(other));
    }

    /** An object by its name and id; by its id alone where its name is not known, or it has none. */
    private String object(String kind, Long id) {
        return id == null ? null : object(known.known(protocol, kind, id), id);
    }

    private static String object(Optional<Named> read, long id) {
        return read.map(Lines::object).orElseGet(() -> Long.toString(id));
    }

    /** An object by its name and id, as far as it has them. */
    static String object(Named object) {
        if (!object.isThere()) {
            return object.displayName() == null ? "new" : object.displayName();
        }
        return object.displayName() == null
                ? Long.toString(object.id())
                : "%s (%d)".formatted(object.displayName(), object.id());
    }
}
