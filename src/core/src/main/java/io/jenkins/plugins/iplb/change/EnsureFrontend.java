package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A frontend. It is the same frontend when it has the same name, if one is given, or else the same port and zone. What
 * is not mentioned is left as it is.
 *
 * @param port a port (1 to 49151), an increasing range such as {@code 6000-6010}, or a comma-separated list of both
 * @param zone a zone of the service, or {@code all}
 * @param name null for none
 * @param defaultFarm empty when not mentioned
 * @param ssl empty when not mentioned; http and tcp only
 * @param ips the failover IPs it listens on only; empty when not mentioned
 */
public record EnsureFrontend(
        String service,
        Protocol protocol,
        String port,
        String zone,
        String name,
        Optional<Reference> defaultFarm,
        Optional<Boolean> ssl,
        Optional<List<IpBlock>> ips)
        implements Change {

    public EnsureFrontend {
        service = ServiceName.parse(service);
        port = Ports.check(port);
        Checks.name(name);
        if (zone == null || zone.isBlank()) {
            throw new InvalidInput("zone", zone, "all, or a zone of the load balancer");
        }
        if (protocol == Protocol.UDP && ssl.isPresent()) {
            throw new InvalidInput("ssl", ssl.get(), "nothing: udp frontends have no ssl");
        }
        ips = ips.map(blocks -> blocks.stream().distinct().toList());
    }

    @Override
    public String operation() {
        return "ensure-frontend";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("port", port)
                .with("zone", zone)
                .with("name", name)
                .withPresent("farm", defaultFarm.map(Reference::text))
                .withPresent("ssl", ssl)
                .withPresent("ips", ips);
    }

    @Override
    public Plan plan(Reader reader) {
        List<Frontend> all = reader.lb().frontends(protocol);
        String wantedZone = reader.zone(zone);
        Frontend found = find(all, wantedZone);
        Fields fields = differing(found, wantedZone, reader);
        ServiceCalls calls = new ServiceCalls(service);
        if (found == null) {
            Write make = new Write.Make(
                    calls.createFrontend(protocol, fields),
                    "frontendId",
                    "frontendId",
                    all.stream().map(Frontend::frontendId).collect(Collectors.toSet()));
            return new Plan(
                    NullNode.instance,
                    fields.json(),
                    List.of(make),
                    Fields.none().json());
        }
        ObjectNode result = Fields.none().with("frontendId", found.frontendId()).json();
        ObjectNode before = view(found);
        ObjectNode after = before.deepCopy().setAll(fields.json());
        List<Write> writes = fields.isEmpty()
                ? List.of()
                : List.of(new Write.Alter(calls.updateFrontend(protocol, found.frontendId(), fields)));
        return new Plan(before, after, writes, result);
    }

    private Frontend find(List<Frontend> all, String wantedZone) {
        List<Frontend> same = all.stream()
                .filter(each -> name != null
                        ? name.equals(each.displayName())
                        : port.equals(each.port()) && wantedZone.equals(each.zone()))
                .toList();
        return same.isEmpty() ? null : Reader.only("frontend", name == null ? port : name, same);
    }

    /** What is wanted and not so yet; of a frontend that is not there, all that is wanted. */
    private Fields differing(Frontend found, String wantedZone, Reader reader) {
        Fields fields = Fields.none();
        if (found == null || !port.equals(found.port())) {
            fields = fields.with("port", port);
        }
        if (found == null || !wantedZone.equals(found.zone())) {
            fields = fields.with("zone", wantedZone);
        }
        if (name != null && (found == null || !name.equals(found.displayName()))) {
            fields = fields.with("displayName", name);
        }
        if (defaultFarm.isPresent()) {
            long farmId = reader.farm(protocol, defaultFarm.get()).farmId();
            if (found == null || found.defaultFarmId() == null || found.defaultFarmId() != farmId) {
                fields = fields.with("defaultFarmId", farmId);
            }
        }
        if (ssl.isPresent() && (found == null || found.ssl() != ssl.get())) {
            fields = fields.with("ssl", ssl.get());
        }
        if (ips.isPresent() && (found == null || !Addresses.same(found.dedicatedIpfo(), ips.get()))) {
            reader.mustHave(ips.get());
            fields = fields.with("dedicatedIpfo", ips.get().isEmpty() ? null : ips.get());
        }
        return fields;
    }

    private static ObjectNode view(Frontend frontend) {
        return Fields.none()
                .with("frontendId", frontend.frontendId())
                .with("port", frontend.port())
                .with("zone", frontend.zone())
                .with("displayName", frontend.displayName())
                .with("defaultFarmId", frontend.defaultFarmId())
                .with("ssl", frontend.ssl())
                .with("dedicatedIpfo", frontend.dedicatedIpfo().isEmpty() ? null : frontend.dedicatedIpfo())
                .json();
    }
}
