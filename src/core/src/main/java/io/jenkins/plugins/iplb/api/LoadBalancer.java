package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A load balancer service.
 *
 * @param state {@code ok}, or one of blacklisted, deleted, free, quarantined, suspended
 * @param zones the zones it owns, lower case
 * @param sslConfiguration {@code intermediate} or {@code modern}; null for OVH's default
 * @param vrackName null when it is in no vRack
 * @param ipLoadbalancing its address; null when OVH names none
 * @param ipv6 its IPv6 address; null when it has none
 */
public record LoadBalancer(
        String serviceName,
        String displayName,
        String state,
        @JsonProperty("zone") List<String> zones,
        String sslConfiguration,
        String vrackName,
        String ipLoadbalancing,
        String ipv6) {

    public LoadBalancer {
        zones = zones == null
                ? List.of()
                : zones.stream().map(zone -> zone.toLowerCase(Locale.ROOT)).toList();
    }

    /** Where it listens, its failover IPs aside. */
    public List<String> addresses() {
        return Stream.of(ipLoadbalancing, ipv6).filter(Objects::nonNull).toList();
    }

    public boolean inVrack() {
        return vrackName != null && !vrackName.isEmpty();
    }
}
