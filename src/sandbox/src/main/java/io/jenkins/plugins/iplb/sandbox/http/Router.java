package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The calls that exist, and which of them a path means. Filled once, then only read. */
public final class Router {
    private final List<Route> routes = new ArrayList<>();
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
        return routes.stream().map(Route::endpoint).toList();
    }

    /** @throws ApiError 404 for a path, 405 for a method that does not exist */
    public Match find(String method, String rawPath) {
        List<String> segments =
                Paths.segments(rawPath).stream().map(Paths::decode).toList();
        boolean pathExists = false;
        for (Route route : routes) {
            if (route.leadsTo(segments)) {
                if (route.endpoint().method().equals(method)) {
                    return new Match(route.endpoint(), route.variables(segments));
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
        Endpoint endpoint = new Endpoint(method, template, anonymous, iamActions.of(method, template), action);
        routes.add(new Route(endpoint, Paths.segments(template)));
        return this;
    }

    private record Route(Endpoint endpoint, List<String> template) {
        boolean leadsTo(List<String> segments) {
            if (template.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < segments.size(); i++) {
                boolean fits = isVariable(template.get(i))
                        ? !segments.get(i).isEmpty()
                        : template.get(i).equals(segments.get(i));
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        Map<String, String> variables(List<String> segments) {
            Map<String, String> variables = new LinkedHashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                String name = template.get(i);
                if (isVariable(name)) {
                    variables.put(name.substring(1, name.length() - 1), segments.get(i));
                }
            }
            return variables;
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }
    }

    /** A call that exists, with the decoded variables of its path. */
    public record Match(Endpoint endpoint, Map<String, String> variables) {}
}
