package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of the record. A call says itself which of its fields are secret; this is the second lock, for
 * the call that somebody adds tomorrow.
 */
final class Redaction {
    private static final TextNode INSTEAD = TextNode.valueOf("(not recorded)");

    /** Names of OVH's secrets and their kind, lower case and without separators. */
    private static final Set<String> SECRET_NAMES = Set.of(
            "applicationsecret",
            "consumerkey",
            "clientsecret",
            "accesstoken",
            "authorization",
            "password",
            "privatekey");

    private static final Pattern JOINT = Pattern.compile("[_-]");
    private static final String PEM_KEY = "PRIVATE KEY-----";

    private Redaction() {}

    /** Replaces every secret in there. */
    static void in(ObjectNode json) {
        redacted(json);
    }

    private static JsonNode redacted(JsonNode json) {
        if (json instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                boolean secret = !field.getValue().isNull() && isSecret(field.getKey());
                field.setValue(secret ? INSTEAD : redacted(field.getValue()));
            }
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, redacted(array.get(i)));
            }
        } else if (json.isTextual() && json.textValue().contains(PEM_KEY)) {
            return INSTEAD;
        }
        return json;
    }

    private static boolean isSecret(String name) {
        return SECRET_NAMES.contains(JOINT.matcher(name).replaceAll("").toLowerCase(Locale.ROOT));
    }
}
