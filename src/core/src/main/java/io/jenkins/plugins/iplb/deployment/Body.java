package io.jenkins.plugins.iplb.deployment;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What is done between the steps of a deployment. It may be run again for what it was run for already, after a crash. */
@FunctionalInterface
public interface Body {
    Body NOTHING = environment -> CompletableFuture.completedFuture(null);

    /**
     * Begins it.
     *
     * @param environment what it is to know, as variables
     * @return completes when it is done, or with what went wrong; no thread is held until then
     */
    CompletableFuture<Void> run(Map<String, String> environment);
}
