package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.FarmProbe;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A farm: the one of that id, or of that name, in that zone if one is given. One that is named and not there is made; one
 * that is given by its id must be there. What is not mentioned is left as it is, and null resets it.
 *
 * @param fields zone (needed to make it, and fixed then), port, vrackNetworkId; http and tcp: balance, stickiness,
 *     probe; of a farm that is given by its id also name
 */
public record EnsureFarm(String service, Protocol protocol, Reference farm, Fields fields) implements Change {
    /** What can be wished for of a farm. */
    public static final Attributes FIELDS = Attributes.of(
            "farms",
            Parameter.of("name", Values.NAME, "Its new name, when it is given by its id")
                    .attribute()
                    .as("displayName"),
            Parameter.of(
                            "zone",
                            Values.ZONE,
                            "A zone of the load balancer, or all; a new farm needs one and stays there")
                    .from(LiveList.ZONES)
                    .attribute(),
            Parameter.of("port", Values.PORT, "The port of its servers; none: the frontend's, but not for udp")
                    .orNone(Set.of(Protocol.HTTP, Protocol.TCP))
                    .attribute(),
            Parameter.of(
                            "balance",
                            Values.oneOf("first", "leastconn", "roundrobin", "source", "uri")
                                    .only(Protocol.HTTP, "uri"),
                            "How requests are shared out")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute()
                    .initially("roundrobin"),
            Parameter.of(
                            "stickiness",
                            Values.oneOf("cookie", "sourceIp").only(Protocol.HTTP, "cookie"),
                            "How the requests of one session stay on one server")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of(
                            "probe",
                            new Probe(),
                            "How it looks after its servers, such as '{\"type\":\"http\",\"url\":\"/health\"}'")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of("vrackNetworkId", Values.NETWORK_OF_VRACK, "Its network of the vRack")
                    .orNone()
                    .from(LiveList.VRACK_NETWORKS)
                    .attribute());

    public EnsureFarm {
        service = ServiceName.parse(service);
        fields = FIELDS.on(protocol).check(fields);
        if (farm.id().isEmpty()) {
            Name.parse("farm", farm.text());
            if (fields.get("name") != null) {
                throw Value.refusal(
                        "name", fields.get("name"), "nothing, unless the farm is given by its id: then it is renamed");
            }
        }
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
        return existing(all)
                .map(found -> {
                    Fields lacking = lacking(found, reader);
                    return Plan.altering(
                            Subjects.of(Kind.FARM, found),
                            reader.lines(protocol),
                            FIELDS,
                            found,
                            lacking,
                            calls.updateFarm(protocol, found.farmId(), lacking),
                            Fields.none().with("farmId", found.farmId()).json());
                })
                .orElseGet(() -> Plan.making(
                        Subjects.of(Kind.FARM, farm),
                        reader.lines(protocol),
                        FIELDS,
                        calls.createFarm(protocol, all(reader)),
                        "farmId",
                        Plan.newObject(
                                "farmId",
                                Plan.ids(all),
                                other -> existing(List.of((Farm) other)).isPresent()),
                        Fields.none().json()));
    }

    /** The fields, with the id of its network. */
    private Fields meant(Reader reader) {
        JsonNode network = fields.get("vrackNetworkId");
        return network == null || !network.isTextual() ? fields : fields.with("vrackNetworkId", id(network, reader));
    }

    /** Of the network of that subnet, VLAN or name. */
    private long id(JsonNode network, Reader reader) {
        String meant = network.textValue();
        List<VrackNetwork> found = reader.lb().vrackNetworks().stream()
                .filter(each -> each.isCalled(meant))
                .toList();
        if (found.size() != 1) {
            throw Value.refusal("vrackNetworkId", network, networks(reader));
        }
        return found.get(0).vrackNetworkId();
    }

    private Optional<Farm> existing(List<Farm> all) {
        Optional<String> zone = Optional.ofNullable(fields.get("zone"))
                .filter(given -> farm.id().isEmpty())
                .map(JsonNode::textValue);
        return Reader.find("farm", farm.in(zone), all);
    }

    /** Of a farm that is to be made. */
    private Fields all(Reader reader) {
        if (fields.get("zone") == null) {
            String nearest = Reader.nearest(farm.text(), reader.lb().farms(protocol));
            throw new InvalidInput(
                    "zone",
                    null,
                    "%s: there is no %s farm '%s' yet%s".formatted(reader.zones(), protocol.code(), farm, nearest));
        }
        String zone = reader.zone(fields.get("zone").textValue());
        if (protocol == Protocol.UDP && fields.get("port") == null) {
            throw new InvalidInput("port", null, "%s: udp farms need one".formatted(Values.PORT.allowed()));
        }
        if (fields.get("vrackNetworkId") == null && reader.lb().loadBalancer().inVrack()) {
            throw new InvalidInput("vrackNetworkId", null, networks(reader) + ", because it is in a vRack");
        }
        Fields made = FIELDS.on(protocol).made(meant(reader).with("zone", zone).with("name", farm.text()));
        check(made, reader);
        return made;
    }

    private Fields lacking(Farm found, Reader reader) {
        Fields lacking = FIELDS.on(protocol).differing(meant(reader), Plan.json(found));
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
        JsonNode probe = sent.get("probe");
        if (probe != null) {
            Probe.check(probe);
        }
        if (probe != null && !probe.isNull()) {
            mustBeOffered(probe, reader.lb().farmProbes());
        }
        JsonNode network = sent.get("vrackNetworkId");
        if (network != null
                && !network.isNull()
                && reader.lb().vrackNetworks().stream()
                        .noneMatch(each -> each.vrackNetworkId() == network.longValue())) {
            throw Value.refusal("vrackNetworkId", network, networks(reader));
        }
    }

    /** The load balancer says itself which probes it has. */
    private static void mustBeOffered(JsonNode probe, List<FarmProbe> offers) {
        String type = probe.path("type").asText("tcp");
        FarmProbe offer = offers.stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow(() -> Value.refusal(
                        "probe.type",
                        probe.path("type"),
                        "what the load balancer offers: "
                                + offers.stream().map(FarmProbe::type).collect(Collectors.joining(", "))));
        mustBeOffered(probe, "match", type, offer.matches());
        mustBeOffered(probe, "method", type, offer.method());
        if (probe.path("negate").asBoolean()) {
            mustBeOffered(probe, "match", type + " and negate", offer.negatableMatches());
        }
    }

    private static void mustBeOffered(JsonNode probe, String field, String what, List<String> offered) {
        JsonNode value = probe.path(field);
        if (value.isTextual() && !offered.contains(value.textValue())) {
            throw Value.refusal(
                    "probe." + field,
                    value,
                    "for %s %s"
                            .formatted(what, offered.isEmpty() ? "nothing" : "one of " + String.join(", ", offered)));
        }
    }

    private String networks(Reader reader) {
        List<VrackNetwork> networks = reader.lb().vrackNetworks();
        return networks.isEmpty()
                ? "nothing: %s has no vRack network".formatted(service)
                : "a vRack network of %s: %s"
                        .formatted(
                                service,
                                networks.stream().map(VrackNetwork::toString).collect(Collectors.joining(", ")));
    }
}
