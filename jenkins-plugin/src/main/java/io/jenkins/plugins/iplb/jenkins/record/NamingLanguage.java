package io.jenkins.plugins.iplb.jenkins.record;

import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Language;
import io.jenkins.plugins.iplb.record.Phrase;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** {@link SpokenLanguage}, in which services have the names that the reader knows them by. */
public final class NamingLanguage implements Language {
    private final Language words = SpokenLanguage.INSTANCE;
    private final UnaryOperator<String> services;

    /** @param services the name for OVH's name of a service */
    public NamingLanguage(UnaryOperator<String> services) {
        this.services = services;
    }

    @Override
    public String noun(Kind kind, String name) {
        return words.noun(kind, named(kind, name));
    }

    @Override
    public String place(Phrase.Relation relation, Kind kind, String name) {
        return words.place(relation, kind, named(kind, name));
    }

    @Override
    public String sentence(Phrase phrase, String subject, String place) {
        return words.sentence(phrase, subject, place);
    }

    @Override
    public Locale locale() {
        return words.locale();
    }

    private String named(Kind kind, String name) {
        return kind == Kind.SERVICE ? services.apply(name) : name;
    }
}
