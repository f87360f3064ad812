package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.CertificateOrders;
import io.jenkins.plugins.iplb.api.FailoverIps;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

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

    /** The same whose writes are those of another run. */
    public Changes by(OvhSession other) {
        return new Changes(other, snapshot);
    }

    /** Reads side by side what the plans of all of these begin with. */
    public void readAhead(Collection<? extends Change> all) {
        new ReadAhead(snapshot).of(all);
    }

    /** Reads, and writes nothing. */
    public Plan plan(Change change) {
        Plan plan = planned(change);
        check(change, plan);
        return plan;
    }

    /** The same of a change that others follow: whether it can be shows when all of them are rehearsed. */
    public Plan planned(Change change) {
        return change.plan(reader(change));
    }

    /** Refuses what cannot be beside what else is there. */
    public void check(Change change, Plan plan) {
        change.check(reader(change), plan);
    }

    private Reader reader(Change change) {
        return new Reader(snapshot, ips, new CertificateOrders(ovh, change.service()));
    }

    /** What the change is warned of, by what has been read for its plan. */
    public List<String> warnings(Change change, Plan plan) {
        return change.warnings(reader(change), plan);
    }

    /**
     * Where servers are found.
     *
     * @param url by address and port; the port is null where neither the server nor its farm has one
     * @return by the servers, as people know them
     */
    public Map<String, URI> places(ServersOfFarm some, BiFunction<String, Integer, URI> url) {
        return some.places(new Reader(snapshot, ips, new CertificateOrders(ovh, some.service())), url);
    }

    /** A farm of a load balancer with its servers. */
    public FarmAndServers farm(String service, Protocol protocol, Reference farm) {
        Farm found = new Reader(snapshot, ips, new CertificateOrders(ovh, service)).farm(protocol, farm);
        return new FarmAndServers(found, snapshot.servers(protocol, found.farmId()));
    }

    /** What collections hold beside what is named. */
    public List<Change> removals(Others others) {
        return others.removals(new Reader(snapshot, ips, new CertificateOrders(ovh, others.service())));
    }

    /** As {@link Snapshot#known}. */
    public Optional<Named> known(Protocol protocol, String kind, long id) {
        return snapshot.known(protocol, kind, id);
    }

    /** Plans what comes after as if this plan had been carried out. */
    public void rehearse(Plan plan, IdsToCome ids) {
        CreatedIds created = CreatedIds.NONE;
        for (PlannedStep step : plan.steps()) {
            ApiCall call = step.call().apply(created);
            Optional<Long> id = step.creates().map(ids::expect);
            if (id.isPresent()) {
                created = created.with(step.creates().get(), id.get());
            }
            snapshot.rehearse(call, id);
        }
    }

    /** What carries a plan out. @param change that it is of */
    public Execution execution(Change change, Plan plan) {
        return execution(change, plan, new IdsToCome(), snapshot::learn);
    }

    /** The same of a rehearsed plan. @param ids of what the plans before it have made; gets those that it makes */
    public Execution execution(Change change, Plan plan, IdsToCome ids) {
        return execution(change, plan, ids, (call, made) -> {});
    }

    private Execution execution(Change change, Plan plan, IdsToCome ids, BiConsumer<ApiCall, Optional<Long>> sent) {
        return new Execution(ovh, plan, ids, now -> new Changes(ovh, now).planned(change), sent);
    }
}
