package io.jenkins.plugins.iplb.jenkins.record;

import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Language;
import io.jenkins.plugins.iplb.record.Phrase;
import java.util.Locale;
import org.jvnet.localizer.LocaleProvider;
import org.jvnet.localizer.ResourceBundleHolder;

/** The language of whoever looks at a page, or of the controller in its logs. */
public final class SpokenLanguage implements Language {
    public static final SpokenLanguage INSTANCE = new SpokenLanguage();

    private final ResourceBundleHolder words = ResourceBundleHolder.get(Messages.class);

    private SpokenLanguage() {}

    @Override
    public String noun(Kind kind, String name) {
        return words.format("Kind." + kind.code(), name).strip();
    }

    @Override
    public String place(Phrase.Relation relation, Kind kind, String name) {
        String place = words.format("Place." + kind.code(), name).strip();
        return words.format("Relation." + relation.code(), place);
    }

    @Override
    public String sentence(Phrase phrase, String subject, String place) {
        return words.format("Phrase." + phrase.code(), subject, place);
    }

    @Override
    public Locale locale() {
        return LocaleProvider.getLocale();
    }
}
