package io.jenkins.plugins.iplb.jenkins.health;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.iplb.jenkins.overview.LoadBalancersLink;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.Localizable;

/** Says what {@link HealthCheck} has found; it asks nobody. */
@Extension
@Symbol("ovhLoadBalancersHealth")
public final class HealthMonitor extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return Messages.HealthMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !HealthCheck.get().warnings().isEmpty();
    }

    public List<String> getWarnings() {
        return HealthCheck.get().warnings().stream().map(Localizable::toString).toList();
    }

    /** Where more is to be seen, below the controller's root. */
    public String getMore() {
        return LoadBalancersLink.URL;
    }

    @Override
    public boolean hasRequiredPermission() {
        return Jenkins.get().hasPermission(Jenkins.SYSTEM_READ);
    }

    @Override
    public void checkRequiredPermission() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
    }
}
