package io.jenkins.plugins.iplb.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {
    @Nested
    class References {
        @Test
        void digitsAreAnId() {
            assertThat(Reference.parse("farm", " 42 ").id()).isEqualTo(OptionalLong.of(42));
        }

        @ParameterizedTest
        @ValueSource(strings = {"web", "web-2", "42a", "4 2", "1e3", "é"})
        void anythingElseIsAName(String text) {
            Reference reference = Reference.parse("farm", text);

            assertThat(reference.id()).isEmpty();
            assertThat(reference).hasToString(text);
        }
    }

    @Nested
    class Blocks {
        @ParameterizedTest
        @CsvSource({
            "203.0.113.7, 203.0.113.7/32",
            "' 203.0.113.7 ', 203.0.113.7/32",
            "203.0.113.0/28, 203.0.113.0/28",
            "0.0.0.0/0, 0.0.0.0/0",
            "255.255.255.255/32, 255.255.255.255/32"
        })
        void alwaysHaveTheirLength(String text, String cidr) {
            assertThat(IpBlock.parse("ip", text).cidr()).isEqualTo(cidr);
        }

        @Test
        void areTextInJson() throws Exception {
            IpBlock block = IpBlock.parse("ip", "203.0.113.7");

            assertThat(Json.MAPPER.writeValueAsString(block)).isEqualTo("\"203.0.113.7/32\"");
            assertThat(Json.MAPPER.readValue("\"203.0.113.7/32\"", IpBlock.class))
                    .isEqualTo(block);
        }
    }

    @Nested
    class PortLists {
        @ParameterizedTest
        @CsvSource({
            "1, 1",
            "49151, 49151",
            "6000-6010, 6000-6010",
            "'80, 443,6000-6010', '80,443,6000-6010'",
            "00080, 80"
        })
        void areWrittenAsOvhWritesThem(String given, String port) {
            assertThat(Ports.check("port", given)).isEqualTo(port);
        }
    }

    @Nested
    class Rules {
        @Test
        void readAsAPersonWouldSayThem() {
            assertThat(new RuleSpec("header", "X-Env", "is", true, "preprod"))
                    .hasToString("header:X-Env not is preprod");
            assertThat(new RuleSpec("cookie", "beta", "exists", false, null)).hasToString("cookie:beta exists");
        }

        @Test
        void treatBlankPartsAsNotGiven() {
            assertThat(new RuleSpec("host", " ", "is", false, "a"))
                    .isEqualTo(new RuleSpec("host", null, "is", false, "a"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "HTTP | protocol | -     | is         | https",
                    "HTTP | source   | -     | in         | 10.0.0.1, 10.1.0.0/16",
                    "HTTP | host     | -     | endswith   | .example",
                    "HTTP | method   | -     | in         | GET,HEAD",
                    "HTTP | uri      | -     | matches    | ^/v[0-9]+/",
                    "HTTP | param    | lang  | startswith | fr",
                    "HTTP | header   | X-Env | contains   | prod",
                    "HTTP | cookie   | beta  | exists     | -",
                    "TCP  | protocol | -     | is         | http/2.0",
                    "TCP  | sni      | -     | in         | a.example,b.example",
                    "TCP  | source   | -     | is         | 10.0.0.0/8",
                })
        void ofOvhsGuideAreAllowed(Protocol protocol, String field, String subField, String match, String pattern) {
            new RuleSpec(field, subField, match, false, pattern).check(protocol);
        }
    }
}
