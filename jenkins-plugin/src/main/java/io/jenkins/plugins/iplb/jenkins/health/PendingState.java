package io.jenkins.plugins.iplb.jenkins.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jvnet.localizer.Localizable;

/** Changes that are pending in one zone of a load balancer. */
record PendingState(String loadBalancer, String zone, int number, Instant since) {
    Optional<Localizable> warning(Instant now, Duration patience) {
        return since.plus(patience).isAfter(now)
                ? Optional.empty()
                : Optional.of(Messages._PendingState_TooLong(loadBalancer, number, zone, Date.from(since)));
    }
}
