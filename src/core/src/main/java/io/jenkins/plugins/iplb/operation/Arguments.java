package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What was given for the parameters of an operation, checked: each value is as OVH writes it, and null for what is reset.
 *
 * @param values by the names of the parameters
 */
public record Arguments(Fields values) {

    /** Null when it is not given. */
    JsonNode get(String name) {
        return values.get(name);
    }

    /** Whether it is given to say something: not to reset it, and not as a flag that is not set. */
    boolean counts(String name) {
        JsonNode value = values.get(name);
        return value != null && !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    /** Null when it is not given. */
    String text(String name) {
        return values.json().path(name).textValue();
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable(values.get(name)).map(JsonNode::intValue);
    }

    /** False when it is not given. */
    boolean flag(String name) {
        return values.json().path(name).booleanValue();
    }

    Protocol protocol() {
        return Protocol.parse(text(OperationType.PROTOCOL));
    }

    /** One that is needed. */
    Reference reference(String name) {
        return new Reference(text(name));
    }

    /** One that is needed, in the zone if one is given. */
    Reference inZone(String name) {
        return reference(name).in(zone());
    }

    /** Empty when it is not given. */
    Optional<String> zone() {
        return Optional.ofNullable(text("zone"));
    }

    Optional<Reference> optionalReference(String name) {
        return Optional.ofNullable(text(name)).map(Reference::new);
    }

    /** Empty when it is not given, which is something else than a list without elements. */
    Optional<List<JsonNode>> list(String name) {
        return Optional.ofNullable(values.get(name))
                .map(list -> StreamSupport.stream(list.spliterator(), false).toList());
    }

    /** What is given of these. */
    Fields fields(Attributes attributes) {
        Fields fields = Fields.none();
        for (Parameter each : attributes.parameters()) {
            fields = fields.withPresent(each.name(), Optional.ofNullable(values.get(each.name())));
        }
        return fields;
    }
}
