package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.ArrayList;
import java.util.List;

/** Farms as a network of the vRack has them: of any protocol. */
final class VrackFarms {
    private VrackFarms() {}

    /** The one of that id or name. @throws IplbException when there is none, or more than one */
    static VrackNetwork.Farm find(Reader reader, Reference meant) {
        List<VrackNetwork.Farm> found = new ArrayList<>();
        List<Farm> all = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            List<Farm> some = reader.lb().farms(protocol);
            Reader.find("farm", meant, some)
                    .ifPresent(farm -> found.add(new VrackNetwork.Farm(farm.farmId(), protocol.code())));
            all.addAll(some);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new IplbException(
                found.isEmpty() ? FailureKind.REFUSED : FailureKind.CONFLICT,
                found.isEmpty()
                        ? "%s has no farm '%s'%s"
                                .formatted(reader.lb().service(), meant, Reader.nearest(meant.text(), all))
                        : "more than one farm is named '%s': give the id".formatted(meant));
    }

    /** As people know them. */
    static List<String> said(Reader reader, List<VrackNetwork.Farm> farms) {
        return farms.stream()
                .map(each -> Protocol.parse(each.type()))
                .distinct()
                .flatMap(protocol -> reader.lb().farms(protocol).stream())
                .filter(farm -> farms.stream().anyMatch(each -> each.id() == farm.farmId()))
                .map(Lines::object)
                .toList();
    }
}
