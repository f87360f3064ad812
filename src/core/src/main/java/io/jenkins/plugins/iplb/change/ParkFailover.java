package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.FailoverIp;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Effect;

/**
 * A failover IP that is to be routed to no service any more: parked. It is taken from the load balancer that has it, and
 * from no other service: what it is there for is not known here.
 *
 * @param service the load balancer
 * @param ip the whole block: OVH parks no part of one
 */
public record ParkFailover(String service, IpBlock ip) implements Rerouting {

    public ParkFailover {
        service = ServiceName.parse(service);
    }

    @Override
    public String operation() {
        return "park-failover";
    }

    @Override
    public String to() {
        return null;
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("ip", ip);
    }

    @Override
    public Effect effect() {
        return Effect.REMOVED;
    }

    @Override
    public void check(FailoverIp found, Reader reader) {
        if (!service.equals(found.service())) {
            throw new IplbException(
                    FailureKind.REFUSED, "%s is routed to %s, not to %s".formatted(ip, found.service(), service));
        }
    }
}
