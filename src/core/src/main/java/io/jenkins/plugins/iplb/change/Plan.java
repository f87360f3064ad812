package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.List;

/**
 * What a change would do now.
 *
 * @param before what it is about, as it is; JSON null when it is not there
 * @param after the same as it will be
 * @param writes the calls it takes, in their order; none when the wish is true already
 * @param result what the caller gets, as far as it is known before the calls
 */
public record Plan(JsonNode before, JsonNode after, List<Write> writes, ObjectNode result) {

    public Plan {
        writes = List.copyOf(writes);
    }

    public boolean changes() {
        return !writes.isEmpty();
    }

    /** Whether this call is one of those it still takes. */
    public boolean needs(String method, String path, JsonNode body) {
        return writes.stream()
                .map(Write::call)
                .anyMatch(call -> call.method().name().equals(method)
                        && call.pathText().equals(path)
                        && Differences.between(json(call), body == null ? NullNode.instance : body)
                                .isEmpty());
    }

    private static JsonNode json(ApiCall call) {
        return call.body().<JsonNode>map(Fields::json).orElse(NullNode.instance);
    }

    /** Field by field. */
    public List<Difference> diff() {
        return Differences.between(before, after);
    }
}
