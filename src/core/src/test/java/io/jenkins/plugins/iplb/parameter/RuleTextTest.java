package io.jenkins.plugins.iplb.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTextTest {

    @ParameterizedTest
    @MethodSource
    void aRuleSaysFieldMatchAndPattern(String text, RuleSpec meant) {
        assertThat(RuleSpec.parse("rule", text)).isEqualTo(meant);
    }

    static Stream<Arguments> aRuleSaysFieldMatchAndPattern() {
        return Stream.of(
                Arguments.of("protocol is http/2.0", new RuleSpec("protocol", null, "is", false, "http/2.0")),
                Arguments.of("  host   is   a.example ", new RuleSpec("host", null, "is", false, "a.example")),
                Arguments.of(
                        "host not in a.example,b.example",
                        new RuleSpec("host", null, "in", true, "a.example,b.example")),
                Arguments.of("header:X-Env not is preprod", new RuleSpec("header", "X-Env", "is", true, "preprod")),
                Arguments.of("cookie:beta exists", new RuleSpec("cookie", "beta", "exists", false, null)),
                Arguments.of("cookie:beta not exists", new RuleSpec("cookie", "beta", "exists", true, null)),
                Arguments.of("param:q contains two words", new RuleSpec("param", "q", "contains", false, "two words")),
                Arguments.of("header:A:B is c:d", new RuleSpec("header", "A:B", "is", false, "c:d")),
                Arguments.of("uri startswith /not is", new RuleSpec("uri", null, "startswith", false, "/not is")));
    }

    @ParameterizedTest
    @MethodSource("aRuleSaysFieldMatchAndPattern")
    void aRuleIsShownAsItIsWritten(String text, RuleSpec meant) {
        assertThat(RuleSpec.parse("rule", meant.toString())).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "host", ":X is a", "header: is a"})
    void whatIsNoRuleIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> RuleSpec.parse("rule", text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("rule: ")
                .hasMessageContaining("'header:X-Env not is preprod'");
    }
}
