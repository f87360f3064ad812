package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * What to ask, and how to get there.
 *
 * @param url an {@code http} or {@code https} URL
 * @param connectTo where to connect instead of the URL's host and port, or {@code null}
 * @param ca whom to trust instead of the platform's authorities, or {@code null}
 */
public record CheckTarget(URI url, ConnectTo connectTo, TrustedCa ca) {
    private static final String ALLOWED = "an http or https URL without a user";

    /** @throws InvalidInput for {@code url} */
    public CheckTarget {
        HttpUrl parsed = HttpUrl.get(Objects.requireNonNull(url, "url"));
        if (parsed == null || url.getRawUserInfo() != null) {
            throw refused(url.toString(), ALLOWED);
        }
    }

    /**
     * Reads the parameters as every face has them.
     *
     * @param connectTo {@code HOST:PORT}; {@code null} or blank for none
     * @param ca the name of a PEM file; {@code null} or blank for none
     * @throws InvalidInput for {@code url}, {@code connectTo} or {@code ca}
     */
    public static CheckTarget of(String url, String connectTo, String ca) {
        HttpUrl parsed = url == null ? null : HttpUrl.parse(url.strip());
        if (parsed == null) {
            throw refused(url, ALLOWED);
        }
        return new CheckTarget(
                parsed.newBuilder().fragment(null).build().uri(),
                isBlank(connectTo) ? null : ConnectTo.parse(connectTo),
                isBlank(ca) ? null : TrustedCa.read(ca.strip()));
    }

    /**
     * The same of an {@code https} URL: the protocol is negotiated in the TLS handshake, so plain HTTP has nothing to
     * tell about it.
     */
    public static CheckTarget overTls(String url, String connectTo, String ca) {
        HttpUrl parsed = url == null ? null : HttpUrl.parse(url.strip());
        if (parsed == null || !parsed.isHttps() || !parsed.username().isEmpty()) {
            throw refused(url, "an https URL without a user (HTTP/2 is negotiated in the TLS handshake)");
        }
        return of(url, connectTo, ca);
    }

    /**
     * The same URL at each of these places, or where it leads itself when there are none.
     *
     * @throws InvalidInput for {@code url}, {@code connectTo} or {@code ca}
     */
    public static List<CheckTarget> each(String url, List<String> places, String ca) {
        CheckTarget itself = of(url, null, ca);
        return places.isEmpty()
                ? List.of(itself)
                : places.stream()
                        .map(place -> new CheckTarget(itself.url(), ConnectTo.parse(place), itself.ca()))
                        .toList();
    }

    /** The same, trusting others. */
    public CheckTarget trusting(TrustedCa others) {
        return new CheckTarget(url, connectTo, others);
    }

    /** The port of the URL. */
    public int urlPort() {
        return HttpUrl.get(url).port();
    }

    /** The port that is asked. */
    int port() {
        return connectTo != null ? connectTo.port() : urlPort();
    }

    /** Where it is asked, as HOST:PORT. */
    public String place() {
        return connectTo != null ? connectTo.toString() : url.getHost() + ":" + urlPort();
    }

    /** As messages show it: the URL, and where it was asked for when that is somewhere else. */
    @Override
    public String toString() {
        return connectTo == null ? url.toString() : url + " (at " + connectTo + ")";
    }

    private static InvalidInput refused(String given, String allowed) {
        // The refusal must not be the first to print a password.
        String shown = given == null ? null : given.replaceFirst("//.*@", "//…@");
        return new InvalidInput("url", shown, allowed);
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
