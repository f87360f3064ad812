package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.List;
import java.util.stream.Collectors;

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

    /**
     * An object that is not there is made.
     *
     * @param idName what its id is called in the answer and in the result
     * @param others those that are there
     */
    static Plan making(ApiCall post, String idName, List<? extends Named> others, ObjectNode result) {
        Write make = new Write.Make(
                post, idName, idName, others.stream().map(Named::id).collect(Collectors.toSet()));
        return new Plan(NullNode.instance, post.body().orElseThrow().json(), List.of(make), result);
    }

    /** An object that is there gets what it lacks. @param put carries the fields; not sent when there are none */
    static Plan altering(Named found, Fields fields, ApiCall put, ObjectNode result) {
        ObjectNode before = json(found);
        ObjectNode after = before.deepCopy().setAll(fields.json());
        return new Plan(before, after, fields.isEmpty() ? List.of() : List.of(new Write.Alter(put)), result);
    }

    /** An object as plans show it. */
    static ObjectNode json(Named object) {
        return Json.MAPPER.valueToTree(object);
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
