package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.List;

/** What a parameter takes, and when what is there is what is wanted. */
public sealed interface Value
        permits CertificateText,
                Choice,
                Flag,
                ListOf,
                NetworkOfVrack,
                PrivateKeyText,
                Probe,
                Text,
                RuleValue,
                WholeNumber {

    /** How it is written, in short: {@code ID|NAME}, {@code N}. */
    String form();

    /** What is allowed, as the end of the sentence "allowed: …". */
    String allowed();

    /**
     * What is meant, as OVH writes it; JSON null when it means that there is nothing.
     *
     * @throws InvalidInput naming the parameter, for JSON null too
     */
    JsonNode of(String parameter, JsonNode given);

    /** All that there is to choose from, or what can be chosen beside what is on the load balancer; empty for any. */
    default List<String> choices() {
        return List.of();
    }

    /** Whether it is nobody's to see: no message, log or record has it. */
    default boolean isSecret() {
        return false;
    }

    /** The same where protocols differ in what there is. */
    default Value on(Protocol protocol) {
        return this;
    }

    /** The same of a parameter that can be reset. */
    default Value orNone() {
        return this;
    }

    /** @param wanted as {@link #of} gave it */
    default boolean isSo(JsonNode there, JsonNode wanted) {
        return normal(there).equals(normal(wanted));
    }

    /** What to send for what is there to become what is wanted. */
    default JsonNode sent(JsonNode there, JsonNode wanted) {
        return wanted;
    }

    /** Nothing, null and an empty list are the same to who compares, and so are 1 as an int and 1 as a long. */
    static JsonNode normal(JsonNode node) {
        if (node.isMissingNode() || node.isArray() && node.isEmpty()) {
            return NullNode.instance;
        }
        return node.isIntegralNumber() ? LongNode.valueOf(node.longValue()) : node;
    }

    /** Says that this cannot be meant. */
    static InvalidInput refusal(String parameter, JsonNode given, String allowed, String... others) {
        Object shown = given.isTextual() ? given.textValue() : given;
        return new InvalidInput(parameter, given.isNull() ? null : shown, allowed, others);
    }
}
