package io.jenkins.plugins.iplb.api;

/**
 * What a load balancer's connections and requests are asked for with: Prometheus' API below {@code endpoint}, with the token as
 * a bearer token. OVH makes another token for each who asks, good for this load balancer alone.
 */
public record MetricsToken(String endpoint, String token) {
    public static final String OPERATION = "metrics-token";

    /** The field that nobody but who asked for it gets to see. */
    public static final String SECRET = "token";

    @Override
    public String toString() {
        return "token for " + endpoint;
    }
}
