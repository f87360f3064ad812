package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * What a plan is about.
 *
 * @param name what people call it: the name that its owner gave it; of a server without one the address, and port if it has
 *     one; of a rule without one what it says; null when there is nothing of the kind
 * @param id OVH's; null when it has none, or none yet
 * @param in what it is part of, or, of a failover IP, where it is to be; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subject(Kind kind, String name, Long id, Subject in) {
    public Subject {
        Objects.requireNonNull(kind, "kind");
    }

    /** One that is no part of anything. */
    public static Subject of(Kind kind, String name, Long id) {
        return new Subject(kind, name, id, null);
    }

    public static Subject of(Kind kind, String name) {
        return of(kind, name, null);
    }

    public Subject in(Subject whole) {
        return new Subject(kind, name, id, whole);
    }

    /** As a record has it; null when a later version knows more kinds. */
    @JsonCreator
    static Subject read(
            @JsonProperty("kind") Kind kind,
            @JsonProperty("name") String name,
            @JsonProperty("id") Long id,
            @JsonProperty("in") Subject in) {
        return kind == null ? null : new Subject(kind, name, id, in);
    }

    /** What it is called in a sentence: the name, in quotes when it has blanks, or else the id; empty for neither. */
    public String called() {
        if (name == null) {
            return id == null ? "" : id.toString();
        }
        String shown = Plain.text(name);
        return shown.chars().anyMatch(Character::isWhitespace) ? "'" + shown + "'" : shown;
    }
}
