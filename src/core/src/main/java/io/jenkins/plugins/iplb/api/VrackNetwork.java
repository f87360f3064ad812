package io.jenkins.plugins.iplb.api;

/**
 * A private network of the load balancer, which farms in a vRack belong to.
 *
 * @param subnet a block of addresses
 * @param vlan 0 for none
 */
public record VrackNetwork(long vrackNetworkId, String subnet, Integer vlan) {

    /** Its id, with what people know it by. */
    @Override
    public String toString() {
        return vlan == null || vlan == 0
                ? "%d (%s)".formatted(vrackNetworkId, subnet)
                : "%d (%s, vlan:%d)".formatted(vrackNetworkId, subnet, vlan);
    }
}
