package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.change.Others;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Wish;
import java.util.List;
import java.util.Optional;

/**
 * What a file wants of one load balancer. What it does not mention is not touched.
 *
 * @param others what collections are to hold nothing beside
 */
public record WantedState(String service, List<Wish> wishes, List<Others> others) {

    /** What makes it so. @param refresh whether to make it live too */
    public Operation.Configuring operation(boolean refresh) {
        return new Operation.Configuring(service, wishes, others, Optional.empty(), refresh);
    }
}
