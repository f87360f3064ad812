package io.jenkins.plugins.iplb.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "null          | 'cookie'     | + x: cookie",
                "'cookie'      | null         | - x: cookie",
                "3             | 0            | ~ x: 3 -> 0",
                "false         | true         | ~ x: false -> true",
                "['a','b c']   | ['a']        | ~ x: a, b c -> a",
                "null          | 'été à deux' | + x: été à deux",
                "null          | ' a'         | + x: ' a'",
                "null          | ''           | + x: ''",
                "null          | 'a\\nb'      | + x: a\\nb",
                "null          | 'a\\u001b[2J\\u202eb' | + x: a\\u001b[2J\\u202eb",
            })
    void isOneLineAsPeopleWriteIt(String before, String after, String line) {
        assertThat(new Difference("x", value(before), value(after))).hasToString(line);
    }

    @Test
    void ofALongTextThereIsTheBeginning() {
        String chain = "-----BEGIN CERTIFICATE-----\n" + "A".repeat(2000);

        assertThat(new Difference("chain", null, TextNode.valueOf(chain)).toString())
                .startsWith("+ chain: -----BEGIN CERTIFICATE-----\\nAAA")
                .endsWith("A… (2028 characters)")
                .hasSizeLessThan(250);
    }

    @Test
    void ofATextThatIsNotLongThereIsAll() {
        assertThat(new Difference("x", null, TextNode.valueOf("a".repeat(200)))).hasToString("+ x: " + "a".repeat(200));
        assertThat(new Difference("x", null, TextNode.valueOf("a".repeat(201))))
                .hasToString("+ x: " + "a".repeat(200) + "… (201 characters)");
    }

    @Test
    void theSameNumberIsTheSameValueWhoeverHasReadIt() {
        assertThat(new Difference("x", LongNode.valueOf(3), IntNode.valueOf(4)))
                .isEqualTo(new Difference("x", IntNode.valueOf(3), LongNode.valueOf(4)))
                .isNotEqualTo(new Difference("x", IntNode.valueOf(3), LongNode.valueOf(4L + (1L << 32))));
        assertThat(new Difference("x", DoubleNode.valueOf(0.5), null))
                .isNotEqualTo(new Difference("x", IntNode.valueOf(0), null));
    }

    @Test
    void isReadAsAResultHasIt() {
        assertThat(Difference.of(Samples.json("{'path': 'port', 'before': 80, 'after': '443'}")))
                .isEqualTo(new Difference("port", IntNode.valueOf(80), TextNode.valueOf("443")));
    }

    @Test
    void itsValuesAreShownInOneLineWhereThereAreSome() {
        Difference added = new Difference("name", null, TextNode.valueOf("a\nb"));

        assertThat(added.was()).isEmpty();
        assertThat(added.becomes()).contains("a\\nb");
        assertThat(new Difference("name", TextNode.valueOf("old"), null).was()).contains("old");
    }

    private static JsonNode value(String json) {
        return Samples.json("{'value': " + json + "}").get("value");
    }
}
