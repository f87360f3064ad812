package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Destinations;
import io.jenkins.plugins.iplb.api.FailoverIp;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Nearest;
import io.jenkins.plugins.iplb.record.Effect;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a failover IP is routed: to a load balancer, or away from one (OVH's guide "Router une IP Failover").
 *
 * @param ip the whole block: OVH moves no part of one
 * @param to the service it is to be routed to
 */
public record MoveFailover(IpBlock ip, String to) implements Rerouting {
    private static final int MOST_NAMED = 5;

    public MoveFailover {
        if (to == null || to.isBlank()) {
            throw new InvalidInput("to", to, "the name of the service that gets the address");
        }
        to = to.strip();
    }

    @Override
    public String operation() {
        return "move-failover";
    }

    @Override
    public String service() {
        return to;
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("ip", ip).with("to", to);
    }

    @Override
    public Effect effect() {
        return Effect.MOVED;
    }

    @Override
    public void check(FailoverIp found, Reader reader) {
        Destinations destinations = reader.ips().destinations(ip);
        List<String> services = destinations.services();
        if (!services.contains(to)) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s cannot be moved to %s; OVH allows: %s%s"
                            .formatted(ip, to, allowed(destinations, services), meant(services)));
        }
    }

    /** A few by their names, more by how many of each kind there are. */
    private static String allowed(Destinations destinations, List<String> services) {
        if (services.isEmpty()) {
            return "nothing";
        }
        return services.size() <= MOST_NAMED
                ? String.join(", ", services)
                : destinations.byKind().entrySet().stream()
                        .map(kind -> kind.getValue().size() + " " + kind.getKey())
                        .collect(Collectors.joining(", ", services.size() + " services (", ")"));
    }

    private String meant(List<String> services) {
        List<String> near = services.size() <= MOST_NAMED ? List.of() : Nearest.all(to, services, MOST_NAMED);
        return near.isEmpty() ? "" : ". Did you mean %s?".formatted(String.join(" or ", near));
    }

    /** Where it goes, somebody else loses it. */
    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        return plan.changes() && plan.before().hasNonNull(ROUTED_TO)
                ? List.of("%s loses %s".formatted(plan.before().path(ROUTED_TO).asText(), ip))
                : List.of();
    }
}
