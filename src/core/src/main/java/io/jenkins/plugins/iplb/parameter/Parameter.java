package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One parameter of an operation.
 *
 * @param name in camel case, as records and messages have it
 * @param description what it is about, in one line without a full stop
 * @param isNeeded whether nothing can be done without it
 * @param protocols those that have it
 * @param resettable the protocols in which the word {@code none}, or null, takes away what is there
 * @param live what there is on the load balancer to choose from; empty when it is not chosen there
 * @param mayBeNew whether it may name what is not on the load balancer yet
 * @param preset what a flag is when it is not given; empty when that means to leave it as it is
 */
public record Parameter(
        String name,
        Value value,
        String description,
        boolean isNeeded,
        Set<Protocol> protocols,
        Set<Protocol> resettable,
        Optional<LiveList> live,
        boolean mayBeNew,
        Optional<Boolean> preset) {
    /** The word that resets. */
    public static final String NONE = "none";

    private static final Set<Protocol> ALL = EnumSet.allOf(Protocol.class);

    /** One that need not be given, of all protocols. */
    public static Parameter of(String name, Value value, String description) {
        return new Parameter(name, value, description, false, ALL, Set.of(), Optional.empty(), false, Optional.empty());
    }

    public Parameter needed() {
        return new Parameter(name, value, description, true, protocols, resettable, live, mayBeNew, preset);
    }

    public Parameter only(Protocol... some) {
        return new Parameter(name, value, description, isNeeded, Set.of(some), resettable, live, mayBeNew, preset);
    }

    /** Null and the word {@code none} reset it. */
    public Parameter orNone() {
        return orNone(protocols);
    }

    /** Null and the word {@code none} reset it, in some protocols. */
    public Parameter orNone(Set<Protocol> some) {
        return new Parameter(name, value.orNone(), description, isNeeded, protocols, some, live, mayBeNew, preset);
    }

    public Parameter from(LiveList list) {
        return new Parameter(
                name, value, description, isNeeded, protocols, resettable, Optional.of(list), false, preset);
    }

    /** What is known by it is made when it is not there. */
    public Parameter orNew() {
        return new Parameter(name, value, description, isNeeded, protocols, resettable, live, true, preset);
    }

    /** As which it counts when it is not given. */
    public Parameter preset(boolean given) {
        return new Parameter(
                name, value, description, isNeeded, protocols, resettable, live, mayBeNew, Optional.of(given));
    }

    /** The same in other words. */
    public Parameter described(String otherDescription) {
        return new Parameter(name, value, otherDescription, isNeeded, protocols, resettable, live, mayBeNew, preset);
    }

    /** As a field of an object, which OVH calls the same. */
    public Attribute attribute() {
        return new Attribute(this, name, NullNode.instance);
    }

    /** As a protocol has it. */
    public Parameter on(Protocol protocol) {
        return new Parameter(
                name,
                value.on(protocol),
                description,
                isNeeded,
                protocols,
                resettable(protocol),
                live,
                mayBeNew,
                preset);
    }

    private Set<Protocol> resettable(Protocol protocol) {
        return resettable.contains(protocol) ? resettable : Set.of();
    }

    /** Whether a protocol has it. @param protocol empty for any */
    public boolean isOf(Optional<Protocol> protocol) {
        return protocol.isEmpty() || protocols.contains(protocol.get());
    }

    /** Whether there is something to reset. */
    public boolean canBeReset() {
        return !resettable.isEmpty();
    }

    /** What is meant; JSON null for what is reset. @throws InvalidInput when it cannot be meant */
    public JsonNode check(JsonNode given) {
        return check(name, given);
    }

    /** What is meant by a text. @throws InvalidInput when it cannot be meant */
    public JsonNode check(String given) {
        return check(TextNode.valueOf(given));
    }

    /** @param as what it is called where it stands */
    JsonNode check(String as, JsonNode given) {
        return canBeReset() && isNone(given) ? NullNode.instance : value.of(as, given);
    }

    private static boolean isNone(JsonNode given) {
        JsonNode word = given.isArray() && given.size() == 1 ? given.get(0) : given;
        return given.isNull() || NONE.equals(word.textValue());
    }

    /** That it is missing. */
    public InvalidInput missing() {
        return new InvalidInput(name, null, value.allowed());
    }

    /**
     * That there is no such parameter.
     *
     * @param where what does not have it
     * @param known those that there are
     */
    public static InvalidInput unknown(String name, JsonNode given, String where, Collection<Parameter> known) {
        return unknown(name, given, where, known.stream().map(Parameter::name).toList());
    }

    /** The same, by the names of those that there are. */
    public static InvalidInput unknown(String name, JsonNode given, String where, List<String> names) {
        return Nearest.to(name, names)
                .map(meant -> Value.refusal(
                        name, given, "nothing: %s has no such parameter; did you mean %%s?".formatted(where), meant))
                .orElseGet(() -> Value.refusal(
                        name,
                        given,
                        "nothing: %s has no such parameter, but %s"
                                .formatted(
                                        where,
                                        String.join(
                                                ", ",
                                                names.stream().map(each -> "%s").toList())),
                        names.toArray(String[]::new)));
    }
}
