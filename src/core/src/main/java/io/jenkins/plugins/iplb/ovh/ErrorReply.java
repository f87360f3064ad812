package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * What can be learned from a reply that is not a success: one of OVH's error shapes (application, gateway, IAM, OAuth2),
 * or whatever a proxy on the way put in its place.
 *
 * @param status HTTP status; 0 when no reply came
 * @param code OVH's {@code class} or {@code errorCode}; null when there is none
 * @param message OVH's words; null when there are none
 * @param missingActions the IAM actions that are lacking, comma-separated; null when the reply names none
 * @param queryId OVH's query id; null when there is none
 * @param retryAfter how long to wait; null when the reply does not say
 */
record ErrorReply(int status, String code, String message, String missingActions, String queryId, Duration retryAfter) {

    private static final BigInteger FOR_EVER =
            BigInteger.valueOf(Duration.ofDays(365).toSeconds());

    static final ErrorReply NONE = new ErrorReply(0, null, null, null, null, null);

    static ErrorReply of(HttpReply reply, Instant now) {
        JsonNode body = json(reply.text());
        JsonNode details = body.path("details");
        return new ErrorReply(
                reply.status(),
                first(body, "errorCode", "class", "error"),
                first(body, "message", "error_description"),
                first(details, "unauthorizedActionsByIAM", "unauthorizedActionsByAuthentication"),
                reply.header("X-OVH-QUERYID"),
                retryAfter(reply.header("Retry-After"), reply.date().orElse(now)));
    }

    /** The same, whatever of that it repeats. */
    ErrorReply without(SentSecrets secrets) {
        return new ErrorReply(
                status,
                secrets.cut(code),
                secrets.cut(message),
                secrets.cut(missingActions),
                secrets.cut(queryId),
                retryAfter);
    }

    boolean isClockSkew() {
        return status == 400 && (says("out of time") || "QUERY_TIME_OUT".equals(code));
    }

    FailureKind kind() {
        if (status == 401 || status == 403 || isClockSkew() || "INVALID_SIGNATURE".equals(code)) {
            return FailureKind.CREDENTIALS;
        }
        if (status == 409) {
            return FailureKind.CONFLICT;
        }
        boolean later = status == 408 || status == 429 || status >= 500;
        return later ? FailureKind.UNAVAILABLE : FailureKind.REFUSED;
    }

    /** A 429 is the gateway's refusal to pass the call on; after the other transient answers anything may be true. */
    Delivery delivery() {
        boolean ambiguous = status == 408 || status >= 500;
        return ambiguous ? Delivery.UNKNOWN : Delivery.REFUSED;
    }

    /** One sentence: what OVH said, what it means for the person who reads it, and the query id. */
    String sentence() {
        StringBuilder said = new StringBuilder("HTTP ").append(status);
        if (code != null) {
            said.append(' ').append(code);
        }
        said.append(message == null ? "" : ": " + message);
        String advice = advice();
        said.append(advice == null ? "" : "; " + advice);
        said.append(queryId == null ? "" : " (query id " + queryId + ")");
        return said.toString();
    }

    private String advice() {
        if (missingActions != null) {
            return "the credentials lack the right " + missingActions;
        }
        if (isClockSkew()) {
            return "this machine's clock is too far from OVH's, even after reading it anew";
        }
        if ("INVALID_SIGNATURE".equals(code)) {
            return "check the application secret, and that the consumer key is validated and belongs to this application";
        }
        if ("NOT_GRANTED_CALL".equals(code)) {
            return "the consumer key lacks this right: create one whose access rules cover the call";
        }
        if ("INVALID_CREDENTIAL".equals(code) || "NOT_CREDENTIAL".equals(code)) {
            return "the consumer key is unknown, expired or not validated yet: create and validate a new one";
        }
        if (status == 401 || status == 403) {
            return "check the credentials, and that they belong to this endpoint";
        }
        if (status == 429) {
            return "OVH limits the requests per key: try again later";
        }
        if (kind() == FailureKind.UNAVAILABLE) {
            return message == null ? "the reply had no words of OVH's: try again later" : "try again later";
        }
        return message == null ? "the reply had no words of OVH's" : null;
    }

    private boolean says(String words) {
        return message != null && message.toLowerCase(Locale.ROOT).contains(words);
    }

    private static JsonNode json(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node == null ? Json.MAPPER.missingNode() : node;
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static String first(JsonNode body, String... names) {
        for (String name : names) {
            String text = body.path(name).asText("");
            if (!text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private static Duration retryAfter(String header, Instant now) {
        if (header == null) {
            return null;
        }
        if (header.matches("[0-9]+")) {
            return Duration.ofSeconds(new BigInteger(header).min(FOR_EVER).longValue());
        }
        try {
            Instant then = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
