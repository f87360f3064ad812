package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.testing.Texts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextsTest {
    private final Texts texts = new Texts(Path.of("src/main/resources"));

    @Test
    void allAreInEnglishFrenchAndDutch() {
        assertThat(texts.untranslated()).isEmpty();
    }

    @Test
    void noneHoldsAScriptOrAStyle() {
        assertThat(texts.inline()).isEmpty();
    }
}
