package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A refusal, in one of the API's three shapes: application ({@code class}, {@code message}), gateway
 * ({@code errorCode}, {@code httpCode}, {@code message}) and IAM ({@code class}, {@code message}, {@code details}).
 */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode body;

    private ApiError(int status, ObjectNode body) {
        super(body.path("message").asText(), null, false, false);
        this.status = status;
        this.body = body;
    }

    public static ApiError badRequest(String message) {
        return application(400, "Client::BadRequest", message);
    }

    public static ApiError unauthorized(String message) {
        return application(401, "Client::Unauthorized", message);
    }

    public static ApiError notFound(String message) {
        return application(404, "Client::NotFound", message);
    }

    public static ApiError methodNotAllowed(String method) {
        return application(405, "Client::MethodNotAllowed", "Method " + method + " is not allowed here");
    }

    public static ApiError conflict(String message) {
        return application(409, "Client::Conflict", message);
    }

    public static ApiError internal(String message) {
        return application(500, "Server::InternalServerError", message);
    }

    public static ApiError application(int status, String className, String message) {
        return new ApiError(status, Json.object().put("class", className).put("message", message));
    }

    /** @param reason the reason phrase that the gateway repeats in {@code httpCode} */
    public static ApiError gateway(int status, String reason, String errorCode, String message) {
        return new ApiError(
                status,
                Json.object()
                        .put("errorCode", errorCode)
                        .put("httpCode", status + " " + reason)
                        .put("message", message));
    }

    /** A caller who is known but whose policies lack an action. */
    public static ApiError missingIamAction(String action) {
        ObjectNode body =
                Json.object().put("class", "Client::Forbidden").put("message", "User not granted for this request");
        body.putObject("details")
                .put("unauthorizedActionsByAuthentication", "")
                .put("unauthorizedActionsByIAM", action);
        return new ApiError(403, body);
    }

    public int status() {
        return status;
    }

    public ObjectNode body() {
        return body.deepCopy();
    }
}
