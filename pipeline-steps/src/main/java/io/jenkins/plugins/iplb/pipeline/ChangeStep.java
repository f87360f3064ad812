package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;

/** A step that makes one wish about a load balancer true. */
public abstract class ChangeStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    /** @throws io.jenkins.plugins.iplb.failure.InvalidInput for a parameter that cannot be meant */
    abstract Change change(String service);

    @Override
    final Operation.OnLoadBalancer operation(Target target, Attempt attempt) {
        return Operation.of(change(target.service()));
    }
}
