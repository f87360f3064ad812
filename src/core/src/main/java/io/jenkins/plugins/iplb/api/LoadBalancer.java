package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * A load balancer service.
 *
 * @param state {@code ok}, or one of blacklisted, deleted, free, quarantined, suspended
 * @param zones the zones it owns, lower case
 * @param vrackName null when it is in no vRack
 */
public record LoadBalancer(
        String serviceName,
        String displayName,
        String state,
        @JsonProperty("zone") List<String> zones,
        String vrackName) {

    public LoadBalancer {
        zones = zones == null
                ? List.of()
                : zones.stream().map(zone -> zone.toLowerCase(Locale.ROOT)).toList();
    }

    public boolean inVrack() {
        return vrackName != null && !vrackName.isEmpty();
    }
}
