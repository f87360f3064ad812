package io.jenkins.plugins.iplb.file;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
    private final Placeholders placeholders =
            new Placeholders(name -> name.equals("PORT") ? Optional.of("8443") : Optional.empty());

    @Test
    void replacesWhatIsClosedAndKeepsWhatFollows() {
        assertThat(replaced("a ${PORT} b ${NONE:-c} d $${PORT} e ${PORT")).isEqualTo("a 8443 b c d ${PORT} e ${PORT");
    }

    @Test
    void whatManyTimesBeginsAndNeverEndsIsReadAtOnce() {
        String text = "${PORT:-".repeat(200_000);

        assertTimeoutPreemptively(
                ofSeconds(10), () -> assertThat(replaced(text)).isEqualTo(text));
        assertTimeoutPreemptively(
                ofSeconds(10), () -> assertThat(Placeholders.escaped(text)).isEqualTo(text));
    }

    @Test
    void whatManyTimesBeginsBeforeTheOnlyEndIsOne() {
        String text = "${PORT:-".repeat(200_000) + "}";

        assertTimeoutPreemptively(
                ofSeconds(10), () -> assertThat(replaced(text)).isEqualTo("8443"));
    }

    private String replaced(String text) {
        return placeholders.replaced(text, null, null);
    }
}
