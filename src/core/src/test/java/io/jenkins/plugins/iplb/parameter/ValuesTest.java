package io.jenkins.plugins.iplb.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is meant by a value does not depend on how a face hands it over. */
class ValuesTest {
    private static final Choice MODES = Values.oneOf("cookie", "sourceIp").only(Protocol.HTTP, "cookie");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "80             | 80",
                "'80'           | 80",
                "' 80 '         | 80",
                "49151          | 49151",
            })
    void aNumberMayBeText(String given, String meant) {
        assertThat(Values.PORT.of("p", json(given))).isEqualTo(json(meant));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "49152", "1.5", "true", "'''x'''", "'''99999999999999999999'''", "[80]", "null"})
    void whatIsNoPortIsRefusedAsItWasGiven(String given) {
        assertRefused(Values.PORT, given, "a port from 1 to 49151");
    }

    @Test
    void aFlagMayBeText() {
        assertThat(Values.FLAG.of("f", json("'true'"))).isEqualTo(json("true"));
        assertThat(Values.FLAG.of("f", json("false"))).isEqualTo(json("false"));
        assertRefused(Values.FLAG, "'yes'", "true, false");
        assertRefused(Values.FLAG, "1", "true, false");
    }

    @Test
    void aTextMayBeANumber() {
        assertThat(Values.REFERENCE.of("r", json("10005"))).isEqualTo(json("'10005'"));
        assertThat(Values.PORTS.of("r", json("443"))).isEqualTo(json("'443'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'gra'             | ['gra']",
                "'gra,rbx'         | ['gra','rbx']",
                "' GRA ,  rbx sbg' | ['gra','rbx','sbg']",
                "['gra rbx','sbg'] | ['gra','rbx','sbg']",
                "['gra','gra']     | ['gra']",
                "[]                | null",
            })
    void aListMayBeOneText(String given, String meant) {
        assertThat(Values.ZONES.of("zones", json(given))).isEqualTo(json(meant));
    }

    @Test
    void aBlankTextIsNoList() {
        assertRefused(Values.ZONES, "' , '", "all, or zones of the load balancer");
        assertRefused(Values.ZONES, "['gra', '']", "all, or zones of the load balancer");
    }

    @Test
    void whatHoldsBlanksIsOneInEachLine() {
        assertThat(Values.HEADERS.of("h", json("'X-Ip %ci, x\\nX-Port %cp'")))
                .isEqualTo(json("['X-Ip %ci, x','X-Port %cp']"));
        assertThat(RuleValue.RULES.of("rules", json("'host is a\\n\\nuri startswith /b'")))
                .hasSize(2);
    }

    @Test
    void aRuleIsOneTextOrItsParts() {
        JsonNode text = RuleValue.RULE.of("rule", json("'header:X-Env not is preprod'"));

        assertThat(RuleValue.RULE.of(
                        "rule",
                        json("{'field':'header','subField':'X-Env','match':'is','pattern':'preprod','negate':'true'}")))
                .isEqualTo(text);
    }

    @Test
    void thePatternOfARuleIsTakenAsItIs() {
        assertThat(RuleValue.RULE
                        .of("rule", json("{'field':'uri','match':'contains','pattern':' a '}"))
                        .path("pattern")
                        .textValue())
                .isEqualTo(" a ");
    }

    @Test
    void anUnknownPartOfARuleIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> RuleValue.RULE.of("rule", json("{'field':'uri','match':'is','patern':'/'}")))
                .hasMessage(
                        "patern: '/' was given; allowed: nothing: a rule has no such parameter; did you mean pattern?");
    }

    @Test
    void aProbeMayBeTheTextOfItsJson() {
        assertThat(new Probe().of("probe", json("'{\\\"type\\\":\\\"http\\\",\\\"port\\\":\\\"80\\\"}'")))
                .isEqualTo(json("{'type':'http','port':80}"));
        assertRefused(new Probe(), "'{type:http}'", "the fields of a probe, such as type, port and url");
    }

    @Test
    void noneResetsWhatCanBeReset() {
        Parameter port = Parameter.of("port", Values.PORT, "Its port");

        assertThat(port.orNone().check("none").isNull()).isTrue();
        assertThatThrownBy(() -> port.check("none")).isInstanceOf(InvalidInput.class);
        assertThat(Parameter.of("zones", Values.ZONES, "Where")
                        .orNone()
                        .check(json("['none']"))
                        .isNull())
                .isTrue();
        assertThat(Parameter.of("stickiness", MODES, "How")
                        .orNone()
                        .check("none")
                        .isNull())
                .isTrue();
    }

    @Test
    void aChoiceMayDifferByProtocol() {
        Parameter stickiness = Parameter.of("stickiness", MODES, "How").orNone();

        assertThat(stickiness.on(Protocol.TCP).value().choices()).containsExactly("sourceIp", "none");
        assertThat(stickiness.on(Protocol.HTTP).check("cookie").textValue()).isEqualTo("cookie");
        assertThatThrownBy(() -> stickiness.on(Protocol.TCP).check("cookie"))
                .hasMessage("stickiness: 'cookie' was given; allowed: for tcp one of sourceIp, none");
    }

    @ParameterizedTest
    @CsvSource({"wbe-http2, web-http2", "web, web-http1", "APP, app", "http2, web-http2", "api, app"})
    void theNearestIsWhatMayHaveBeenMeant(String given, String meant) {
        assertThat(Nearest.to(given, List.of("app", "web-http1", "web-http2"))).hasValue(meant);
    }

    @ParameterizedTest
    @CsvSource({"nowhere", "x", "database"})
    void whatIsLikeNothingHasNoNearest(String given) {
        assertThat(Nearest.to(given, List.of("app", "web-http1", "web-http2"))).isEmpty();
    }

    private static void assertRefused(Value value, String given, String allowed) {
        assertThatThrownBy(() -> value.of("p", json(given)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("p: ")
                .hasMessageEndingWith(" was given; allowed: " + allowed);
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
