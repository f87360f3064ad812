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
