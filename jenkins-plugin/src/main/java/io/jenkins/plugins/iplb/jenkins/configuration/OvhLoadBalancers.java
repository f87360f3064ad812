package io.jenkins.plugins.iplb.jenkins.configuration;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Limits;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The load balancers of this controller. */
@Extension
@Symbol("ovhLoadBalancers")
public final class OvhLoadBalancers extends GlobalConfiguration {
    private List<NamedLoadBalancer> loadBalancers = List.of();
    private List<String> customEndpoints = List.of();
    private int requestsPerMinute = Limits.DEFAULT.requestsPerMinute();

    public OvhLoadBalancers() {
        load();
    }

    public static OvhLoadBalancers get() {
        return ExtensionList.lookupSingleton(OvhLoadBalancers.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return "OVHcloud Load Balancers";
    }

    public List<NamedLoadBalancer> getLoadBalancers() {
        return loadBalancers;
    }

    @DataBoundSetter
    public void setLoadBalancers(List<NamedLoadBalancer> loadBalancers) {
        this.loadBalancers = loadBalancers == null ? List.of() : List.copyOf(loadBalancers);
        save();
    }

    /** Base URLs beyond OVH's named endpoints that credentials may be sent to. */
    public List<String> getCustomEndpoints() {
        return customEndpoints;
    }

    @DataBoundSetter
    public void setCustomEndpoints(List<String> customEndpoints) {
        this.customEndpoints = customEndpoints == null ? List.of() : List.copyOf(customEndpoints);
        save();
    }

    /** The budget of one key. */
    public int getRequestsPerMinute() {
        return requestsPerMinute;
    }

    @DataBoundSetter
    public void setRequestsPerMinute(int requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
        save();
    }

    public Optional<NamedLoadBalancer> loadBalancer(String name) {
        return loadBalancers.stream()
                .filter(each -> each.getName().equals(name))
                .findFirst();
    }

    /** Whether secrets may be sent there: to OVH's named endpoints, and to what an administrator has listed. */
    public boolean allows(String endpoint) {
        for (String name : Endpoint.names()) {
            if (name.equals(endpoint)) {
                return true;
            }
        }
        return customEndpoints.contains(endpoint);
    }

    /** The core's limits with the configured budget. */
    public Limits limits() {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.connect(),
                usual.read(),
                usual.call(),
                usual.retries(),
                usual.retryFor(),
                usual.firstDelay(),
                requestsPerMinute);
    }
}
