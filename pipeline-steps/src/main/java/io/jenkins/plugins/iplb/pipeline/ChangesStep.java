package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A block whose changes of a load balancer stand or fall together: {@link ChangesExecution} runs it. */
public final class ChangesStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String loadBalancer;
    private String service;
    private String credentialsId;
    private String rollback;
    private String timeout;

    @DataBoundConstructor
    public ChangesStep() {}

    @CheckForNull
    public String getLoadBalancer() {
        return loadBalancer;
    }

    /** A name of the global configuration. */
    @DataBoundSetter
    public void setLoadBalancer(String loadBalancer) {
        this.loadBalancer = Util.fixEmptyAndTrim(loadBalancer);
    }

    @CheckForNull
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getRollback() {
        return rollback;
    }

    /** What becomes of what is live already when the body fails. */
    @DataBoundSetter
    public void setRollback(String rollback) {
        this.rollback = IplbStep.unless(RecordOperations.AUTO, rollback);
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    /** How long each of its own waits may take: for its turn, for its refresh, and for undoing. */
    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = IplbStep.unless(IplbStep.DEFAULT_TIMEOUT, timeout);
    }

    LoadBalancerChoice choice() {
        return new LoadBalancerChoice(loadBalancer, service, credentialsId);
    }

    boolean undoesWhatIsLive() {
        return !RecordOperations.NEVER.equals(rollback);
    }

    Duration patience() {
        return Durations.parse("timeout", timeout == null ? IplbStep.DEFAULT_TIMEOUT : timeout);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            RecordOperations.CHANGES.check(Fields.none()
                    .with("service", choice().name())
                    .withPresent("rollback", Optional.ofNullable(rollback)));
            patience();
            if (context.get(OpenTransaction.class) != null) {
                throw new IplbException(
                        FailureKind.USAGE,
                        "it is inside of another iplbChanges, which stands or falls as a whole: its steps can stand there without it");
            }
        } catch (IplbException e) {
            throw new AbortException(IplbStepDescriptor.message(getDescriptor(), e));
        }
        return new ChangesExecution(context, this);
    }

    /** What Pipeline and the forms know of it. */
    @Extension
    public static final class DescriptorImpl extends BlockStepDescriptor {
        public DescriptorImpl() {
            super("changes");
        }
    }
}
