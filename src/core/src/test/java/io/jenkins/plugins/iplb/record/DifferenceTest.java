package io.jenkins.plugins.iplb.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

    private static JsonNode value(String json) {
        return Samples.json("{'value': " + json + "}").get("value");
    }
}
