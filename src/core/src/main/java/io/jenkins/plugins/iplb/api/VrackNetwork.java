package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A private network of the load balancer, which farms in a vRack belong to.
 *
 * @param subnet a block of addresses; fixed when it was made
 * @param natIp the block within it from which the load balancer calls servers
 * @param vlan 0 for none
 * @param farms those that are in it
 */
public record VrackNetwork(
        long vrackNetworkId,
        String displayName,
        String subnet,
        String natIp,
        Integer vlan,
        @JsonProperty("farmId") List<Farm> farms)
        implements Named {

    public VrackNetwork {
        farms = farms == null ? List.of() : List.copyOf(farms);
    }

    /** A farm by its id and its protocol. */
    public record Farm(long id, String type) {}

    /** The same with other farms in it. */
    VrackNetwork with(List<Farm> others) {
        return new VrackNetwork(vrackNetworkId, displayName, subnet, natIp, vlan, others);
    }

    /** Whether that is its subnet, its VLAN as in {@code vlan:42}, or its name. */
    public boolean isCalled(String word) {
        return word.equals(subnet) || word.equals("vlan:" + vlan) || word.equals(displayName);
    }

    @Override
    public long id() {
        return vrackNetworkId;
    }

    /** Its id, with what people know it by. */
    @Override
    public String toString() {
        return vlan == null || vlan == 0
                ? "%d (%s)".formatted(vrackNetworkId, subnet)
                : "%d (%s, vlan:%d)".formatted(vrackNetworkId, subnet, vlan);
    }
}
