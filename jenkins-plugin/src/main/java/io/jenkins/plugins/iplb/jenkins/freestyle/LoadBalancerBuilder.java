package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.log.BuildFailure;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What build steps on a load balancer have in common: which one, how long, and whether it is only to be said. */
public abstract class LoadBalancerBuilder extends Builder implements SimpleBuildStep {
    static final String DEFAULT_TIMEOUT = "10m";

    private String loadBalancer;
    private String service;
    private String credentialsId;
    private String timeout;
    private boolean dryRun;

    LoadBalancerBuilder() {}

    public final String getLoadBalancer() {
        return loadBalancer;
    }

    @DataBoundSetter
    public final void setLoadBalancer(String loadBalancer) {
        this.loadBalancer = Util.fixEmptyAndTrim(loadBalancer);
    }

    public final String getService() {
        return service;
    }

    @DataBoundSetter
    public final void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public final String getTimeout() {
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
    }

    @DataBoundSetter
    public final void setTimeout(String timeout) {
        String given = Util.fixEmptyAndTrim(timeout);
        this.timeout = DEFAULT_TIMEOUT.equals(given) ? null : given;
    }

    public final boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public final boolean requiresWorkspace() {
        return false;
    }

    @Override
    public final void perform(@NonNull Run<?, ?> run, @NonNull EnvVars env, @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        try {
            LoadBalancerChoice choice =
                    new LoadBalancerChoice(env.expand(loadBalancer), env.expand(service), env.expand(credentialsId));
            Duration patience = Durations.parse("timeout", env.expand(getTimeout()));
            Conductor conductor =
                    new Conductor(run, listener, choice, getDescriptor().getDisplayName(), patience, dryRun);
            perform(conductor, env);
        } catch (IplbException | ExecutionException e) {
            Exception failure = BuildFailure.of(e);
            throw failure instanceof IOException line ? line : new IOException(failure);
        }
    }

    /**
     * Does what it is for.
     *
     * @param env the variables of the build, to put into the fields
     * @throws IplbException when what was given makes no sense; nothing was sent then
     * @throws ExecutionException around what went wrong
     * @throws IOException when what it needs cannot be read
     */
    abstract void perform(Conductor conductor, EnvVars env)
            throws InterruptedException, ExecutionException, IOException;

    /** The form's part of it: public, or views could not ask it. */
    public abstract static class LoadBalancerBuilderDescriptor extends BuildStepDescriptor<Builder>
            implements LoadBalancerForm {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** Whether there is something that a dry run would not do. */
        public boolean isWriting() {
            return true;
        }

        public String getDefaultTimeout() {
            return DEFAULT_TIMEOUT;
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, text -> Durations.parse("timeout", text));
        }
    }
}
