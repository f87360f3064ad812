package io.jenkins.plugins.iplb.jenkins.record;

import hudson.Functions;
import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import org.kohsuke.stapler.StaplerProxy;

/**
 * A page of a build about what it does to load balancers. Who may not see the artifacts of the build does not see it: what it
 * shows is, or comes from, such a file.
 */
public abstract class BuildPage extends Tab implements RunAction2, StaplerProxy {
    protected BuildPage() {
        super(null);
    }

    /** Its icon, for who may see it. */
    protected abstract String icon();

    /** Where it is below the build. */
    protected abstract String url();

    @Override
    public void onAttached(Run<?, ?> run) {
        object = run;
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        onAttached(run);
    }

    public final Run<?, ?> getRun() {
        return (Run<?, ?>) object;
    }

    @Override
    public final String getIconFileName() {
        return mayBeSeen() ? icon() : null;
    }

    @Override
    public final String getUrlName() {
        return mayBeSeen() ? url() : null;
    }

    @Override
    public final Object getTarget() {
        if (Functions.isArtifactsPermissionEnabled()) {
            getRun().checkPermission(Run.ARTIFACTS);
        }
        return this;
    }

    private boolean mayBeSeen() {
        return !Functions.isArtifactsPermissionEnabled() || getRun().hasPermission(Run.ARTIFACTS);
    }

    /** What the job calls that load balancer; of any other service, the name as it is. */
    protected final String name(String service) {
        return UsableLoadBalancer.by(getRun().getParent()).stream()
                .map(UsableLoadBalancer::named)
                .filter(named -> named.getService().equals(service))
                .findFirst()
                .map(NamedLoadBalancer::getName)
                .orElse(service);
    }

    /** The name with OVH's, where they are not the same. */
    protected final String bothNames(String service) {
        String name = name(service);
        return name.equals(service) ? service : name + " (" + service + ")";
    }
}
