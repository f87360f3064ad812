package io.jenkins.plugins.iplb.jenkins.overview;

import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a configured load balancer.
 *
 * @param lookedAt when somebody tried last to look
 * @param target how it is called; empty as long as nobody has looked, or when it cannot be called
 * @param sight what was seen last
 * @param problem why the last look saw nothing
 */
public record Seen(
        NamedLoadBalancer named,
        Instant lookedAt,
        Optional<Target> target,
        Optional<Sight> sight,
        Optional<String> problem) {

    static Seen nothing(NamedLoadBalancer named) {
        return new Seen(named, Instant.MIN, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Seen with(Target found, Sight seen) {
        return new Seen(named, seen.at(), Optional.of(found), Optional.of(seen), Optional.empty());
    }

    /** What was seen before is still the best that is known. */
    Seen without(Instant now, String why) {
        return new Seen(named, now, target, sight, Optional.of(why));
    }
}
