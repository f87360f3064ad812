package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.List;

/** A private network that is to be there no more; no farm may be in it. */
public record RemoveVrackNetwork(String service, Reference network) implements Change {

    public RemoveVrackNetwork {
        service = ServiceName.parse(service);
    }

    @Override
    public String operation() {
        return "remove-vrack-network";
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("network", network.text());
    }

    @Override
    public Plan plan(Reader reader) {
        Lines lines = reader.lines(Protocol.HTTP);
        return Reader.find("vRack network", network, reader.lb().vrackNetworks())
                .map(found -> {
                    mustBeUnused(found, reader);
                    return new Plan(
                            new About(Effect.REMOVED, Subjects.of(Kind.VRACK_NETWORK, found)),
                            lines.attributes(EnsureVrackNetwork.FIELDS, Plan.json(found), NullNode.instance),
                            Plan.json(found),
                            NullNode.instance,
                            List.of(PlannedStep.of(reader.calls().deleteVrackNetwork(found.id()))),
                            Fields.none().with("vrackNetworkId", found.id()).json());
                })
                .orElseGet(() -> new Plan(
                        new About(Effect.REMOVED, Subjects.of(Kind.VRACK_NETWORK, network)),
                        lines,
                        NullNode.instance,
                        NullNode.instance,
                        List.of(),
                        Fields.none().json()));
    }

    private static void mustBeUnused(VrackNetwork found, Reader reader) {
        if (!found.farms().isEmpty()) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "vRack network %s is in use by farms %s: take them out of it first"
                            .formatted(found, String.join(", ", VrackFarms.said(reader, found.farms()))));
        }
    }
}
