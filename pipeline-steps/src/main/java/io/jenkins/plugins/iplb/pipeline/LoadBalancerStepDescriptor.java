package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.form.OperationForm;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;

/** That of a step which is an operation of the catalogue on a load balancer. */
abstract class LoadBalancerStepDescriptor extends IplbStepDescriptor implements LoadBalancerForm, OperationForm {
    private final OperationType operation;

    /** @param operation its name in the catalogue */
    LoadBalancerStepDescriptor(String functionName, String operation) {
        super(functionName);
        this.operation = Catalogue.named(operation);
    }

    @Override
    public final OperationType operation() {
        return operation;
    }
}
