package io.jenkins.plugins.iplb.pipeline;

/** That of a step which has a block. */
public abstract class BlockStepDescriptor extends LoadBalancerStepDescriptor {
    /** @param operation its name in the catalogue */
    BlockStepDescriptor(String operation) {
        super(operation);
    }

    @Override
    public final boolean takesImplicitBlockArgument() {
        return true;
    }
}
