package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Ports;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Frontends that would listen on the same port of the same addresses in the same zone. OVH takes them, and so does HAProxy
 * without a word, which then deals connections out between them at random.
 */
final class SharedPorts {
    private static final Set<String> THAT_MATTER = Set.of("port", "zone", "dedicatedIpfo", "disabled");

    private SharedPorts() {}

    /**
     * Looks only where what is sent could make such a pair.
     *
     * @param own the id of the frontend that the plan is about; one that no other has for one that is to be made
     * @throws IplbException naming the other one
     */
    static void refuse(Reader reader, Protocol protocol, long own, Plan plan) {
        JsonNode after = plan.after();
        boolean changes = THAT_MATTER.stream()
                .anyMatch(each -> !after.path(each).equals(plan.before().path(each)));
        if (!changes || after.path("disabled").booleanValue()) {
            return;
        }
        // HTTP is spoken over TCP.
        for (Protocol other : protocol == Protocol.UDP ? List.of(protocol) : List.of(Protocol.HTTP, Protocol.TCP)) {
            for (Frontend each : reader.lb().frontends(other)) {
                boolean itself = other == protocol && each.frontendId() == own;
                if (!itself && !each.disabled() && meet(each, after)) {
                    throw refusal(other, each, after);
                }
            }
        }
    }

    private static boolean meet(Frontend one, JsonNode other) {
        String zone = other.path("zone").asText();
        boolean sameZone = one.zone().equals(zone) || one.zone().equals("all") || zone.equals("all");
        return sameZone
                && !shared(one, other).isEmpty()
                && sameAddress(one.dedicatedIpfo(), other.path("dedicatedIpfo"));
    }

    /** Who listens on some addresses only gets what is sent there, whoever listens on all of them. */
    private static boolean sameAddress(List<String> some, JsonNode others) {
        Set<String> there = StreamSupport.stream(others.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        return some.isEmpty() ? there.isEmpty() : some.stream().anyMatch(there::contains);
    }

    private static BitSet shared(Frontend one, JsonNode other) {
        BitSet shared = Ports.set(one.port());
        shared.and(Ports.set(other.path("port").asText()));
        return shared;
    }

    private static IplbException refusal(Protocol protocol, Frontend there, JsonNode after) {
        return new IplbException(
                FailureKind.REFUSED,
                "port %d of zone %s is taken by %s, which listens on %s in zone %s: connections would be dealt out between the two at random"
                        .formatted(
                                shared(there, after).nextSetBit(0),
                                after.path("zone").asText(),
                                Reader.said(protocol, "frontend", there),
                                there.port(),
                                there.zone()));
    }
}
