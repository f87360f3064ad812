package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A farm. One that is named and not there is made; one that is given by its id must be there. What is not mentioned is
 * left as it is, and null resets it.
 *
 * @param fields zone (needed to make it, and fixed then), port, vrackNetworkId; http and tcp: balance, stickiness,
 *     probe; of a farm that is given by its id also name
 */
public record EnsureFarm(String service, Protocol protocol, Reference farm, Fields fields) implements Change {
    private static final Attribute NAME = Attribute.always("name", Values.NAME).as("displayName");
    private static final Attribute ZONE = Attribute.always("zone", Values.ZONE);
    private static final Attribute VRACK = Attribute.orNull("vrackNetworkId", Values.ID);

    private static final Attributes UDP =
            Attributes.of("udp farms", NAME, ZONE, Attribute.always("port", Values.PORT), VRACK);
    private static final Attributes TCP = balanced(Protocol.TCP, List.of("first", "leastconn", "roundrobin", "source"));
    private static final Attributes HTTP =
            balanced(Protocol.HTTP, List.of("first", "leastconn", "roundrobin", "source", "uri"));

    private static final Map<Protocol, Attributes> ATTRIBUTES =
            Map.of(Protocol.HTTP, HTTP, Protocol.TCP, TCP, Protocol.UDP, UDP);

    public EnsureFarm {
        service = ServiceName.parse(service);
        fields = ATTRIBUTES.get(protocol).check(fields);
        if (farm.id().isEmpty()) {
            Checks.name(farm.text());
            if (fields.get("name") != null) {
                throw Values.refusal(
                        "name", fields.get("name"), "nothing, unless the farm is given by its id: then it is renamed");
            }
        }
    }

    private static Attributes balanced(Protocol protocol, List<String> ways) {
        return Attributes.of(
                protocol.code() + " farms",
                NAME,
                ZONE,
                Attribute.orNull("port", Values.PORT),
                VRACK,
                Attribute.orNull("balance", Values.oneOf(protocol, ways), "roundrobin"),
                Attribute.orNull("stickiness", Values.oneOf(protocol, SetStickiness.modes(protocol))),
                Attribute.orNull("probe", new Probe()));
    }

    @Override
    public String operation() {
        return "ensure-farm";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("farm", farm.text())
                .and(fields);
    }

    @Override
    public Plan plan(Reader reader) {
        List<Farm> all = farm.id().isPresent()
                ? List.of(reader.farm(protocol, farm))
                : reader.lb().farms(protocol);
        ServiceCalls calls = new ServiceCalls(service);
        return Reader.find("farm", farm, all)
                .map(found -> {
                    Fields lacking = lacking(found, reader);
                    return Plan.altering(
                            found,
                            lacking,
                            calls.updateFarm(protocol, found.farmId(), lacking),
                            Fields.none().with("farmId", found.farmId()).json());
                })
                .orElseGet(() -> Plan.making(
                        calls.createFarm(protocol, all(reader)),
                        "farmId",
                        all,
                        Fields.none().json()));
    }

    /** Of a farm that is to be made. */
    private Fields all(Reader reader) {
        if (fields.get("zone") == null) {
            throw new InvalidInput(
                    "zone", null, "%s: there is no %s farm '%s' yet".formatted(reader.zones(), protocol.code(), farm));
        }
        String zone = reader.zone(fields.get("zone").textValue());
        if (protocol == Protocol.UDP && fields.get("port") == null) {
            throw new InvalidInput("port", null, "a port from 1 to %d: udp farms need one".formatted(Ports.LAST));
        }
        if (fields.get("vrackNetworkId") == null && reader.lb().loadBalancer().inVrack()) {
            throw new InvalidInput("vrackNetworkId", null, networks(reader) + ", because it is in a vRack");
        }
        Fields made = ATTRIBUTES.get(protocol).made(fields.with("zone", zone).with("name", farm.text()));
        check(made, reader);
        return made;
    }

    private Fields lacking(Farm found, Reader reader) {
        Fields lacking = ATTRIBUTES.get(protocol).differing(fields, Plan.json(found));
        if (lacking.get("zone") != null) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s farm %d is in zone %s, and a farm stays where it was made: make another one for %s"
                            .formatted(
                                    protocol.code(),
                                    found.farmId(),
                                    found.zone(),
                                    lacking.get("zone").asText()));
        }
        check(lacking, reader);
        return lacking;
    }

    private void check(Fields sent, Reader reader) {
        if (sent.get("probe") != null) {
            Probe.check(sent.get("probe"));
        }
        JsonNode network = sent.get("vrackNetworkId");
        if (network != null
                && !network.isNull()
                && reader.lb().vrackNetworks().stream()
                        .noneMatch(each -> each.vrackNetworkId() == network.longValue())) {
            throw Values.refusal("vrackNetworkId", network, networks(reader));
        }
    }

    private String networks(Reader reader) {
        List<VrackNetwork> networks = reader.lb().vrackNetworks();
        return networks.isEmpty()
                ? "nothing: %s has no vRack network".formatted(service)
                : "the id of a vRack network of %s: %s"
                        .formatted(
                                service,
                                networks.stream()
                                        .map(each -> Long.toString(each.vrackNetworkId()))
                                        .collect(Collectors.joining(", ")));
    }
}
