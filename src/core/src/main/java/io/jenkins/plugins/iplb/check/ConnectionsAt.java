package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.net.URI;
import okhttp3.HttpUrl;

/**
 * Where a server says how many connections it has: a URL in which <code>{address}</code> and <code>{port}</code> stand for those
 * of the server.
 */
public record ConnectionsAt(String template) {
    public static final String PARAMETER = "connectionsAt";
    public static final String ALLOWED =
            "an http or https URL without a user, such as http://{address}:{port}/status: {address} and {port} are the server's";

    private static final String ADDRESS = "{address}";
    private static final String PORT = "{port}";

    /** @throws InvalidInput for what is no such URL */
    public ConnectionsAt {
        template = template.strip();
        HttpUrl url = parsed(template, "192.0.2.1", "80");
        if (url == null || !url.username().isEmpty() || !url.password().isEmpty() || template.matches(".*\\s.*")) {
            // The refusal must not be the first to print a password.
            throw new InvalidInput(PARAMETER, template.replaceFirst("//.*@", "//…@"), ALLOWED);
        }
    }

    /** Whether each server has one of its own. */
    public boolean isOfEach() {
        return template.contains(ADDRESS);
    }

    /** The URL for a server. @param port null where it is not known */
    public URI of(String address, Integer port) {
        if (port == null && template.contains(PORT)) {
            throw new InvalidInput(
                    PARAMETER,
                    template,
                    "a URL with its port: neither the server %s nor its farm has one".formatted(address));
        }
        return parsed(template, address, String.valueOf(port)).uri();
    }

    private static HttpUrl parsed(String template, String address, String port) {
        return HttpUrl.parse(template.replace(ADDRESS, address).replace(PORT, port));
    }
}
