package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.CertificateOrders;
import io.jenkins.plugins.iplb.api.FailoverIps;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.List;

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
        return change.plan(reader(change));
    }

    private Reader reader(Change change) {
        return new Reader(snapshot, ips, new CertificateOrders(ovh, change.service()));
    }

    /** What the change is warned of, by what has been read for its plan. */
    public List<String> warnings(Change change, Plan plan) {
        return change.warnings(reader(change), plan);
    }

    /**
     * Carries out the steps of the plan, one after the other, each of them once.
     *
     * @return the result of the plan with the ids of what was made
     */
    public ObjectNode apply(Plan plan) {
        CreatedIds created = CreatedIds.NONE;
        for (PlannedStep step : plan.steps()) {
            ApiCall call = step.call().apply(created);
            created = send(step, call, created);
            snapshot.forget(call);
        }
        return plan.result().apply(created);
    }

    private CreatedIds send(PlannedStep step, ApiCall call, CreatedIds created) {
        if (step.creates().isPresent()) {
            NewId id = step.creates().get();
            return created.with(id, id.create(ovh, call));
        }
        ovh.send(call);
        return created;
    }
}
