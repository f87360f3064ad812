package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import java.util.Set;

/**
 * One call that a plan makes. In its path, <code>{routeId}</code> stands for the id of a route that an earlier call of
 * the plan makes.
 */
public sealed interface Write {

    ApiCall call();

    /** Changes or removes something that is there. */
    record Alter(ApiCall call) implements Write {}

    /**
     * Makes something.
     *
     * @param idName the property of the answer that holds its id
     * @param resultName where the id goes in the result of the plan: a value, or one more in a list
     * @param existing the ids that were there before
     */
    record Make(ApiCall call, String idName, String resultName, Set<Long> existing) implements Write {}

    /** Moves a block of addresses. */
    record Move(ApiCall call, MoveFailover change, Set<Long> knownTasks) implements Write {}
}
