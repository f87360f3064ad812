package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call of a plan.
 *
 * @param call the call, by the ids that earlier steps have made
 * @param uses which of them it needs
 * @param creates the id that it makes; empty for a call that changes or removes something
 */
public record PlannedStep(Function<CreatedIds, ApiCall> call, Set<NewId> uses, Optional<NewId> creates) {

    public PlannedStep {
        uses = Set.copyOf(uses);
    }

    /** A call that is known as a whole. */
    static PlannedStep of(ApiCall call) {
        return of(created -> call);
    }

    /** @param named the objects that the call names, those included that an earlier step makes */
    static PlannedStep of(Function<CreatedIds, ApiCall> call, ObjectId... named) {
        Set<NewId> uses = Stream.of(named)
                .filter(NewId.class::isInstance)
                .map(NewId.class::cast)
                .collect(Collectors.toSet());
        return new PlannedStep(call, uses, Optional.empty());
    }

    /** The same, of a call that makes something. */
    PlannedStep creating(NewId id) {
        return new PlannedStep(call, uses, Optional.of(id));
    }

    /** The call as far as it is known before any step is carried out: empty when it needs what an earlier one makes. */
    Optional<ApiCall> knownCall() {
        return uses.isEmpty() ? Optional.of(call.apply(CreatedIds.NONE)) : Optional.empty();
    }
}
