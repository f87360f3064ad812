package io.jenkins.plugins.iplb.sandbox.auth;

import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import io.jenkins.plugins.iplb.sandbox.http.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds out who is calling: a signed request, a bearer token, or nobody. */
public final class Authenticator {
    /** OVH does not publish its tolerance; 180 s is what other stand-ins for its API use. */
    static final Duration TOLERANCE = Duration.ofMinutes(3);

    private static final String BEARER = "Bearer ";

    private final SandboxCredentials credentials;
    private final Supplier<Instant> now;

    /** @param now the sandbox's clock, skew included */
    public Authenticator(SandboxCredentials credentials, Supplier<Instant> now) {
        this.credentials = credentials;
        this.now = now;
    }

    /** @throws ApiError when credentials are given and are wrong */
    public Caller identify(ApiRequest request) {
        boolean signed = request.header("X-Ovh-Signature").isPresent();
        String authorization = request.header("Authorization").orElse("");
        if (authorization.startsWith(BEARER)) {
            if (signed) {
                throw ApiError.badRequest("Several authentication methods in one request");
            }
            return credentials
                    .bearer(authorization.substring(BEARER.length()).trim(), now.get())
                    .orElseThrow(() -> ApiError.unauthorized("The access token is invalid or expired"));
        }
        return signed || request.header("X-Ovh-Consumer").isPresent() ? verified(request) : Caller.ANONYMOUS;
    }

    /** @throws ApiError 403 unless the request names a known application */
    String application(ApiRequest request) {
        return request.header("X-Ovh-Application")
                .filter(key -> credentials.anyOfApplication(key).isPresent())
                .orElseThrow(() -> forbidden("INVALID_KEY", "Invalid application key"));
    }

    static ApiError forbidden(String errorCode, String message) {
        return ApiError.gateway(403, "Forbidden", errorCode, message);
    }

    private ApplicationCredential verified(ApiRequest request) {
        String application = application(request);
        ApplicationCredential credential = request.header("X-Ovh-Consumer")
                .flatMap(credentials::byConsumerKey)
                .orElseThrow(() -> forbidden("INVALID_CREDENTIAL", "This credential does not exist"));
        String timestamp = request.header("X-Ovh-Timestamp").orElse("");
        long seconds = seconds(timestamp);
        if (Math.abs(now.get().getEpochSecond() - seconds) > TOLERANCE.toSeconds()) {
            throw ApiError.gateway(400, "Bad Request", "QUERY_TIME_OUT", "Query out of time");
        }
        String given = request.header("X-Ovh-Signature").orElse("");
        boolean signed = Stream.of(request.url(), withoutPort(request))
                .map(url -> signature(credential, request, url, timestamp))
                .anyMatch(given::equals);
        if (!credential.applicationKey().equals(application) || !signed) {
            throw ApiError.gateway(400, "Bad Request", "INVALID_SIGNATURE", "Invalid signature");
        }
        if (credential.stateAt(now.get()) != CredentialState.validated) {
            throw forbidden("INVALID_CREDENTIAL", "This credential is not valid");
        }
        return credential;
    }

    /** OVH's API is on the default port, so not all of its clients sign the port: the one from npm never does. */
    private static String withoutPort(ApiRequest request) {
        return request.scheme() + "://" + request.host().replaceFirst(":[0-9]+$", "") + request.target();
    }

    private static long seconds(String timestamp) {
        try {
            return Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            throw ApiError.gateway(400, "Bad Request", "QUERY_TIME_OUT", "Query out of time");
        }
    }

    private static String signature(
            ApplicationCredential credential, ApiRequest request, String url, String timestamp) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            String before =
                    String.join("+", credential.applicationSecret(), credential.consumerKey(), request.method(), url)
                            + "+";
            sha1.update(before.getBytes(StandardCharsets.UTF_8));
            sha1.update(request.body());
            sha1.update(("+" + timestamp).getBytes(StandardCharsets.UTF_8));
            return "$1$" + HexFormat.of().formatHex(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
