package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * A valid wish, ready to be carried out.
 *
 * @param wanted its parameters, as the record has them
 */
record Wish(
        String operation,
        String service,
        Fields wanted,
        BiFunction<Operations, Options, CompletableFuture<Report>> start) {

    static Wish of(Change change) {
        return new Wish(
                change.operation(),
                change.service(),
                change.wanted(),
                (operations, options) -> operations.change(change, options));
    }

    static Wish of(RefreshRequest request) {
        return new Wish(
                RefreshRequest.OPERATION,
                request.service(),
                request.wanted(),
                (operations, options) -> operations.refresh(request, options));
    }
}
