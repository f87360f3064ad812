package io.jenkins.plugins.iplb.record;

import io.jenkins.plugins.iplb.record.Phrase.Relation;
import java.util.Locale;

/** The words in which changes are spoken of. */
public interface Language {
    /** That of records and of the command line. */
    Language ENGLISH = new Language() {
        @Override
        public String noun(Kind kind, String name) {
            return kind.english(name);
        }

        @Override
        public String place(Relation relation, Kind kind, String name) {
            return relation.english(kind.english(name));
        }

        @Override
        public String sentence(Phrase phrase, String subject, String place) {
            return phrase.english(subject, place);
        }

        @Override
        public Locale locale() {
            return Locale.ENGLISH;
        }
    };

    /** @param name empty for something that has none */
    String noun(Kind kind, String name);

    /** What leads a sentence to its place, with the blank before it: {@code  to frontend https}. */
    String place(Relation relation, Kind kind, String name);

    /** @param place empty for none */
    String sentence(Phrase phrase, String subject, String place);

    Locale locale();

    /** With a capital letter where it does not begin with what is spelt so: a name, or vRack. */
    default String begun(String sentence, Subject about) {
        String noun = noun(about.kind(), about.called());
        boolean isName = about.kind() == Kind.SERVICE || noun.equals(about.called());
        boolean isSpeltSo = isName && sentence.startsWith(noun) || sentence.startsWith("vRack");
        int first = isSpeltSo ? 0 : sentence.offsetByCodePoints(0, 1);
        return sentence.substring(0, first).toUpperCase(locale()) + sentence.substring(first);
    }
}
