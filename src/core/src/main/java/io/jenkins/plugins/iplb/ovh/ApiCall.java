package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One call of the API.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path the segments of the path below the base URL, not encoded: a segment may hold {@code /}
 * @param query the query parameters, not encoded, in the order of the map
 * @param headers request headers beyond those that every call has
 * @param body what is sent; empty for none
 * @param secrets the fields of the body that nobody but OVH gets to see
 * @param task which field of the answer holds the id of the task that the call starts; empty when it starts none
 */
public record ApiCall(
        Method method,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        Optional<Fields> body,
        Set<String> secrets,
        Optional<String> task) {
    private static final TextNode INSTEAD = TextNode.valueOf("(not recorded)");

    /** The four methods of the API. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    public ApiCall {
        path = List.copyOf(path);
    }

    public static ApiCall get(Object... path) {
        return new ApiCall(
                Method.GET, segments(path), Map.of(), Map.of(), Optional.empty(), Set.of(), Optional.empty());
    }

    public static ApiCall post(Fields body, Object... path) {
        return new ApiCall(
                Method.POST, segments(path), Map.of(), Map.of(), Optional.of(body), Set.of(), Optional.empty());
    }

    public static ApiCall put(Fields body, Object... path) {
        return new ApiCall(
                Method.PUT, segments(path), Map.of(), Map.of(), Optional.of(body), Set.of(), Optional.empty());
    }

    public static ApiCall delete(Object... path) {
        return new ApiCall(
                Method.DELETE, segments(path), Map.of(), Map.of(), Optional.empty(), Set.of(), Optional.empty());
    }

    public ApiCall query(Map<String, String> parameters) {
        return new ApiCall(method, path, parameters, headers, body, secrets, task);
    }

    public ApiCall path(List<String> other) {
        return new ApiCall(method, other, query, headers, body, secrets, task);
    }

    public ApiCall headers(Map<String, String> others) {
        return new ApiCall(method, path, query, others, body, secrets, task);
    }

    public ApiCall body(Fields other) {
        return new ApiCall(method, path, query, headers, Optional.of(other), secrets, task);
    }

    /** The same call, whose answer names the task that it starts in that field. */
    public ApiCall startsTask(String field) {
        return new ApiCall(method, path, query, headers, body, secrets, Optional.of(field));
    }

    /** The same call, with that field of the body for OVH alone. */
    public ApiCall secret(String field) {
        return new ApiCall(method, path, query, headers, body, Set.of(field), task);
    }

    /** What is sent, as anybody may see it. */
    public Optional<Fields> shownBody() {
        return body.map(fields -> {
            Fields shown = fields;
            for (String secret : secrets) {
                shown = shown.get(secret) == null ? shown : shown.with(secret, INSTEAD);
            }
            return shown;
        });
    }

    public boolean isWrite() {
        return method != Method.GET;
    }

    /** The path as a person writes it, with a slash inside a segment encoded. */
    public String pathText() {
        return path.stream().map(segment -> segment.replace("/", "%2F")).collect(Collectors.joining("/", "/", ""));
    }

    @Override
    public String toString() {
        return method + " " + pathText();
    }

    private static List<String> segments(Object... path) {
        return Arrays.stream(path).map(String::valueOf).toList();
    }
}
