package io.jenkins.plugins.iplb.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network of the vRack tells which farms are in it, and a farm which network it is in: what becomes of the one becomes of
 * the other.
 *
 * @param read lists and objects by their paths below the load balancer
 */
record NetworkFarms(Map<String, Object> read) {
    static final String NETWORKS = "vrack/network";

    /** These farms are in the network, and no others. @param ids of farms of any protocol */
    void inside(long network, List<Long> ids) {
        List<VrackNetwork.Farm> inside = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            ids.stream()
                    .filter(id -> isFarm(protocol, id))
                    .forEach(id -> inside.add(new VrackNetwork.Farm(id, protocol.code())));
            eachFarm(protocol, farm -> {
                boolean leaves = Objects.equals(farm.vrackNetworkId(), network);
                return ids.contains(farm.farmId()) ? farm.in(network) : leaves ? farm.in(null) : farm;
            });
        }
        eachNetwork(each -> each.with(
                each.id() == network
                        ? inside
                        : each.farms().stream()
                                .filter(farm -> !ids.contains(farm.id()))
                                .toList()));
    }

    /** The farm is in that network, and in no other. @param network empty for none */
    void around(VrackNetwork.Farm farm, Optional<Long> network) {
        eachNetwork(each -> {
            List<VrackNetwork.Farm> farms = new ArrayList<>(each.farms());
            farms.remove(farm);
            if (network.equals(Optional.of(each.id()))) {
                farms.add(farm);
            }
            return each.with(farms);
        });
    }

    private boolean isFarm(Protocol protocol, long id) {
        return read.get(protocol.code() + "/farm") instanceof List<?> all
                && all.stream().anyMatch(each -> ((Farm) each).farmId() == id);
    }

    private void eachFarm(Protocol protocol, UnaryOperator<Farm> change) {
        String list = protocol.code() + "/farm";
        read.replaceAll((key, known) -> {
            if (known instanceof Farm farm && key.startsWith(list + "/")) {
                return change.apply(farm);
            }
            return key.equals(list)
                    ? ((List<?>) known)
                            .stream().map(each -> change.apply((Farm) each)).toList()
                    : known;
        });
    }

    private void eachNetwork(UnaryOperator<VrackNetwork> change) {
        read.computeIfPresent(
                NETWORKS,
                (key, known) -> ((List<?>) known)
                        .stream().map(each -> change.apply((VrackNetwork) each)).toList());
    }
}
