package io.jenkins.plugins.iplb.sandbox.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request, as somebody would send it.
 *
 * @param method such as {@code GET}
 * @param tls whether its URL begins with {@code https}
 * @param host a name or an address, without its port
 * @param target path and query, as they go over the wire
 * @param headers names and values; a {@code Host} among them takes the place of the URL's
 * @param source where it comes from
 * @param over the HTTP that it is sent by
 * @param ip the additional IP that it is sent to; empty = the load balancer's own address
 */
public record Question(
        String method,
        boolean tls,
        String host,
        int port,
        String target,
        List<Header> headers,
        String source,
        Over over,
        Optional<String> ip) {
    /** Where a request comes from that does not say it. */
    public static final String ANYBODY = "192.0.2.1";

    private static final String REQUEST = "request";
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<method>[A-Z]+)\\s+)?(?<scheme>(?i:https?))://(?<host>[^\\s/?#@:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>\\d{1,5}))?"
                    + "(?<target>(?:/|(?=[?#]|$))[^\\s#]*)(?:#\\S*)?");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** One field of a request's head. */
    public record Header(String name, String value) {
        /** @param text {@code Name: value} */
        public static Header parse(String text) {
            String[] parts = text.split(":", 2);
            return new Header(parts[0].strip(), parts[1].strip());
        }

        boolean isCalled(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** Which HTTP. */
    public enum Over {
        /** HTTP/2 where that is spoken, as clients do. */
        ANY("h2", "http/1.1"),
        HTTP_1("http/1.1"),
        HTTP_2("h2");

        private final List<String> alpn;

        Over(String... alpn) {
            this.alpn = List.of(alpn);
        }

        String[] alpn() {
            return alpn.toArray(String[]::new);
        }
    }

    /**
     * By the names of the parameters: {@code request}, {@code headers}, {@code source}, {@code over} and {@code ip}.
     *
     * @param given all but the request may be left out
     * @throws WrongQuestion for what cannot be meant
     */
    public static Question of(JsonNode given) {
        return of(
                given.path("request").asText(),
                given.path("headers")
                        .valueStream()
                        .map(header -> Header.parse(header.asText()))
                        .toList(),
                given.path("source").asText(ANYBODY),
                switch (given.path("over").asText("")) {
                    case "http/1.1" -> Over.HTTP_1;
                    case "http/2" -> Over.HTTP_2;
                    default -> Over.ANY;
                },
                Optional.ofNullable(given.path("ip").textValue()));
    }

    /**
     * @param request a method and a URL, such as {@code GET https://www.example.com/login}; without a method, GET
     * @throws WrongQuestion for what is none
     */
    public static Question of(String request, List<Header> headers, String source, Over over, Optional<String> ip) {
        Matcher parts = FORM.matcher(request.strip());
        if (!parts.matches()) {
            throw new WrongQuestion(REQUEST, request, "a method and a URL, such as GET https://www.example.com/login");
        }
        boolean tls = parts.group("scheme").equalsIgnoreCase("https");
        if (over == Over.HTTP_2 && !tls) {
            throw new WrongQuestion(REQUEST, request, "a URL that begins with https://: over HTTP/2 there is no other");
        }
        String target = parts.group("target");
        return new Question(
                Optional.ofNullable(parts.group("method")).orElse("GET"),
                tls,
                parts.group("host"),
                Optional.ofNullable(parts.group("port")).map(Integer::valueOf).orElse(tls ? HTTPS : HTTP),
                target.startsWith("/") ? target : "/" + target,
                List.copyOf(headers),
                source,
                over,
                ip);
    }

    /** What stands in the request: clients leave the usual port out. */
    String authority() {
        return headers.stream()
                .filter(header -> header.isCalled("host"))
                .map(Header::value)
                .findFirst()
                .orElse(port == (tls ? HTTPS : HTTP) ? host : host + ":" + port);
    }

    /** The headers beside the name of the host. */
    List<Header> others() {
        return headers.stream().filter(header -> !header.isCalled("host")).toList();
    }

    /** The names of its cookies, as often as they come. */
    List<String> cookies() {
        return headers.stream()
                .filter(header -> header.isCalled("cookie"))
                .flatMap(header -> Stream.of(header.value().split(";")))
                .map(cookie -> cookie.split("=", 2)[0].strip())
                .toList();
    }

    @Override
    public String toString() {
        return "%s %s://%s%s".formatted(method, tls ? "https" : "http", authority(), target);
    }
}
