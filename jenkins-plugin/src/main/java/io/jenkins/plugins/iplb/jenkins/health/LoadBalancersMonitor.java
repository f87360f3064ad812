package io.jenkins.plugins.iplb.jenkins.health;

import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.iplb.jenkins.overview.LoadBalancersLink;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/** Says what was found about load balancers, to those who may see the page of all of them; it asks nobody. */
public abstract class LoadBalancersMonitor extends AdministrativeMonitor {
    LoadBalancersMonitor() {}

    /** What is worth a warning now; none, and it keeps silent. */
    abstract List<Localizable> warnings();

    @Override
    public final boolean isActivated() {
        return !warnings().isEmpty();
    }

    public final List<String> getWarnings() {
        return warnings().stream().map(Localizable::toString).toList();
    }

    /** Where more is to be seen, below the controller's root. */
    public final String getMore() {
        return LoadBalancersLink.URL;
    }

    @Override
    public final boolean hasRequiredPermission() {
        return Jenkins.get().hasPermission(Jenkins.SYSTEM_READ);
    }

    @Override
    public final void checkRequiredPermission() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
    }
}
