package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A farm of any protocol; what a protocol does not have is null.
 *
 * @param zone the zone it is in; fixed when it was made
 * @param port null when it takes the frontend's
 * @param stickiness {@code cookie} (http), {@code sourceIp} (http, tcp), or null for none
 * @param vrackNetworkId null when it is in no vRack
 * @param probe as OVH gives it; null for none
 */
public record Farm(
        long farmId,
        String displayName,
        String zone,
        Integer port,
        String balance,
        String stickiness,
        Long vrackNetworkId,
        JsonNode probe)
        implements Named {

    @Override
    public long id() {
        return farmId;
    }

    /** The same in another network of the vRack. @param network null for none */
    Farm in(Long network) {
        return new Farm(farmId, displayName, zone, port, balance, stickiness, network, probe);
    }

    /** Whether a client is given its server by a hash of its address alone: a cookie comes before that. */
    @JsonIgnore
    public boolean isBalancedBySource() {
        return "source".equals(balance) && !"cookie".equals(stickiness);
    }
}
