package io.jenkins.plugins.iplb.sandbox.metrics;

import io.jenkins.plugins.iplb.sandbox.auth.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that were given out: another one for each who asks, good for one load balancer alone. */
public final class MetricsTokens {
    private static final int LENGTH = 64;

    private final Map<String, String> services = new ConcurrentHashMap<>();

    public String issue(String service) {
        String token = Secrets.secret(LENGTH);
        services.put(token, service);
        return token;
    }

    /** What the token is good for. */
    Optional<String> service(String token) {
        return Optional.ofNullable(services.get(token));
    }
}
