package io.jenkins.plugins.iplb.ovh;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One call of the API.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path the segments of the path below the base URL, not encoded: a segment may hold {@code /}
 * @param query the query parameters, not encoded, in the order of the map
 * @param headers request headers beyond those that every call has
 * @param body what is sent; empty for none
 * @param task which field of the answer holds the id of the task that the call starts; empty when it starts none
 */
public record ApiCall(
        Method method,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        Optional<Fields> body,
        Optional<String> task) {
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
        return new ApiCall(Method.GET, segments(path), Map.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    public static ApiCall post(Fields body, Object... path) {
        return new ApiCall(Method.POST, segments(path), Map.of(), Map.of(), Optional.of(body), Optional.empty());
    }

    public static ApiCall put(Fields body, Object... path) {
        return new ApiCall(Method.PUT, segments(path), Map.of(), Map.of(), Optional.of(body), Optional.empty());
    }

    public static ApiCall delete(Object... path) {
        return new ApiCall(Method.DELETE, segments(path), Map.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    public ApiCall query(Map<String, String> parameters) {
        return new ApiCall(method, path, parameters, headers, body, task);
    }

    public ApiCall path(List<String> other) {
        return new ApiCall(method, other, query, headers, body, task);
    }

    public ApiCall headers(Map<String, String> others) {
        return new ApiCall(method, path, query, others, body, task);
    }

    /** The same call, whose answer names the task that it starts in that field. */
    public ApiCall startsTask(String field) {
        return new ApiCall(method, path, query, headers, body, Optional.of(field));
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
