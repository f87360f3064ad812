package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Language;
import io.jenkins.plugins.iplb.record.Phrase;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object that is not as it was meant to be.
 *
 * @param fields what is different, from how it is to how it was meant
 * @param entry of the record that has left it as it was meant; empty for what a file says
 */
record Deviation(State state, Subject subject, List<Difference> fields, Optional<String> entry) {

    /** What is wrong with it. */
    enum State {
        MISSING("%s%s is missing"),
        DIFFERENT("%s%s is different"),
        UNEXPECTED("%s%s is there, and should not be");

        private final String english;

        State(String english) {
            this.english = english;
        }

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String of(String noun, String place) {
            return english.formatted(noun, place);
        }
    }

    /** What a plan would change. @param change as {@link PlannedWish#json} has it */
    static Deviation of(JsonNode change) {
        About about = Json.MAPPER.convertValue(change.path("about"), About.class);
        List<Difference> fields = new ArrayList<>();
        change.path("diff").forEach(each -> fields.add(Difference.of(each)));
        return new Deviation(state(about.effect()), about.subject(), fields, Optional.empty());
    }

    private static State state(Effect effect) {
        return switch (effect) {
            case ADDED -> State.MISSING;
            case REMOVED -> State.UNEXPECTED;
            default -> State.DIFFERENT;
        };
    }

    ObjectNode json() {
        Fields json = Fields.none()
                .with("state", state.code())
                .with("subject", subject)
                .with("msg", sentence());
        // Of what is not there at all, everything is missing.
        Stream<Difference> said = state == State.DIFFERENT ? fields.stream() : Stream.empty();
        return json.with(
                        "fields",
                        said.map(each -> Fields.none()
                                        .with("path", each.path())
                                        .with("actual", each.before())
                                        .with("expected", each.after())
                                        .json())
                                .toList())
                .withPresent("entry", entry)
                .json();
    }

    private String sentence() {
        String noun = Language.ENGLISH.noun(subject.kind(), subject.called());
        Subject whole = subject.kind() == Kind.FAILOVER_IP ? null : subject.in();
        String place = whole == null ? "" : Language.ENGLISH.place(Phrase.Relation.OF, whole.kind(), whole.called());
        return Language.ENGLISH.begun(state.of(noun, place), subject);
    }
}
