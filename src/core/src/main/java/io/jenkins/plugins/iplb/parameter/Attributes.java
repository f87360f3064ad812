package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What can be wished for of one kind of object: the fields that OVH's schema has for it.
 *
 * @param owners whose they are, such as {@code farms}, or {@code udp farms} when they are those of one protocol
 */
public record Attributes(String owners, List<Attribute> all) {

    public static Attributes of(String owners, Attribute... all) {
        return new Attributes(owners, List.of(all));
    }

    /** Those that a protocol has. */
    public Attributes on(Protocol protocol) {
        return new Attributes(
                protocol.code() + " " + owners,
                all.stream()
                        .filter(each -> each.parameter().protocols().contains(protocol))
                        .map(each -> each.on(protocol))
                        .toList());
    }

    /** What they are called, whatever the protocol. */
    public List<Parameter> parameters() {
        return all.stream().map(Attribute::parameter).toList();
    }

    /** @throws NoSuchElementException when there is none of that name */
    public Parameter parameter(String name) {
        return find(name).orElseThrow().parameter();
    }

    /** What is meant. @throws InvalidInput naming the parameter that these objects do not have, or not so */
    public Fields check(Fields given) {
        return check("", given.json());
    }

    /** @param prefix what the name of a parameter begins with */
    Fields check(String prefix, JsonNode given) {
        Fields checked = Fields.none();
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            String parameter = prefix + each.getKey();
            Attribute attribute = find(each.getKey())
                    .orElseThrow(() -> Value.refusal(
                            parameter,
                            each.getValue(),
                            "nothing: %s have no %s%s".formatted(owners, each.getKey(), nearest(each.getKey()))));
            checked = checked.with(each.getKey(), attribute.parameter().check(parameter, each.getValue()));
        }
        return checked;
    }

    private String nearest(String unknown) {
        return Nearest.to(unknown, all.stream().map(Attribute::name).toList())
                .map("; did you mean %s?"::formatted)
                .orElse("");
    }

    /** All that is wanted, in OVH's words, of an object that is to be made: there, null is the same as nothing. */
    public Fields made(Fields wanted) {
        Fields made = Fields.none();
        for (Attribute each : all) {
            JsonNode value = wanted.get(each.name());
            if (value != null && !value.isNull()) {
                made = made.with(each.field(), value);
            }
        }
        return made;
    }

    /** What is wanted and not so yet, in OVH's words. @param there the object as it is */
    public Fields differing(Fields wanted, JsonNode there) {
        Fields differing = Fields.none();
        for (Attribute each : all) {
            JsonNode value = wanted.get(each.name());
            JsonNode before = there.path(each.field());
            if (value != null && !each.isSo(before, value)) {
                differing =
                        differing.with(each.field(), each.parameter().value().sent(before, value));
            }
        }
        return differing;
    }

    /**
     * What is to be said of an object that is there for it to be as it is: neither what is null, nor what it is when nothing is
     * said.
     */
    public Fields said(JsonNode there) {
        Fields said = Fields.none();
        for (Attribute each : all) {
            JsonNode value = each.parameter().value() instanceof Probe
                            && there.path(each.field()).isObject()
                    ? Probe.attributes().said(there.path(each.field())).json()
                    : there.path(each.field());
            if (!Value.normal(value).isNull() && !Value.normal(value).equals(Value.normal(each.initial()))) {
                said = said.with(each.name(), value);
            }
        }
        return said;
    }

    /** What was, where it is something else now; null for what was nothing and can be reset. @param before as OVH has it, as {@code after} */
    public Fields was(JsonNode before, JsonNode after) {
        Fields said = said(before);
        Fields was = Fields.none();
        for (Attribute each : all) {
            if (!each.isSo(after.path(each.field()), before.path(each.field()))) {
                JsonNode value = said.get(each.name());
                boolean mustBeSaid = value == null && !each.parameter().canBeReset();
                was = was.with(each.name(), mustBeSaid ? each.initial() : value);
            }
        }
        return was;
    }

    /**
     * What was to be, where it is something else now; what means the same is written as it is there.
     *
     * @param meant as OVH has it: what it does not mention is as it is when nothing is said
     * @param there the object as it is
     */
    public ObjectNode asMeant(JsonNode meant, JsonNode there) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (Attribute each : all) {
            JsonNode wanted = meant.path(each.field());
            JsonNode now = there.path(each.field());
            if (each.parameter().value() instanceof Probe) {
                written.set(each.field(), Probe.attributes().asMeant(wanted, now));
            } else {
                written.set(each.field(), each.isSo(now, wanted) ? now : wanted);
            }
        }
        return written;
    }

    /** All of them back to what they are when nothing is said. */
    Fields reset() {
        Fields reset = Fields.none();
        for (Attribute each : all) {
            reset = reset.with(each.name(), null);
        }
        return reset;
    }

    private Optional<Attribute> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
