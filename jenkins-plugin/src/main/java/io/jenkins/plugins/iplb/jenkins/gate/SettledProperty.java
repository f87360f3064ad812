package io.jenkins.plugins.iplb.jenkins.gate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Job;
import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Builds of the job start only when the load balancer is settled: no refresh runs and, if chosen, nothing is pending. */
public final class SettledProperty extends OptionalJobProperty<Job<?, ?>> {
    private String loadBalancer;
    private String service;
    private String credentialsId;
    private boolean pendingChanges;

    @DataBoundConstructor
    public SettledProperty() {}

    public String getLoadBalancer() {
        return loadBalancer;
    }

    @DataBoundSetter
    public void setLoadBalancer(String loadBalancer) {
        this.loadBalancer = Util.fixEmptyAndTrim(loadBalancer);
    }

    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Whether pending changes hold builds too. */
    public boolean isPendingChanges() {
        return pendingChanges;
    }

    @DataBoundSetter
    public void setPendingChanges(boolean pendingChanges) {
        this.pendingChanges = pendingChanges;
    }

    GateQuestion question(Job<?, ?> job) {
        return new GateQuestion(job, new LoadBalancerChoice(loadBalancer, service, credentialsId), pendingChanges);
    }

    @Extension
    @Symbol("ovhLoadBalancerSettled")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor implements LoadBalancerForm {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SettledProperty_DisplayName();
        }
    }
}
