package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/** What a plan is about, and what it makes of that: enough for a sentence that says so in any language. */
public record About(Effect effect, Subject subject) {
    public About {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(subject, "subject");
    }

    /** As a record has it; null when a later version knows more effects or kinds. */
    @JsonCreator
    static About read(@JsonProperty("effect") Effect effect, @JsonProperty("subject") Subject subject) {
        return effect == null || subject == null ? null : new About(effect, subject);
    }

    /** The same where it is known whether there was, or would be, something to do. */
    public About effective(boolean changed) {
        if (changed) {
            return new About(meant(), subject);
        }
        return new About(meant() == Effect.REMOVED ? Effect.ABSENT : Effect.UNCHANGED, subject);
    }

    /** What it is if there is something to do. */
    Effect meant() {
        return switch (effect) {
            case UNCHANGED ->
                switch (subject.kind()) {
                    case FAILOVER_IP -> Effect.MOVED;
                    case LOAD_BALANCER -> Effect.REFRESHED;
                    case HTTP2 -> Effect.ADDED;
                    default -> Effect.CHANGED;
                };
            case ABSENT -> Effect.REMOVED;
            default -> effect;
        };
    }

    /** Such as {@code Route http2 added to frontend https}: a sentence without its full stop. */
    public String sentence(Stage stage) {
        return sentence(stage, Language.ENGLISH);
    }

    public String sentence(Stage stage, Language language) {
        Phrase phrase = Phrase.of(this, stage);
        Subject whole = subject.in();
        String place = whole == null ? "" : language.place(phrase.relation(), whole.kind(), whole.called());
        String noun = language.noun(subject.kind(), subject.called());
        return language.begun(language.sentence(phrase, noun, place), subject);
    }
}
