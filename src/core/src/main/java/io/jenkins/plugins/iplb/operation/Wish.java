package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.Optional;

/**
 * One change of a whole configuration, as it was asked for.
 *
 * @param type of the catalogue: one that is a single change
 * @param given its arguments
 * @param change what they mean
 * @param where it was asked for, for messages: {@code iplb.yaml:12:5}
 * @param left how its object must be for it to be carried out; empty for however it is
 */
public record Wish(OperationType type, Fields given, Change change, String where, Optional<RecordedState> left) {

    /** @throws InvalidInput for arguments that cannot be meant */
    public static Wish of(OperationType type, Fields given, String where) {
        return new Wish(type, given, ((Operation.Changing) type.operation(given)).change(), where, Optional.empty());
    }

    /** A change that follows from others. @param where what it follows from */
    static Wish of(Change change, String where) {
        Fields given = change.wanted().with(OperationType.SERVICE, change.service());
        return new Wish(Catalogue.named(change.operation()), given, change, where, Optional.empty());
    }

    /** The same, only if its object is as it was left. */
    Wish onlyIf(RecordedState expected) {
        return new Wish(type, given, change, where, Optional.of(expected));
    }
}
