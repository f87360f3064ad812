package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * That somebody has agreed to changes as they were planned. Each of them has its object as it was, so that the same changes
 * of another state are something else.
 *
 * @param changes as {@link Configuration#CHANGES} of a report has them
 */
record Approval(String service, JsonNode changes) {

    /** What tells changes from others: SHA-256, in hexadecimal digits. */
    static String hash(JsonNode changes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(changes.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @throws IplbException saying what is different */
    void mustBe(JsonNode now) {
        if (hash(changes).equals(hash(now))) {
            return;
        }
        Map<String, JsonNode> planned = byObject(changes);
        Map<String, JsonNode> found = byObject(now);
        List<String> shifted = new ArrayList<>();
        planned.forEach((object, change) -> {
            JsonNode other = found.remove(object);
            if (other == null) {
                shifted.add("%s: nothing is left to do".formatted(said(change)));
            } else if (!change.toString().equals(other.toString())) {
                shifted.add(said(change) + ": " + difference(change, other));
            }
        });
        found.values().forEach(change -> shifted.add(notPlanned(change)));
        refuse(shifted);
    }

    /** That nothing is to be done that was not agreed to. @throws IplbException saying what */
    void mustCover(JsonNode now) {
        Map<String, JsonNode> found = byObject(now);
        found.keySet().removeAll(byObject(changes).keySet());
        if (!found.isEmpty()) {
            refuse(found.values().stream().map(Approval::notPlanned).toList());
        }
    }

    /** The names of its parts, as {@link Options#part} takes them. */
    Stream<String> parts() {
        List<String> parts = new ArrayList<>();
        changes.forEach(change -> parts.add(change.path("operation").asText() + change.path("parameters")));
        return parts.stream();
    }

    private static String notPlanned(JsonNode change) {
        return "%s: was not in the plan".formatted(said(change));
    }

    private void refuse(List<String> shifted) {
        throw new IplbException(
                FailureKind.CONFLICT,
                "%s is no longer as it was when this was planned; plan it again. %s"
                        .formatted(service, String.join("; ", shifted)));
    }

    private static String said(JsonNode change) {
        return change.path("msg").asText();
    }

    private static Map<String, JsonNode> byObject(JsonNode changes) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        changes.forEach(change -> all.put(change.path("operation") + " " + change.path("parameters"), change));
        return all;
    }

    /** The fields that were one thing when it was planned, and are another now. */
    private static String difference(JsonNode planned, JsonNode now) {
        List<String> fields = new ArrayList<>();
        JsonNode then = planned.path("before");
        now.path("before").properties().forEach(field -> {
            JsonNode before = then.path(field.getKey());
            if (!shown(before).equals(shown(field.getValue()))) {
                fields.add("%s was %s, is %s".formatted(field.getKey(), shown(before), shown(field.getValue())));
            }
        });
        return fields.isEmpty() ? "what it takes is not the same" : String.join(", ", fields);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "nothing" : value.toString();
    }
}
