package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A private network of the vRack that the load balancer is in: the one of that id or name. One that is named and not there
 * is made. It stays in its subnet.
 *
 * @param fields subnet and natIp (needed to make it), vlan
 * @param farms those that are to be in it, and no others; empty to leave that as it is
 */
public record EnsureVrackNetwork(String service, Reference network, Fields fields, Optional<List<Reference>> farms)
        implements Change {
    /** What can be wished for of a network. */
    public static final Attributes FIELDS = Attributes.of(
            "vRack networks",
            Parameter.of("subnet", Values.BLOCK, "The block of the network; a new one needs it and stays there")
                    .attribute(),
            Parameter.of(
                            "natIp",
                            Values.BLOCK,
                            "The block within it from which the load balancer calls the servers; a new one needs it")
                    .attribute(),
            Parameter.of("vlan", Values.number(0, 4094), "Its VLAN; 0 for none")
                    .attribute()
                    .initially(0));

    public EnsureVrackNetwork {
        service = ServiceName.parse(service);
        fields = FIELDS.check(fields);
        if (network.id().isEmpty()) {
            Name.parse("network", network.text());
        }
    }

    @Override
    public String operation() {
        return "ensure-vrack-network";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("network", network.text())
                .and(fields)
                .withPresent(
                        "farms",
                        farms.map(all -> all.stream().map(Reference::text).toList()));
    }

    @Override
    public Plan plan(Reader reader) {
        if (!reader.lb().loadBalancer().inVrack()) {
            throw new IplbException(
                    FailureKind.REFUSED, "%s is in no vRack: attach it to one first".formatted(service));
        }
        List<VrackNetwork> all = reader.lb().vrackNetworks();
        Optional<VrackNetwork> found = Reader.find("vRack network", network, all);
        if (found.isEmpty() && network.id().isPresent()) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s has no vRack network with the id %s: there is %s"
                            .formatted(
                                    service,
                                    network,
                                    all.isEmpty()
                                            ? "none"
                                            : all.stream().map(Lines::object).collect(Collectors.joining(", "))));
        }
        Optional<List<VrackNetwork.Farm>> inside = farms.map(wanted -> wanted.stream()
                .map(farm -> VrackFarms.find(reader, farm))
                .distinct()
                .toList());
        return found.map(there -> alter(there, inside, reader)).orElseGet(() -> make(all, inside, reader));
    }

    private Plan make(List<VrackNetwork> all, Optional<List<VrackNetwork.Farm>> inside, Reader reader) {
        for (String needed : List.of("subnet", "natIp")) {
            if (fields.get(needed) == null) {
                throw new InvalidInput(
                        needed,
                        null,
                        "%s: there is no vRack network '%s' yet".formatted(Values.BLOCK.allowed(), network));
            }
        }
        Fields made = FIELDS.made(fields)
                .with("displayName", network.text())
                .withPresent("farmId", inside.map(EnsureVrackNetwork::ids));
        Lines lines = reader.lines(Protocol.HTTP);
        inside.ifPresent(farms -> lines.line("farms", null, VrackFarms.said(reader, farms)));
        return Plan.making(
                Subjects.of(Kind.VRACK_NETWORK, network),
                lines,
                FIELDS,
                reader.calls().createVrackNetwork(made),
                "vrackNetworkId",
                Plan.newObject(
                        "vrackNetworkId",
                        Plan.ids(all),
                        other -> Reader.find("vRack network", network, List.of(other))
                                .isPresent()),
                Fields.none().json());
    }

    private Plan alter(VrackNetwork there, Optional<List<VrackNetwork.Farm>> inside, Reader reader) {
        ObjectNode before = Plan.json(there);
        Fields lacking = FIELDS.differing(fields, before);
        JsonNode subnet = lacking.get("subnet");
        if (subnet != null) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "vRack network %s stays in its subnet: make another one for %s".formatted(there, subnet.asText()));
        }
        ServiceCalls calls = reader.calls();
        List<PlannedStep> steps = new ArrayList<>();
        ObjectNode after = before.deepCopy().setAll(lacking.json());
        if (!lacking.isEmpty()) {
            steps.add(PlannedStep.of(calls.updateVrackNetwork(there.id(), lacking)));
        }
        Lines lines = reader.lines(Protocol.HTTP).attributes(FIELDS, before, after);
        if (inside.isPresent() && !new HashSet<>(inside.get()).equals(new HashSet<>(there.farms()))) {
            steps.add(PlannedStep.of(calls.updateFarmsOfVrackNetwork(there.id(), ids(inside.get()))));
            lines.line("farms", VrackFarms.said(reader, there.farms()), VrackFarms.said(reader, inside.get()));
            after.set("farmId", Fields.none().with("farms", inside.get()).get("farms"));
        }
        return new Plan(
                new About(Effect.CHANGED, Subjects.of(Kind.VRACK_NETWORK, there)),
                lines,
                before,
                after,
                steps,
                Fields.none().with("vrackNetworkId", there.id()).json());
    }

    private static List<Long> ids(List<VrackNetwork.Farm> farms) {
        return farms.stream().map(VrackNetwork.Farm::id).toList();
    }
}
