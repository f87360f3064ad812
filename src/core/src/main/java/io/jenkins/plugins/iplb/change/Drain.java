package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * Some servers of a farm take no part. They are made inactive; a weight of 0 would leave them the clients with a cookie or an
 * open connection (seen with HAProxy 2.6.12, 3.0.11 and 3.2.26).
 *
 * @param keep how many of the farm must go on taking part, at least
 */
public record Drain(ServersOfFarm of, int keep) implements Change {
    public static final String OPERATION = "drain";

    /** What a server has that takes no part. */
    private static final String OUT = "inactive";

    /** All but the last one may go. */
    public Drain(ServersOfFarm of) {
        this(of, 1);
    }

    @Override
    public String operation() {
        return OPERATION;
    }

    @Override
    public String service() {
        return of.service();
    }

    @Override
    public Fields wanted() {
        return of.wanted();
    }

    @Override
    public Plan plan(Reader reader) {
        Plan plan = of.plan(reader, OUT);
        if (plan.changes()) {
            mustLeaveEnough(reader);
        }
        return plan;
    }

    private void mustLeaveEnough(Reader reader) {
        Farm inside = of.farm(reader);
        List<Server> all = reader.lb().servers(of.protocol(), inside.farmId());
        List<Server> out = of.among(inside, all);
        List<Server> left = all.stream()
                .filter(Server::takesPart)
                .filter(each -> !out.contains(each))
                .toList();
        List<Server> up = left.stream().filter(Server::isUp).toList();
        if (up.size() < keep && out.stream().anyMatch(Server::takesPart)) {
            List<Server> down = left.stream().filter(each -> !up.contains(each)).toList();
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s would be left with %s, and at least %d must stay: %s would go%s"
                            .formatted(
                                    Reader.said(of.protocol(), "farm", inside),
                                    up.isEmpty() ? "no server" : ServersOfFarm.listed(up),
                                    keep,
                                    ServersOfFarm.listed(out),
                                    down.isEmpty()
                                            ? ""
                                            : ", and OVH says of others that they are down: "
                                                    + ServersOfFarm.listed(down)));
        }
    }

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        Farm inside = of.farm(reader);
        List<String> warnings = new ArrayList<>(SourceHash.ofServers(of.protocol(), inside, plan));
        if (plan.changes() && "sourceIp".equals(inside.stickiness())) {
            warnings.add(
                    "%s keeps its clients by their addresses, which a refresh forgets: clients of its other servers may move, too"
                            .formatted(Reader.said(of.protocol(), "farm", inside)));
        }
        return warnings;
    }
}
