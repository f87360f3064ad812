package io.jenkins.plugins.iplb.jenkins.lookout;

import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import java.util.Optional;

/**
 * What is known of a configured load balancer.
 *
 * @param target how it is called; empty as long as nobody has looked, or when it cannot be called
 * @param sight what was seen last
 * @param problem why the last look saw nothing
 */
public record Seen(NamedLoadBalancer named, Optional<Target> target, Optional<Sight> sight, Optional<String> problem) {

    static Seen nothing(NamedLoadBalancer named) {
        return new Seen(named, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Seen of(NamedLoadBalancer named, Target target, Sight sight) {
        return new Seen(named, Optional.of(target), Optional.of(sight), Optional.empty());
    }

    /** What was seen before is still the best that is known. */
    Seen without(String why) {
        return new Seen(named, target, sight, Optional.of(why));
    }
}
