package io.jenkins.plugins.iplb.jenkins.overview;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.readings.ConfiguredLoadBalancers;
import io.jenkins.plugins.iplb.refresh.Waiting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The page "OVHcloud Load Balancers" below Manage Jenkins. It only shows; {@code standing} below it is its changing part,
 * which the browser asks for again and again.
 */
@Extension
@Symbol("ovhLoadBalancersOverview")
public final class LoadBalancersLink extends ManagementLink implements StaplerProxy {
    /** Where the page is, below the controller's root. */
    public static final String URL = "manage/ovhcloud-load-balancers";

    /** How old what is shown may be before it is read again for the next who asks. */
    static final Duration FRESH = Duration.ofSeconds(10);

    @Override
    public String getIconFileName() {
        return "symbol-git-network-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.LoadBalancersLink_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.LoadBalancersLink_Description();
    }

    @Override
    public String getUrlName() {
        return URL.substring(URL.indexOf('/') + 1);
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    /** For all that is below it, too. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(getRequiredPermission());
        return this;
    }

    /** Those that are configured where the reader may look, and those that builds wait for now. */
    public List<ShownLoadBalancer> getLoadBalancers() {
        List<Waiting> waiting = IplbController.get().waiting();
        Instant now = IplbController.get().clock().instant();
        List<ShownLoadBalancer> shown = ConfiguredLoadBalancers.get().now(UsableLoadBalancer.visible(), FRESH).stream()
                .map(known -> ShownLoadBalancer.of(known, waiting, now))
                .collect(Collectors.toCollection(ArrayList::new));
        Map<Other, List<Waiting>> others = waiting.stream()
                .filter(each -> shown.stream().noneMatch(known -> known.shows(each)))
                .collect(Collectors.groupingBy(Other::of, LinkedHashMap::new, Collectors.toList()));
        others.values().forEach(each -> shown.add(ShownLoadBalancer.ofBuilds(each)));
        return shown;
    }

    private record Other(URI endpoint, String service) {
        static Other of(Waiting waiting) {
            return new Other(waiting.header().endpoint(), waiting.header().service());
        }
    }
}
