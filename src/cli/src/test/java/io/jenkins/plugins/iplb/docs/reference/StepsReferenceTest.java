package io.jenkins.plugins.iplb.docs.reference;

import io.jenkins.plugins.iplb.docs.pipeline.StepSources;
import io.jenkins.plugins.iplb.docs.pipeline.StepType;
import io.jenkins.plugins.iplb.docs.pipeline.StepTypes;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of the steps, made of the catalogue and of the texts that the forms show. */
class StepsReferenceTest {
    private static final List<String> COMMON =
            List.of("loadBalancer", "service", "credentialsId", "timeout", "onFailure", "dryRun");

    private static StepSources sources;
    private static StepTypes types;

    /** Those in which there are texts. */
    enum Language {
        ENGLISH(
                "",
                "Steps",
                "What a Pipeline may give to each step, as the forms of the Snippet Generator say it.",
                "parameter",
                "takes",
                "needed",
                "exactly one of",
                "at least one of",
                "at most one of",
                "What many have in common:",
                "Also"),
        FRENCH(
                "_fr",
                "Étapes",
                "Ce qu’un Pipeline peut donner à chaque étape, dans les mots des formulaires du Snippet Generator.",
                "paramètre",
                "valeur",
                "obligatoire",
                "exactement un parmi",
                "au moins un parmi",
                "au plus un parmi",
                "Ce que beaucoup ont en commun :",
                "Aussi"),
        DUTCH(
                "_nl",
                "Stappen",
                "Wat een Pipeline aan elke stap kan geven, in de woorden van de formulieren van de Snippet Generator.",
                "parameter",
                "waarde",
                "verplicht",
                "precies één van",
                "minstens één van",
                "hoogstens één van",
                "Wat vele gemeen hebben:",
                "Ook");

        private final String ending;
        private final String title;
        private final String about;
        private final String parameter;
        private final String takes;
        private final String needed;
        private final String exactlyOne;
        private final String atLeastOne;
        private final String atMostOne;
        private final String common;
        private final String also;

        Language(
                String ending,
                String title,
                String about,
                String parameter,
                String takes,
                String needed,
                String exactlyOne,
                String atLeastOne,
                String atMostOne,
                String common,
                String also) {
            this.ending = ending;
            this.title = title;
            this.about = about;
            this.parameter = parameter;
            this.takes = takes;
            this.needed = needed;
            this.exactlyOne = exactlyOne;
            this.atLeastOne = atLeastOne;
            this.atMostOne = atMostOne;
            this.common = common;
            this.also = also;
        }

        private String count(Group.Count count) {
            return switch (count) {
                case EXACTLY_ONE -> exactlyOne;
                case AT_LEAST_ONE -> atLeastOne;
                case AT_MOST_ONE -> atMostOne;
            };
        }
    }

    @BeforeAll
    static void read(@TempDir Path folder) {
        sources = StepSources.in(folder);
        types = StepTypes.of(sources);
    }

    @ParameterizedTest
    @EnumSource
    void itIsUpToDate(Language language) throws IOException {
        ReferencePage page = new ReferencePage("steps%s.md".formatted(language.ending), language.title, getClass());
        page.line(language.about);
        page.line(types.all().stream()
                .map(step -> "[`%s`](%s)".formatted(step.name(), ReferencePage.anchor(step.name())))
                .collect(Collectors.joining(", ")));
        page.line(language.common);
        page.titles(language.parameter, language.takes, "");
        COMMON.stream().forEach(field -> page.row("`%s`".formatted(field), common(field), text(language, null, field)));
        page.end();
        for (StepType step : types.all()) {
            page.line("## " + step.name());
            page.line(text(language, step, ""));
            parameters(page, language, step);
            page.line("%s: %s"
                    .formatted(
                            language.also,
                            words(COMMON.stream()
                                    .filter(step.fields()::containsKey)
                                    .toArray(String[]::new))));
        }
        page.mustBeDocumented();
    }

    private static String words(String... words) {
        return Stream.of(words).map("`%s`"::formatted).collect(Collectors.joining(", "));
    }

    private static String common(String field) {
        return switch (field) {
            case "timeout" -> "`TIME`";
            case "onFailure" -> "`fail`, `unstable`";
            case "dryRun" -> "`true`, `false`";
            default -> "`NAME`";
        };
    }

    private static void parameters(ReferencePage page, Language language, StepType step) {
        List<Parameter> parameters = step.parameters();
        if (parameters.isEmpty()) {
            return;
        }
        page.titles(language.parameter, language.takes, "");
        for (Parameter each : parameters) {
            String field = StepType.field(each);
            String needed = StepType.isNeeded(each) ? " (%s)".formatted(language.needed) : "";
            page.row("`%s`%s".formatted(field, needed), takes(each), text(language, step, field));
        }
        page.end();
        for (Group group : step.operation().groups()) {
            page.line("* %s %s"
                    .formatted(
                            language.count(group.count()), words(group.names().toArray(String[]::new))));
        }
    }

    private static String takes(Parameter parameter) {
        if (parameter.value().isSecret()) {
            return "`ID`";
        }
        List<String> choices = parameter.value().choices();
        String none = parameter.canBeReset() && !choices.contains(Parameter.NONE) ? ", `none`" : "";
        return choices.isEmpty() || parameter.live().isPresent()
                ? "`%s`%s".formatted(parameter.value().form(), none)
                : words(choices.toArray(String[]::new)) + none;
    }

    /** In the language, or else in English; beside the class or one that it extends. */
    private static String text(Language language, StepType step, String field) {
        String name = field.isEmpty() ? "help" : "help-" + field;
        return Stream.of(language.ending, "")
                .flatMap(ending -> Stream.of(step == null ? "IplbStep" : step.className(), "LoadBalancerStep")
                        .map(type -> sources.texts().resolve(type).resolve(name + ending + ".html")))
                .filter(Files::exists)
                .findFirst()
                .map(StepsReferenceTest::markdown)
                .or(() -> Optional.ofNullable(step)
                        .flatMap(known -> known.parameter(field))
                        .map(Parameter::description))
                .orElseThrow(() -> new AssertionError("no text of %s of %s".formatted(field, step)));
    }

    private static String markdown(Path html) {
        try {
            return Files.readString(html)
                    .replaceAll("</?div>", "")
                    .replaceAll("</?code>", "`")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&")
                    .strip()
                    .replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
