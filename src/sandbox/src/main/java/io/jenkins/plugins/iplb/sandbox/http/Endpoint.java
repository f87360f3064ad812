package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One method on one path template.
 *
 * @param anonymous answered without credentials
 * @param iamActions what a policy must grant for it
 */
public record Endpoint(String method, String template, boolean anonymous, List<String> iamActions, Action action) {

    /** Carries a call out. */
    @FunctionalInterface
    public interface Action {
        Reply answer(ApiCall call, boolean expandedLists);
    }

    static Action returning(Function<ApiCall, JsonNode> body) {
        return (call, expanded) -> Reply.json(body.apply(call));
    }

    static Action doing(Consumer<ApiCall> effect) {
        return (call, expanded) -> {
            effect.accept(call);
            return Reply.nothing();
        };
    }

    static Action listing(Function<ApiCall, Listing> list) {
        return (call, expanded) -> Pagination.answer(list.apply(call), call.request(), expanded);
    }
}
