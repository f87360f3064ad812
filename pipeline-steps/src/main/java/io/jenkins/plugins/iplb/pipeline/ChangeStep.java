package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;

/** A step that makes one wish about a load balancer true. */
public abstract class ChangeStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    /** What its parameters hold. @param none none of them yet */
    abstract GivenFields arguments(GivenFields none);

    @Override
    final Operation.OnLoadBalancer operation(Target target, Attempt attempt) {
        OperationType type = ((LoadBalancerStepDescriptor) getDescriptor()).operation();
        return arguments(GivenFields.asTheyAre()).operation(type, target.service());
    }
}
