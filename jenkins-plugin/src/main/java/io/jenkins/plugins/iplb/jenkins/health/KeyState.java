package io.jenkins.plugins.iplb.jenkins.health;

import io.jenkins.plugins.iplb.jenkins.credentials.KeyEnd;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jvnet.localizer.Localizable;

/**
 * What OVH said about a key.
 *
 * @param loadBalancers those that are called with it, by their names
 * @param end empty for a key that does not end
 * @param refusal why it is not valid; empty for one that is
 */
record KeyState(String credentialsId, List<String> loadBalancers, Optional<Instant> end, Optional<String> refusal) {
    Optional<Localizable> warning(Instant now) {
        String names = String.join(", ", loadBalancers);
        if (refusal.isPresent()) {
            return Optional.of(Messages._KeyState_Refused(credentialsId, names, refusal.get()));
        }
        return end.filter(moment -> KeyEnd.isSoon(moment, now))
                .map(moment -> Messages._KeyState_Ends(credentialsId, names, Date.from(moment)));
    }
}
