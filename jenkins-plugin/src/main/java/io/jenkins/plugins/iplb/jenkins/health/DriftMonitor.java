package io.jenkins.plugins.iplb.jenkins.health;

import hudson.Extension;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.drift.DriftCheck;
import io.jenkins.plugins.iplb.jenkins.drift.FoundDrift;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.Localizable;

/** Says what {@link DriftCheck} has found, of those load balancers for which it is wished. */
@Extension
@Symbol("ovhLoadBalancersDrift")
public final class DriftMonitor extends LoadBalancersMonitor {
    @Override
    public String getDisplayName() {
        return Messages.DriftMonitor_DisplayName();
    }

    @Override
    List<Localizable> warnings() {
        return DriftCheck.get().warnings().entrySet().stream()
                .map(DriftMonitor::warning)
                .toList();
    }

    private static Localizable warning(Map.Entry<UsableLoadBalancer, FoundDrift> found) {
        FoundDrift drift = found.getValue();
        String name = found.getKey().named().getName();
        Date at = Date.from(drift.at());
        return drift.state() == FoundDrift.State.UNKNOWN
                ? Messages._DriftMonitor_Unknown(name, at, drift.sum())
                : Messages._DriftMonitor_Drifted(name, at, drift.sum());
    }
}
