package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of several words.
 *
 * @param choices all of them
 * @param restricted the protocol of those that only one has
 * @param where for which protocol these are the words, as the beginning of a sentence; empty when all have the same
 */
public record Choice(List<String> choices, Map<String, Protocol> restricted, String where) implements Value {
    static Choice of(List<String> words) {
        return new Choice(words, Map.of(), "");
    }

    static Choice of(String... words) {
        return of(List.of(words));
    }

    /** The same where only one protocol has some of the words. */
    public Choice only(Protocol protocol, String... words) {
        Map<String, Protocol> some = new HashMap<>(restricted);
        for (String word : words) {
            some.put(word, protocol);
        }
        return new Choice(choices, Map.copyOf(some), where);
    }

    @Override
    public Choice on(Protocol protocol) {
        return restricted.isEmpty()
                ? this
                : new Choice(
                        choices.stream()
                                .filter(word -> restricted.getOrDefault(word, protocol) == protocol)
                                .toList(),
                        Map.of(),
                        "for %s ".formatted(protocol.code()));
    }

    /** With the word that resets. */
    @Override
    public Choice orNone() {
        List<String> all = new ArrayList<>(choices);
        all.add(Parameter.NONE);
        return new Choice(List.copyOf(all), restricted, where);
    }

    @Override
    public String form() {
        return String.join("|", choices);
    }

    @Override
    public String allowed() {
        return "%sone of %s".formatted(where, String.join(", ", choices));
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        String word = given.isTextual() ? given.textValue().strip() : "";
        if (!choices.contains(word)) {
            throw Value.refusal(parameter, given, allowed());
        }
        return word.equals(Parameter.NONE) ? NullNode.instance : TextNode.valueOf(word);
    }
}
