package io.jenkins.plugins.iplb.ansible.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Names;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options as fields of the core. To Ansible null is as good as not given, and what is not given is left as it is; so what
 * resets a field is said otherwise: {@code none} as on the command line, an empty list or dictionary, or zero.
 */
final class Wanted {
    /** To weigh nothing is something else than to have no weight. */
    private static final Set<String> ZERO_COUNTS = Set.of("weight");

    private Wanted() {}

    static Fields fields(Arguments arguments, List<String> options) {
        return fields(arguments.given(options).entrySet());
    }

    private static Fields fields(Set<Map.Entry<String, JsonNode>> given) {
        Fields fields = Fields.none();
        for (Map.Entry<String, JsonNode> each : given) {
            fields = fields.with(Names.camelCased(each.getKey()), meant(each.getKey(), each.getValue()));
        }
        return fields;
    }

    private static JsonNode meant(String option, JsonNode given) {
        if (resets(option, given)) {
            return NullNode.instance;
        }
        return given instanceof ObjectNode object ? fields(object.properties()).json() : given;
    }

    private static boolean resets(String option, JsonNode given) {
        return given.isTextual() && given.textValue().equals("none") && !option.equals("name")
                || given.isContainerNode() && given.isEmpty()
                || given.isIntegralNumber() && given.longValue() == 0 && !ZERO_COUNTS.contains(option);
    }
}
