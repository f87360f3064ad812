package io.jenkins.plugins.iplb.sandbox.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * OVH's descriptions of October 2025 and of July 2026, as judges of exchanges: both must hold. Of a call that only one of
 * them has, that one tells; a field that only the newer one has is no fault for the older one.
 *
 * <p>A description judges so: A successful reply must answer a request that the description
 * accepts, and be of the form it gives; a request it refuses must have been answered with 4xx or, for the documented
 * zero ids, 500; an error must have one of the API's shapes.
 *
 * <p>Two things are known of OVH that its description does not say, and are read leniently: a null in a POST counts as
 * absent, and so does a missing body.
 */
final class Contract {
    private static final Map<String, String> FILES =
            Map.of("ovh-iplb.json", "2026-07/iplb.swagger.json", "ovh-ip.json", "2026-07/ip.swagger.json");

    private final List<ApiDescription> older;
    private final List<ApiDescription> newer;

    private Contract(List<ApiDescription> older, List<ApiDescription> newer) {
        this.older = older;
        this.newer = newer;
    }

    static Contract load(Path folder) {
        return new Contract(
                FILES.entrySet().stream()
                        .map(both ->
                                ApiDescription.load(folder.resolve(both.getKey()), folder.resolve(both.getValue())))
                        .toList(),
                FILES.values().stream()
                        .map(folder::resolve)
                        .map(ApiDescription::load)
                        .toList());
    }

    List<String> violations(Exchange exchange) {
        if (exchange.rawPath().startsWith(MetricsEndpoint.ROOT)) {
            // Prometheus's, and not of OVH's API.
            return List.of();
        }
        if (exchange.rawPath().startsWith("/auth/")) {
            return exchange.status() == 200 ? jsonOrNot(exchange) : errorShape(exchange);
        }
        if (exchange.status() >= 400 && exchange.status() < 500) {
            return errorShape(exchange);
        }
        Optional<String> separator = Optional.ofNullable(exchange.headers().get("x-ovh-batch"))
                .filter(text -> exchange.path().contains(text));
        String path =
                separator.map(text -> firstOfBatch(exchange.rawPath(), text)).orElse(exchange.rawPath());
        List<ApiDescription.Operation> operations = Stream.of(older, newer)
                .flatMap(half -> half.stream()
                        .flatMap(description -> description.find(exchange.method(), path).stream())
                        .limit(1))
                .toList();
        if (operations.isEmpty()) {
            return List.of("no description has such a call");
        }
        List<String> violations = new ArrayList<>();
        for (ApiDescription.Operation operation : operations) {
            violations.addAll(operation.requestViolations(path, exchange.query(), body(exchange)));
            violations.addAll(
                    exchange.status() == 200
                            ? replyViolations(exchange, operation, separator.isPresent())
                            : errorShape(exchange));
        }
        return violations;
    }

    private static List<String> replyViolations(Exchange exchange, ApiDescription.Operation operation, boolean batch) {
        boolean expanded = "CachedObjectList-Pages".equals(exchange.headers().get("x-pagination-mode"));
        JsonNode reply = parse(exchange.responseBody());
        if (!batch) {
            return operation.replyViolations(reply, expanded);
        }
        return StreamSupport.stream(reply.spliterator(), false)
                .filter(element -> element.path("error").isNull())
                .flatMap(element -> operation.replyViolations(element.path("value"), expanded).stream())
                .toList();
    }

    private static List<String> jsonOrNot(Exchange exchange) {
        return isJson(exchange.responseBody()) ? List.of() : List.of("the reply is no JSON");
    }

    private static List<String> errorShape(Exchange exchange) {
        if (exchange.responseBody().contains("Sandbox::Bug")) {
            return List.of("the sandbox failed: " + exchange.responseBody());
        }
        if (exchange.rawPath().endsWith("/auth/oauth2/token")) {
            return List.of();
        }
        JsonNode body = isJson(exchange.responseBody()) ? parse(exchange.responseBody()) : Json.object();
        boolean application =
                body.path("class").isTextual() && body.path("message").isTextual();
        boolean gateway = body.path("errorCode").isTextual()
                && body.path("httpCode").isTextual()
                && body.path("message").isTextual();
        return application || gateway
                ? List.of()
                : List.of("the error has none of the API's shapes: " + exchange.responseBody());
    }

    /** Nulls of a POST are dropped; a PUT keeps them, where they reset. */
    private static JsonNode body(Exchange exchange) {
        if (exchange.requestBody().isEmpty()) {
            return Json.object();
        }
        JsonNode body = parse(exchange.requestBody());
        if (exchange.method().equals("POST")) {
            dropNulls(body);
        }
        return body;
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(entry -> entry.getValue().isNull());
        }
        node.forEach(Contract::dropNulls);
    }

    private static String firstOfBatch(String rawPath, String separator) {
        List<String> first = new ArrayList<>();
        for (String segment : rawPath.split("/")) {
            first.add(segment.replace("%2C", ",").split(Pattern.quote(separator))[0]);
        }
        return String.join("/", first);
    }

    private static boolean isJson(String text) {
        try {
            return !Json.MAPPER.readTree(text).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonNode parse(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
