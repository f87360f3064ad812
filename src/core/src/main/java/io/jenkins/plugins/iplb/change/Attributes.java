package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What can be wished for of one kind of object: the fields that OVH's schema has for it.
 *
 * @param owners whose they are, such as {@code udp farms}
 */
record Attributes(String owners, List<Attribute> all) {

    static Attributes of(String owners, Attribute... all) {
        return new Attributes(owners, List.of(all));
    }

    /** These and more. */
    Attributes and(String otherOwners, Attribute... more) {
        return new Attributes(
                otherOwners, Stream.concat(all.stream(), Stream.of(more)).toList());
    }

    /** What is meant. @throws InvalidInput naming the parameter that these objects do not have, or not so */
    Fields check(Fields given) {
        return check("", given.json());
    }

    /** @param prefix what the name of a parameter begins with */
    Fields check(String prefix, JsonNode given) {
        Fields checked = Fields.none();
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            Attribute attribute = find(each.getKey());
            String parameter = prefix + each.getKey();
            if (attribute == null) {
                throw Values.refusal(
                        parameter, each.getValue(), "nothing: %s have no %s".formatted(owners, each.getKey()));
            }
            checked = checked.with(each.getKey(), attribute.check(parameter, each.getValue()));
        }
        return checked;
    }

    /** All that is wanted, in OVH's words, of an object that is to be made: there, null is the same as nothing. */
    Fields made(Fields wanted) {
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
    Fields differing(Fields wanted, JsonNode there) {
        Fields differing = Fields.none();
        for (Attribute each : all) {
            JsonNode value = wanted.get(each.name());
            JsonNode before = there.path(each.field());
            if (value != null && !each.isSo(before, value)) {
                differing = differing.with(each.field(), each.value().sent(before, value));
            }
        }
        return differing;
    }

    /** All of them back to what they are when nothing is said. */
    Fields reset() {
        Fields reset = Fields.none();
        for (Attribute each : all) {
            reset = reset.with(each.name(), null);
        }
        return reset;
    }

    private Attribute find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
    }
}
