package io.jenkins.plugins.iplb.api;

import java.util.List;

/**
 * A frontend of any protocol; what a protocol does not have is null or false.
 *
 * @param port a port, a range or a comma-separated list of both
 * @param zone one zone, or {@code all}
 * @param defaultFarmId null when it has no default farm
 * @param dedicatedIpfo the failover IPs it listens on only; null or empty for all addresses of the load balancer
 * @param redirectLocation http only
 */
public record Frontend(
        long frontendId,
        String displayName,
        String port,
        String zone,
        boolean disabled,
        Long defaultFarmId,
        List<String> dedicatedIpfo,
        boolean ssl,
        String redirectLocation)
        implements Named {

    public Frontend {
        dedicatedIpfo = dedicatedIpfo == null ? List.of() : List.copyOf(dedicatedIpfo);
    }

    @Override
    public long id() {
        return frontendId;
    }
}
