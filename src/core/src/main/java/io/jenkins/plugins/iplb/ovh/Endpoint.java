package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the API answers.
 *
 * @param name the name under which {@code ovh.conf} has a section for it: a named endpoint, or the base URL as given
 * @param baseUrl the URL that API paths are appended to, without a trailing slash
 * @param tokenUrl where service accounts get their tokens; empty for the brands that have none (Kimsufi, SoYouStart)
 */
public record Endpoint(String name, URI baseUrl, Optional<URI> tokenUrl) {
    public static final String DEFAULT_NAME = "ovh-eu";

    private static final Map<String, Endpoint> NAMED = named();

    /**
     * @param nameOrUrl one of {@link #names()}, or an absolute http(s) URL; then the token URL is {@code
     *     <scheme>://<host:port>/auth/oauth2/token}
     * @throws InvalidInput for anything else
     */
    public static Endpoint of(String nameOrUrl) {
        String given = nameOrUrl == null ? "" : nameOrUrl.strip();
        Endpoint named = NAMED.get(given);
        if (named != null) {
            return named;
        }
        URI url = httpUrl("endpoint", given);
        String text = url.toString();
        URI base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        return new Endpoint(given, base, Optional.of(base.resolve("/auth/oauth2/token")));
    }

    /** The named endpoints, in the order in which OVH's own clients list them. */
    public static Iterable<String> names() {
        return NAMED.keySet();
    }

    /** The same endpoint with its tokens from another place. */
    public Endpoint withTokenUrl(String url) {
        return new Endpoint(name, baseUrl, Optional.of(httpUrl("token_url", url)));
    }

    /**
     * Where people look at a load balancer: its page in the Control Panel (ovh/manager, the addresses of its regions and
     * of its services); empty where the API has none.
     */
    public static Optional<URI> controlPanel(URI baseUrl, String service) {
        return Stream.of("eu", "ca", "us")
                .filter(region -> NAMED.get("ovh-" + region).baseUrl().equals(baseUrl))
                .findFirst()
                .map(region -> URI.create("https://manager.%s.ovhcloud.com/dedicated/#/iplb/%s"
                        .formatted(
                                region,
                                URLEncoder.encode(service, StandardCharsets.UTF_8)
                                        .replace("+", "%20"))));
    }

    private static URI httpUrl(String parameter, String given) {
        try {
            URI url = new URI(given);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (url.getRawUserInfo() != null) {
                throw new InvalidInput(parameter, "a URL with a user", "an http(s) URL without one");
            }
            if (http && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, in the words of the parameter.
        }
        throw new InvalidInput(
                parameter, given, "one of " + String.join(", ", NAMED.keySet()) + ", or an http(s) base URL");
    }

    private static Map<String, Endpoint> named() {
        Map<String, Endpoint> all = new LinkedHashMap<>();
        add(all, "ovh-eu", "https://eu.api.ovh.com/1.0", "https://www.ovh.com/auth/oauth2/token");
        add(all, "ovh-ca", "https://ca.api.ovh.com/1.0", "https://ca.ovh.com/auth/oauth2/token");
        add(all, "ovh-us", "https://api.us.ovhcloud.com/1.0", "https://us.ovhcloud.com/auth/oauth2/token");
        add(all, "kimsufi-eu", "https://eu.api.kimsufi.com/1.0", null);
        add(all, "kimsufi-ca", "https://ca.api.kimsufi.com/1.0", null);
        add(all, "soyoustart-eu", "https://eu.api.soyoustart.com/1.0", null);
        add(all, "soyoustart-ca", "https://ca.api.soyoustart.com/1.0", null);
        return all;
    }

    private static void add(Map<String, Endpoint> all, String name, String baseUrl, String tokenUrl) {
        all.put(
                name,
                new Endpoint(
                        name, URI.create(baseUrl), Optional.ofNullable(tokenUrl).map(URI::create)));
    }
}
