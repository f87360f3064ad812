package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * A valid operation that has yet to be started.
 *
 * @param wanted its parameters, as the record has them
 * @param start as the methods of {@link Operations}
 */
public record Operation(
        String name, String service, Fields wanted, BiFunction<Operations, Options, CompletableFuture<Report>> start) {

    /** To make a wish true. */
    public static Operation of(Change change) {
        return new Operation(
                change.operation(),
                change.service(),
                change.wanted(),
                (operations, options) -> operations.change(change, options));
    }

    /** To make what is staged live. */
    public static Operation of(RefreshRequest request) {
        return new Operation(
                RefreshRequest.OPERATION,
                request.service(),
                request.wanted(),
                (operations, options) -> operations.refresh(request, options));
    }

    /**
     * To look at what is there.
     *
     * @param servers whether the servers of the farms are wanted, as in {@link Operations#show}
     * @throws InvalidInput for what is no service name
     */
    public static Operation show(String service, boolean servers) {
        String name = ServiceName.parse(service);
        return new Operation(
                "show", name, Fields.none(), (operations, options) -> operations.show(name, servers, options));
    }
}
