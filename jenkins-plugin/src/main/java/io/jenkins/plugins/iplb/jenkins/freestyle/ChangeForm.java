package io.jenkins.plugins.iplb.jenkins.freestyle;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.OperationDescriptor;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;

/**
 * The form of a change: text as it was typed, in which the build puts its variables. There is one for each change of the
 * catalogue, made of it when this is built.
 */
public abstract class ChangeForm extends AbstractDescribableImpl<ChangeForm> implements ExtensionPoint {
    ChangeForm() {}

    /** What its fields hold. @param none none of them yet */
    abstract GivenFields arguments(GivenFields none);

    /**
     * The change that is meant.
     *
     * @throws io.jenkins.plugins.iplb.failure.InvalidInput naming the field that cannot be meant
     */
    final Operation.OnLoadBalancer operation(Target target, EnvVars env) {
        ChangeFormDescriptor descriptor = (ChangeFormDescriptor) getDescriptor();
        return (Operation.OnLoadBalancer)
                arguments(GivenFields.expandedBy(env, descriptor.operation())).operation(target);
    }

    /** That of an operation of the catalogue. */
    public abstract static class ChangeFormDescriptor extends OperationDescriptor<ChangeForm> {
        /** @param operation its name in the catalogue */
        ChangeFormDescriptor(String operation) {
            super(operation);
        }
    }
}
