package io.jenkins.plugins.iplb.sandbox.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;

/** The least client that can talk to the sandbox: signs by the published rule, and knows nothing else. */
public final class SignedClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Sandbox sandbox;
    private final InstantSource clock;

    public SignedClient(Sandbox sandbox, InstantSource clock) {
        this.sandbox = sandbox;
        this.clock = clock;
    }

    /** @param json null when the reply has no readable body */
    public record Answer(int status, JsonNode json, HttpResponse<String> http) {}

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** @param body anything that is JSON, or null for none */
    public Answer send(String method, String path, Object body, String... headers) {
        String text = body == null
                ? ""
                : body instanceof String raw ? raw : Json.of(body).toString();
        URI uri = URI.create(sandbox.httpEndpoint() + path);
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(text))
                .header("X-Ovh-Application", sandbox.credentials().applicationKey())
                .header("X-Ovh-Consumer", sandbox.credentials().consumerKey())
                .header("X-Ovh-Timestamp", Long.toString(timestamp))
                .header("X-Ovh-Signature", signature(method, uri, text, timestamp));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** Sends a request as it is. */
    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String signature(String method, URI uri, String body, long timestamp) {
        try {
            String signed = String.join(
                    "+",
                    sandbox.credentials().applicationSecret(),
                    sandbox.credentials().consumerKey(),
                    method,
                    uri.toString(),
                    body,
                    Long.toString(timestamp));
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(signed.getBytes(StandardCharsets.UTF_8));
            return "$1$" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
