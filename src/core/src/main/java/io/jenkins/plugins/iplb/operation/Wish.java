package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Optional;

/**
 * One change of a whole configuration, as it was asked for.
 *
 * @param change what is wanted
 * @param where it was asked for, for messages: {@code iplb.yaml:12:5}
 * @param left how its object must be for it to be carried out; empty for however it is
 * @param lead the farm that it must lead to, where a name alone may not tell it; empty for the one that is said
 */
public record Wish(Change change, String where, Optional<RecordedState> left, Optional<RecordedLead> lead) {

    /**
     * What it takes: one change, or those of a rotation.
     *
     * @param type of the catalogue
     * @param given its arguments
     * @throws InvalidInput for arguments that cannot be meant
     */
    public static List<Wish> all(OperationType type, Fields given, String where) {
        Operation operation = type.operation(given);
        return operation instanceof Operation.Rotating rotating
                ? List.of(
                        of(rotating.rotation().adding(), where),
                        of(rotating.rotation().removing(), where))
                : List.of(of(((Operation.Changing) operation).change(), where));
    }

    /** One that is asked for by what it follows from. */
    static Wish of(Change change, String where) {
        return new Wish(change, where, Optional.empty(), Optional.empty());
    }

    /** The same, only if its object is as it was left. */
    Wish onlyIf(RecordedState expected) {
        return new Wish(change, where, Optional.of(expected), lead);
    }

    /** The same, only if it leads there. */
    Wish onlyTo(Optional<RecordedLead> farm) {
        return new Wish(change, where, left, farm);
    }
}
