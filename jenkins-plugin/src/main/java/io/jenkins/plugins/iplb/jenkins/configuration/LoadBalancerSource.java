package io.jenkins.plugins.iplb.jenkins.configuration;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.List;

/** A place where load balancers are named. */
interface LoadBalancerSource extends ExtensionPoint {
    /** Those that are named on exactly this folder, or on the controller. */
    List<NamedLoadBalancer> namedOn(ItemGroup<?> group);
}
