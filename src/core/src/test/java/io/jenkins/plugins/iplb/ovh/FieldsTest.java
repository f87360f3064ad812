package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void aFieldThatIsNotMentionedIsNotSentAndOneThatIsNullIsSentAsNull() {
        Fields fields = Fields.none()
                .with("reset", null)
                .withPresent("absent", Optional.empty())
                .withPresent("set", Optional.of(0));

        assertThat(text(fields)).isEqualTo("{\"reset\":null,\"set\":0}");
        assertThat(fields.get("reset").isNull()).isTrue();
        assertThat(fields.get("absent")).isNull();
    }

    @Test
    void addingAFieldLeavesTheFieldsBeforeAsTheyWere() {
        Fields before = Fields.none().with("a", 1);

        Fields after = before.with("b", List.of("x")).with("a", 2);

        assertThat(text(before)).isEqualTo("{\"a\":1}");
        assertThat(text(after)).isEqualTo("{\"a\":2,\"b\":[\"x\"]}");
    }

    @Test
    void onlyFieldsWithoutAnyAreEmpty() {
        assertThat(Fields.none().isEmpty()).isTrue();
        assertThat(Fields.none().with("reset", null).isEmpty()).isFalse();
    }

    private static String text(Fields fields) {
        return new String(Json.bytes(fields), StandardCharsets.UTF_8);
    }
}
