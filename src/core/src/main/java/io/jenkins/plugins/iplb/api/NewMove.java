package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.Optional;
import java.util.Set;

/**
 * A move of a block of addresses that is to be started. When the answer is lost, its task is told by looking: it was not
 * there before, and it goes where it was to go.
 *
 * @param to the service that the block is to be routed to; null for none: parked
 * @param existing the ids of the moves that were there before
 */
public record NewMove(IpBlock ip, String to, Set<Long> existing) {

    public ApiCall post() {
        ApiCall call = to == null
                ? ApiCall.post(Fields.none(), "ip", ip, "park")
                : ApiCall.post(Fields.none().with("to", to), "ip", ip, "move");
        return call.startsTask("taskId");
    }

    /** Starts it, once. @return the id of its task */
    public long start(OvhSession ovh) {
        return ovh.sendOnce(
                post(),
                reply -> Optional.of(reply.body().path("taskId"))
                        .filter(id -> id.isIntegralNumber())
                        .map(id -> id.longValue()),
                () -> new FailoverIps(ovh)
                        .moves(ip).stream()
                                .filter(task -> !existing.contains(task.taskId()))
                                .filter(task -> task.goesTo(to))
                                .map(IpTask::taskId)
                                .findFirst());
    }
}
