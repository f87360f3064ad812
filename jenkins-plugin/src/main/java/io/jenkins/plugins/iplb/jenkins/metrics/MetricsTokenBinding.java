package io.jenkins.plugins.iplb.jenkins.metrics;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.api.MetricsToken;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApiCredentials;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.credentialsbinding.BindingDescriptor;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Gives a part of a build a new token for the metrics of a load balancer, masked as a secret of the credentials store is:
 * {@code IPLB_METRICS_TOKEN}, and {@code IPLB_METRICS_ENDPOINT}, where it is good.
 */
public final class MetricsTokenBinding extends MultiBinding<OvhApiCredentials> {
    private static final String ENDPOINT = "IPLB_METRICS_ENDPOINT";
    private static final String TOKEN = "IPLB_METRICS_TOKEN";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String service;

    @DataBoundConstructor
    public MetricsTokenBinding(String credentialsId, String service) {
        super(credentialsId);
        this.service = Util.fixEmptyAndTrim(service);
    }

    public String getService() {
        return service;
    }

    @Override
    protected Class<OvhApiCredentials> type() {
        return OvhApiCredentials.class;
    }

    @Override
    public MultiEnvironment bind(
            @NonNull Run<?, ?> build,
            @CheckForNull FilePath workspace,
            @CheckForNull Launcher launcher,
            @NonNull TaskListener listener)
            throws IOException {
        try {
            Target target = new LoadBalancerChoice(null, service, getCredentialsId()).resolve(build);
            MetricsToken token = new Snapshot(target.session(PATIENCE), target.service()).metricsToken();
            return new MultiEnvironment(Map.of(TOKEN, token.token()), Map.of(ENDPOINT, token.endpoint()));
        } catch (IplbException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    public Set<String> variables(@NonNull Run<?, ?> build) {
        return Set.of(TOKEN);
    }

    @Extension
    @Symbol("ovhLoadBalancerMetrics")
    public static final class DescriptorImpl extends BindingDescriptor<OvhApiCredentials> {
        @Override
        protected Class<OvhApiCredentials> type() {
            return OvhApiCredentials.class;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MetricsTokenBinding_DisplayName();
        }

        @Override
        public boolean requiresWorkspace() {
            return false;
        }
    }
}
