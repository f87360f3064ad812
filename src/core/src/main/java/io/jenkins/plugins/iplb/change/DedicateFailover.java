package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Addresses;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;

/**
 * The failover IPs that a frontend listens on, and no other address (OVH's guide "Router une IP Failover").
 *
 * @param ips a set; empty for all addresses of the load balancer
 */
public record DedicateFailover(String service, Protocol protocol, Reference frontend, List<IpBlock> ips)
        implements Change {

    public DedicateFailover {
        service = ServiceName.parse(service);
        ips = ips.stream().distinct().toList();
    }

    @Override
    public String operation() {
        return "dedicate-failover";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("frontend", frontend.text())
                .withPresent("zone", frontend.zone())
                .with("ips", ips);
    }

    @Override
    public Plan plan(Reader reader) {
        Frontend found = reader.frontend(protocol, frontend);
        ObjectNode result = Fields.none()
                .with("frontendId", found.frontendId())
                .with("ips", ips)
                .json();
        Fields lacking = Fields.none();
        if (!Addresses.same(found.dedicatedIpfo(), ips)) {
            reader.mustHave(ips);
            lacking = lacking.with("dedicatedIpfo", ips.isEmpty() ? null : ips);
        }
        return Plan.altering(
                Subject.of(Kind.FAILOVER_IPS, null).in(Subjects.of(Kind.FRONTEND, found)),
                reader.lines(protocol),
                EnsureFrontend.FIELDS,
                found,
                lacking,
                new ServiceCalls(service).updateFrontend(protocol, found.frontendId(), lacking),
                result);
    }

    @Override
    public void check(Reader reader, Plan plan) {
        SharedPorts.refuse(reader, protocol, reader.frontend(protocol, frontend).frontendId(), plan);
    }
}
