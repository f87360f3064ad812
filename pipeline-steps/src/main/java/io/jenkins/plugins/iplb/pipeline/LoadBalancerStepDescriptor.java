package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerForm;

/** That of a step which is an operation on a load balancer. */
public abstract class LoadBalancerStepDescriptor extends IplbStepDescriptor implements LoadBalancerForm {
    /** @param operation its name in the catalogue */
    LoadBalancerStepDescriptor(String operation) {
        super(operation);
    }
}
