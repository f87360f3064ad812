package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.NewObject;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a change would do now.
 *
 * @param before what it is about, as it is; JSON null when it is not there
 * @param after the same as it will be
 * @param steps the calls it takes, in their order; none when the wish is true already
 * @param result what the caller gets, by the ids that the steps have made
 */
public record Plan(JsonNode before, JsonNode after, List<PlannedStep> steps, Function<CreatedIds, ObjectNode> result) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /** @param result what the caller gets, whatever the steps make */
    Plan(JsonNode before, JsonNode after, List<PlannedStep> steps, ObjectNode result) {
        this(before, after, steps, created -> result);
    }

    /**
     * An object that is not there is made.
     *
     * @param idName what its id is called in the answer and in the result
     * @param others those that are there
     */
    static Plan making(ApiCall post, String idName, List<? extends Named> others, ObjectNode result) {
        NewId id = newObject(idName, ids(others));
        return new Plan(
                NullNode.instance,
                post.body().orElseThrow().json(),
                List.of(PlannedStep.of(post).creating(id)),
                created -> Fields.none()
                        .withPresent(idName, created.find(id))
                        .and(new Fields(result))
                        .json());
    }

    /** An object that is there gets what it lacks. @param put carries the fields; not sent when there are none */
    static Plan altering(Named found, Fields fields, ApiCall put, ObjectNode result) {
        ObjectNode before = json(found);
        ObjectNode after = before.deepCopy().setAll(fields.json());
        return new Plan(before, after, fields.isEmpty() ? List.of() : List.of(PlannedStep.of(put)), result);
    }

    /**
     * The id of an object that a POST into a collection makes.
     *
     * @param idName the property that holds it
     * @param existing the ids in the collection before
     */
    static NewId newObject(String idName, Set<Long> existing) {
        return new NewId((ovh, post) -> new NewObject(post, idName, existing).create(ovh));
    }

    static Set<Long> ids(List<? extends Named> objects) {
        return objects.stream().map(Named::id).collect(Collectors.toUnmodifiableSet());
    }

    /** An object as plans show it. */
    static ObjectNode json(Named object) {
        return Json.MAPPER.valueToTree(object);
    }

    public boolean changes() {
        return !steps.isEmpty();
    }

    /** What the caller gets as far as it is known before the calls. */
    public ObjectNode knownResult() {
        return result.apply(CreatedIds.NONE);
    }

    /** Whether this call is one of those it still takes. What names an object that is yet to be made was never sent. */
    public boolean needs(String method, String path, JsonNode body) {
        return steps.stream()
                .flatMap(step -> step.knownCall().stream())
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
