package io.jenkins.plugins.iplb.jenkins.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.localizer.LocaleProvider;

class SpokenLanguageTest {
    private static final String NAME = "été {1} d'ici";

    private final LocaleProvider before = LocaleProvider.getProvider();

    @AfterEach
    void reset() {
        LocaleProvider.setProvider(before);
    }

    @Test
    void englishIsThatOfTheRecord() {
        speak("en");

        each(about -> {
            for (Stage stage : Stage.values()) {
                assertThat(about.sentence(stage, SpokenLanguage.INSTANCE)).isEqualTo(about.sentence(stage));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "nl"})
    void everySentenceIsThereInOtherLanguages(String language) {
        speak(language);

        each(about -> {
            for (Stage stage : Stage.values()) {
                String sentence = about.sentence(stage, SpokenLanguage.INSTANCE);
                assertThat(sentence)
                        .isNotEqualTo(about.sentence(stage))
                        .doesNotContain("Phrase.", "Kind.", "Place.", "Relation.", "{0}", "  ")
                        .isEqualTo(sentence.strip());
                if (about.sentence(stage).contains(NAME)) {
                    assertThat(sentence).contains(NAME);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fr | ADDED   | DONE    | Ajouté : règle 'host is a' de la route http2",
                "fr | REMOVED | PLANNED | Serait supprimé : règle 'host is a' de la route http2",
                "fr | CHANGED | BEGUN   | Modification : règle 'host is a' de la route http2",
                "nl | ADDED   | DONE    | Regel 'host is a' toegevoegd aan route http2",
                "nl | REMOVED | NOTHING_TO_DO | Niets te verwijderen: er is geen regel 'host is a' van route http2",
            },
            quoteCharacter = '"')
    void itReadsWell(String language, Effect effect, Stage stage, String sentence) {
        speak(language);
        Subject rule = Subject.of(Kind.RULE, "host is a").in(Subject.of(Kind.ROUTE, "http2"));

        assertThat(new About(effect, rule).sentence(stage, SpokenLanguage.INSTANCE))
                .isEqualTo(sentence);
    }

    /** Everything that plans are about: with a name, with an id, and with neither where that is possible. */
    private static void each(Consumer<About> check) {
        List<Subject> wholes = new ArrayList<>();
        wholes.add(null);
        for (Kind place : List.of(Kind.ROUTE, Kind.FRONTEND, Kind.FARM, Kind.SERVICE)) {
            wholes.add(Subject.of(place, NAME));
            wholes.add(Subject.of(place, null, 7L));
        }
        for (Kind kind : Kind.values()) {
            for (Subject whole : wholes) {
                for (Effect effect : Effect.values()) {
                    check.accept(new About(effect, Subject.of(kind, NAME).in(whole)));
                    check.accept(new About(effect, Subject.of(kind, null, 7L).in(whole)));
                    if (kind != Kind.FAILOVER_IP && kind != Kind.SERVICE) {
                        check.accept(new About(effect, Subject.of(kind, null).in(whole)));
                    }
                }
            }
        }
    }

    private static void speak(String language) {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.forLanguageTag(language);
            }
        });
    }
}
