package io.jenkins.plugins.iplb.pipeline;

/** A step that makes one wish about a load balancer true. There is one for each change of the catalogue, made of it. */
public abstract class ChangeStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;
}
