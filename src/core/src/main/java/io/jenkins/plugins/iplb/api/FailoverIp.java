package io.jenkins.plugins.iplb.api;

/** A block of addresses and where it is routed; {@code routedTo} is null when it is parked. */
public record FailoverIp(String ip, RoutedTo routedTo) {

    /** The service that has the block now; null when it has none. */
    public String service() {
        return routedTo == null ? null : routedTo.serviceName();
    }

    /** The name of a service. */
    public record RoutedTo(String serviceName) {}
}
