package io.jenkins.plugins.iplb.ansible.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.ansible.Documentation;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A template may change the type of a value on its way: on ansible-core 2.14 a number that came through two variables is a
 * text, and a text that looks like a list is a list; on 2.19 neither. So every option of every module takes what is meant
 * in either form. A text of which a list was made cannot be known any more: then it is refused.
 */
class EitherFormTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @TestFactory
    Stream<DynamicTest> everyOptionTakesEitherForm() {
        return Documentation.modules()
                .flatMap(module -> options(module, ArgumentSpec.of(module).options()));
    }

    private static Stream<DynamicTest> options(String within, Map<String, Option> options) {
        return options.entrySet().stream().flatMap(each -> {
            String name = within + "." + each.getKey();
            Option option = each.getValue();
            return Stream.concat(
                    Stream.of(DynamicTest.dynamicTest(name, () -> assertTaken(option))),
                    options(name, option.options()));
        });
    }

    private static void assertTaken(Option option) {
        JsonNode value = value(option, option.type());

        assertThat(option.type().convert(value)).isEqualTo(value);
        spellings(value)
                .forEach(text -> assertThat(option.type().convert(TextNode.valueOf(text)))
                        .as(text)
                        .isEqualTo(value));
        if (value.isTextual()) {
            assertThat(option.type().convert(IntNode.valueOf(80))).isEqualTo(TextNode.valueOf("80"));
            assertThat(option.type().convert(JSON.arrayNode().add("a"))).isNull();
        }
    }

    private static JsonNode value(Option option, OptionType type) {
        return switch (type) {
            case STR, PATH -> TextNode.valueOf("a text");
            case INT -> IntNode.valueOf(80);
            case BOOL -> BooleanNode.TRUE;
            case LIST -> JSON.arrayNode().add(value(option, option.elements())).add(value(option, option.elements()));
            case DICT -> dictionary(option);
        };
    }

    private static ObjectNode dictionary(Option option) {
        ObjectNode dictionary = JSON.objectNode();
        option.options().forEach((name, part) -> dictionary.set(name, value(part, part.type())));
        return dictionary;
    }

    /** As a template leaves it: a list or a dictionary in JSON, or with the quotes of Python. */
    private static Stream<String> spellings(JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : value.asText();
        return value.isTextual() ? Stream.of(text) : Stream.of(text, " " + text + "\n", text.replace('"', '\''));
    }
}
