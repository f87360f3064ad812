package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.FailoverIps;
import io.jenkins.plugins.iplb.api.IpTask;
import io.jenkins.plugins.iplb.api.NewObject;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.Optional;

/** Plans changes and carries plans out. */
public final class Changes {
    private final OvhSession ovh;
    private final Snapshot snapshot;
    private final FailoverIps ips;

    /** @param snapshot shared by the changes of one run */
    public Changes(OvhSession ovh, Snapshot snapshot) {
        this.ovh = ovh;
        this.snapshot = snapshot;
        this.ips = new FailoverIps(ovh);
    }

    /** Reads, and writes nothing. */
    public Plan plan(Change change) {
        return change.plan(new Reader(snapshot, ips));
    }

    /**
     * Makes the calls of the plan, one after the other, each of them once.
     *
     * @return the result of the plan with the ids of what was made
     */
    public ObjectNode apply(Plan plan) {
        ObjectNode result = plan.result().deepCopy();
        for (Write write : plan.writes()) {
            ApiCall call = resolved(write.call(), result);
            if (write instanceof Write.Make make) {
                long id = new NewObject(call, make.idName(), make.existing()).create(ovh);
                add(result, make.resultName(), id);
            } else if (write instanceof Write.Move move) {
                result.put("taskId", move(call, move));
            } else {
                ovh.send(call);
            }
            snapshot.forget(call);
        }
        return result;
    }

    private long move(ApiCall call, Write.Move move) {
        return ovh.sendOnce(
                call,
                reply -> Optional.of(reply.body().path("taskId"))
                        .filter(id -> id.isIntegralNumber())
                        .map(id -> id.longValue()),
                () -> ips.moves(move.change().ip()).stream()
                        .filter(task -> !move.knownTasks().contains(task.taskId()))
                        .filter(task -> task.goesTo(move.change().to()))
                        .map(IpTask::taskId)
                        .findFirst());
    }

    private static ApiCall resolved(ApiCall call, ObjectNode result) {
        return call.path(call.path().stream()
                .map(segment ->
                        segment.equals("{routeId}") ? result.path("routeId").asText() : segment)
                .toList());
    }

    private static void add(ObjectNode result, String name, long id) {
        if (result.get(name) instanceof ArrayNode list) {
            list.add(id);
        } else {
            // First: what is made later belongs to it.
            ObjectNode others = result.deepCopy();
            result.removeAll().put(name, id).setAll(others);
        }
    }
}
