package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/** What an object of the staged configuration is: a family within a protocol. Written {@code tcp/route}. */
public record Kind(Protocol protocol, Family family) {

    public static final List<Kind> ALL = Arrays.stream(Protocol.values())
            .flatMap(protocol -> Arrays.stream(Family.values()).map(family -> new Kind(protocol, family)))
            .filter(Kind::exists)
            .toList();

    @JsonCreator
    public static Kind parse(String text) {
        String[] words = text.split("/");
        return new Kind(Protocol.valueOf(words[0]), Family.valueOf(words[1]));
    }

    /** UDP has neither routes nor rules. */
    private boolean exists() {
        return protocol != Protocol.udp || family != Family.route && family != Family.rule;
    }

    /** The same protocol's other family. */
    public Kind sibling(Family other) {
        return new Kind(protocol, other);
    }

    public String idField() {
        return family.idField();
    }

    @JsonValue
    @Override
    public String toString() {
        return protocol + "/" + family;
    }
}
