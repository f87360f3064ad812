package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.NewObject;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a change would do now.
 *
 * @param about what it is about, and what it makes of that
 * @param diff what it makes different, in the words in which it is asked for; empty when there is nothing to do
 * @param before what it is about, as it is, as OVH has it; JSON null when it is not there
 * @param after the same as it will be
 * @param steps the calls it takes, in their order; none when the wish is true already
 * @param result what the caller gets, by the ids that the steps have made
 */
public record Plan(
        About about,
        List<Difference> diff,
        JsonNode before,
        JsonNode after,
        List<PlannedStep> steps,
        Function<CreatedIds, ObjectNode> result) {

    /** In the result: where it must go live. */
    public static final String ZONES = "zones";

    public Plan {
        diff = List.copyOf(diff);
        steps = List.copyOf(steps);
        about = about.effective(!steps.isEmpty());
    }

    /** @param result what the caller gets, whatever the steps make */
    Plan(About about, Lines lines, JsonNode before, JsonNode after, List<PlannedStep> steps, ObjectNode result) {
        this(about, lines.all(), before, after, steps, created -> result);
    }

    /**
     * An object that is not there is made.
     *
     * @param attributes what there is to say of it
     * @param idName what its id is called in the answer and in the result
     * @param id what stands for it, as {@link #newObject} makes it
     */
    static Plan making(
            Subject subject,
            Lines lines,
            Attributes attributes,
            ApiCall post,
            String idName,
            NewId id,
            ObjectNode result) {
        JsonNode after = post.body().orElseThrow().json();
        return new Plan(
                new About(Effect.ADDED, subject),
                lines.attributes(attributes, NullNode.instance, after).all(),
                NullNode.instance,
                after,
                List.of(PlannedStep.of(post).creating(id)),
                created -> Fields.none()
                        .withPresent(idName, created.find(id))
                        .and(new Fields(result))
                        .json());
    }

    /**
     * An object that is there gets what it lacks.
     *
     * @param attributes what there is to say of it
     * @param put carries the fields; not sent when there are none
     */
    static Plan altering(
            Subject subject,
            Lines lines,
            Attributes attributes,
            Named found,
            Fields fields,
            ApiCall put,
            ObjectNode result) {
        ObjectNode before = json(found);
        ObjectNode after = before.deepCopy().setAll(fields.json());
        return new Plan(
                new About(Effect.CHANGED, subject),
                lines.attributes(attributes, before, after),
                before,
                after,
                fields.isEmpty() ? List.of() : List.of(PlannedStep.of(put)),
                result);
    }

    /**
     * The id of an object that a POST into a collection makes.
     *
     * @param idName the property that holds it
     * @param existing the ids in the collection before
     * @param twin whether another object of the collection means the same
     */
    static NewId newObject(String idName, Set<Long> existing, Predicate<Named> twin) {
        return NewId.of(
                (ovh, post) -> new NewObject(post, idName, existing).create(ovh),
                other -> !existing.contains(other.id()) && twin.test(other));
    }

    static Set<Long> ids(List<? extends Named> objects) {
        return objects.stream().map(Named::id).collect(Collectors.toUnmodifiableSet());
    }

    /** An object as plans show it. */
    static ObjectNode json(Named object) {
        return Json.MAPPER.valueToTree(object);
    }

    /** The same of what somebody else has begun: what is left to do of it is theirs, too. */
    Plan begunByOthers() {
        return new Plan(about, List.of(), after, after, steps, result);
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
                        && Bodies.same(json(call), body == null ? NullNode.instance : body));
    }

    private static JsonNode json(ApiCall call) {
        return call.shownBody().<JsonNode>map(Fields::json).orElse(NullNode.instance);
    }
}
