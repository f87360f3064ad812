package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Json;

/**
 * One field of an object that can be wished for.
 *
 * @param field OVH's word for it
 * @param initial what it is when it is null: OVH's default; JSON null for none
 */
public record Attribute(Parameter parameter, String field, JsonNode initial) {

    /** The same where OVH has another word for it. */
    public Attribute as(String other) {
        return new Attribute(parameter, other, initial);
    }

    /** The same where null is as good as something else. */
    public Attribute initially(Object other) {
        return new Attribute(parameter, field, Json.node(other));
    }

    Attribute on(Protocol protocol) {
        return new Attribute(parameter.on(protocol), field, initial);
    }

    public String name() {
        return parameter.name();
    }

    boolean isSo(JsonNode there, JsonNode wanted) {
        return parameter.value().isSo(meant(there), meant(wanted));
    }

    private JsonNode meant(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? initial : value;
    }
}
