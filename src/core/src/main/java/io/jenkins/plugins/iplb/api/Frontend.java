package io.jenkins.plugins.iplb.api;

import java.util.List;

/**
 * A frontend of any protocol; what a protocol does not have is null or false.
 *
 * @param port a port, a range or a comma-separated list of both
 * @param zone one zone, or {@code all}
 * @param defaultFarmId null when it has no default farm
 * @param dedicatedIpfo the failover IPs it listens on only; null or empty for all addresses of the load balancer
 * @param allowedSource the only blocks it serves; null or empty for no restriction
 * @param deniedSource the blocks it does not serve; null or empty for no restriction
 * @param defaultSslId the certificate for clients that name none of the others; null for OVH's choice
 * @param forceSni whether clients that name no host are refused; http and tcp only, null where OVH does not have it yet
 * @param hsts http only
 * @param httpHeader the headers it adds; http only; null or empty for none
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
        List<String> allowedSource,
        List<String> deniedSource,
        boolean ssl,
        Long defaultSslId,
        Boolean forceSni,
        Boolean hsts,
        List<String> httpHeader,
        String redirectLocation)
        implements Named {

    public Frontend {
        dedicatedIpfo = orEmpty(dedicatedIpfo);
        allowedSource = orEmpty(allowedSource);
        deniedSource = orEmpty(deniedSource);
        httpHeader = orEmpty(httpHeader);
    }

    private static List<String> orEmpty(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    @Override
    public long id() {
        return frontendId;
    }

    /** The same with another default farm. @param farm null for none */
    public Frontend to(Long farm) {
        return new Frontend(
                frontendId,
                displayName,
                port,
                zone,
                disabled,
                farm,
                dedicatedIpfo,
                allowedSource,
                deniedSource,
                ssl,
                defaultSslId,
                forceSni,
                hsts,
                httpHeader,
                redirectLocation);
    }

    public boolean isTo(long farm) {
        return defaultFarmId != null && defaultFarmId == farm;
    }
}
