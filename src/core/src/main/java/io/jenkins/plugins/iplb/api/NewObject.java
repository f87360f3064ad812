package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a POST into a collection makes. OVH has no idempotency keys, so that an object whose creation got no answer can
 * only be told by looking: it was not there before, and it is what was asked for.
 *
 * @param post the POST that makes it
 * @param idName the property that holds its id
 * @param existing the ids in the collection before
 */
public record NewObject(ApiCall post, String idName, Set<Long> existing) {

    /** Makes it, once. @return its id */
    public long create(OvhSession ovh) {
        return ovh.sendOnce(post, reply -> id(reply.body()), () -> find(ovh));
    }

    private Optional<Long> find(OvhSession ovh) {
        ApiCall collection = ApiCall.get(post.path().toArray());
        JsonNode wanted = post.body().orElseThrow().json();
        return new Listing(ovh)
                .objects(collection, JsonNode.class).stream()
                        .filter(object ->
                                id(object).filter(id -> !existing.contains(id)).isPresent())
                        .filter(object -> holds(object, wanted))
                        .findFirst()
                        .flatMap(this::id);
    }

    private Optional<Long> id(JsonNode object) {
        JsonNode id = object.path(idName);
        return id.isIntegralNumber() ? Optional.of(id.longValue()) : Optional.empty();
    }

    /** Whether all that is wanted is there; lists of addresses have no order. */
    private static boolean holds(JsonNode there, JsonNode wanted) {
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(each -> holds(there.path(each.getKey()), each.getValue()));
        }
        if (wanted.isArray()) {
            return there.isArray() && asSet(there).equals(asSet(wanted));
        }
        return there.asText("").equals(wanted.asText(""));
    }

    private static Set<JsonNode> asSet(JsonNode array) {
        Set<JsonNode> set = new HashSet<>();
        array.forEach(set::add);
        return set;
    }
}
