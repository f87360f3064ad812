package io.jenkins.plugins.iplb.jenkins.health;

import hudson.Extension;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.Localizable;

/** Says what {@link HealthCheck} has found. */
@Extension
@Symbol("ovhLoadBalancersHealth")
public final class HealthMonitor extends LoadBalancersMonitor {
    @Override
    public String getDisplayName() {
        return Messages.HealthMonitor_DisplayName();
    }

    @Override
    List<Localizable> warnings() {
        return HealthCheck.get().warnings();
    }
}
