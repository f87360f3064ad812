package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The calls that exist, and which of them a path means. Filled once, then only read. */
public final class Router {
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final IamActions iamActions;

    public Router(IamActions iamActions) {
        this.iamActions = iamActions;
    }

    public Router get(String template, Function<ApiCall, JsonNode> body) {
        return add("GET", template, false, Endpoint.returning(body));
    }

    public Router list(String template, Function<ApiCall, Listing> listing) {
        return add("GET", template, false, Endpoint.listing(listing));
    }

    public Router post(String template, Function<ApiCall, JsonNode> body) {
        return add("POST", template, false, Endpoint.returning(body));
    }

    public Router put(String template, Consumer<ApiCall> effect) {
        return add("PUT", template, false, Endpoint.doing(effect));
    }

    public Router delete(String template, Consumer<ApiCall> effect) {
        return add("DELETE", template, false, Endpoint.doing(effect));
    }

    /** A call that needs no credentials. */
    public Router open(String method, String template, Function<ApiCall, JsonNode> body) {
        return add(method, template, true, Endpoint.returning(body));
    }

    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** @throws ApiError 404 for a path, 405 for a method that does not exist */
    public Match find(String method, String rawPath) {
        List<String> segments = Paths.segments(rawPath);
        boolean pathExists = false;
        for (Endpoint endpoint : endpoints) {
            Optional<Map<String, String>> variables = match(endpoint.template(), segments);
            if (variables.isPresent()) {
                if (endpoint.method().equals(method)) {
                    return new Match(endpoint, variables.get());
                }
                pathExists = true;
            }
        }
        if (pathExists) {
            throw ApiError.methodNotAllowed(method);
        }
        throw ApiError.notFound("Got an invalid (or empty) URL to call");
    }

    private Router add(String method, String template, boolean anonymous, Endpoint.Action action) {
        endpoints.add(new Endpoint(method, template, anonymous, iamActions.of(method, template), action));
        return this;
    }

    private static Optional<Map<String, String>> match(String template, List<String> segments) {
        List<String> wanted = Paths.segments(template);
        if (wanted.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            String segment = Paths.decode(segments.get(i));
            if (name.startsWith("{")) {
                if (segment.isEmpty()) {
                    return Optional.empty();
                }
                variables.put(name.substring(1, name.length() - 1), segment);
            } else if (!name.equals(segment)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /** A call that exists, with the decoded variables of its path. */
    public record Match(Endpoint endpoint, Map<String, String> variables) {}
}
