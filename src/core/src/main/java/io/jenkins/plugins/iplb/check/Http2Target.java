package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.net.URI;
import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * What to ask, and how to get there.
 *
 * @param url an {@code https} URL: the protocol is negotiated in the TLS handshake, so plain HTTP has nothing to tell
 * @param connectTo where to connect instead of the URL's host and port, or {@code null}
 * @param ca whom to trust instead of the platform's authorities, or {@code null}
 */
public record Http2Target(URI url, ConnectTo connectTo, TrustedCa ca) {
    private static final int HTTPS = 443;

    /** @throws InvalidInput for {@code url} */
    public Http2Target {
        HttpUrl parsed = HttpUrl.get(Objects.requireNonNull(url, "url"));
        if (parsed == null || !parsed.isHttps() || url.getRawUserInfo() != null) {
            throw refused(url.toString());
        }
    }

    /**
     * Reads the parameters as every face has them.
     *
     * @param connectTo {@code HOST:PORT}; {@code null} or blank for none
     * @param ca the name of a PEM file; {@code null} or blank for none
     * @throws InvalidInput for {@code url}, {@code connectTo} or {@code ca}
     */
    public static Http2Target of(String url, String connectTo, String ca) {
        HttpUrl parsed = url == null ? null : HttpUrl.parse(url.strip());
        if (parsed == null) {
            throw refused(url);
        }
        return new Http2Target(
                parsed.newBuilder().fragment(null).build().uri(),
                isBlank(connectTo) ? null : ConnectTo.parse(connectTo),
                isBlank(ca) ? null : TrustedCa.read(ca.strip()));
    }

    /** Where it is asked. */
    int port() {
        return connectTo != null ? connectTo.port() : url.getPort() < 0 ? HTTPS : url.getPort();
    }

    /** As messages show it: the URL, and where it was asked for when that is somewhere else. */
    @Override
    public String toString() {
        return connectTo == null ? url.toString() : url + " (at " + connectTo + ")";
    }

    private static InvalidInput refused(String given) {
        // The refusal must not be the first to print a password.
        String shown = given == null ? null : given.replaceFirst("//.*@", "//…@");
        return new InvalidInput(
                "url", shown, "an https URL without a user (HTTP/2 is negotiated in the TLS handshake)");
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
