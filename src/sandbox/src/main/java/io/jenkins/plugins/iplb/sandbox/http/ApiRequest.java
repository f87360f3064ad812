package io.jenkins.plugins.iplb.sandbox.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param scheme of the listener that took it
 * @param host the {@code Host} header
 * @param target the request target, untouched: signatures are computed over it
 * @param path the raw path under the API's base path ({@code /1.0} or {@code /v1}), percent-encoding kept
 * @param query decoded query parameters
 * @param headers by lower-case name
 */
public record ApiRequest(
        String method,
        String scheme,
        String host,
        String target,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body) {
    private static final List<String> BASES = List.of("/1.0", "/v1");

    /**
     * What came to some listener.
     *
     * @param scheme of the listener
     * @param headers by lower-case name
     */
    public static ApiRequest of(String method, String scheme, String target, Map<String, String> headers, byte[] body) {
        int question = target.indexOf('?');
        String rawPath = question < 0 ? target : target.substring(0, question);
        return new ApiRequest(
                method,
                scheme,
                headers.getOrDefault("host", ""),
                target,
                underBase(rawPath),
                Paths.parameters(question < 0 ? null : target.substring(question + 1)),
                headers,
                body);
    }

    /** The raw path without the API's base; a path outside it, such as the token URL, is left as it is. */
    private static String underBase(String rawPath) {
        return BASES.stream()
                .filter(base -> rawPath.startsWith(base + "/"))
                .findFirst()
                .map(base -> rawPath.substring(base.length()))
                .orElse(rawPath);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    public String url() {
        return scheme + "://" + host + target;
    }

    /** The same request for another path: how a batch becomes single calls. */
    public ApiRequest at(String otherPath) {
        return new ApiRequest(method, scheme, host, target, otherPath, query, headers, body);
    }
}
