package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.run.Run;
import java.util.concurrent.CompletableFuture;

/** What belongs to a change and comes after its calls, or would come. */
@FunctionalInterface
interface Sequel {
    /**
     * Begins it, or goes on with it.
     *
     * @param result of the change; gets what comes of this
     * @return completes when it is over, with whether it has made a difference of its own
     */
    CompletableFuture<Boolean> after(Run run, Plan plan, ObjectNode result);
}
