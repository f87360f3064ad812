package io.jenkins.plugins.iplb.jenkins.configuration;

import hudson.Util;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds for the load balancers that are named in one place, however they got there: by form, file or script. */
final class NamedLoadBalancers {
    /** OVH calls them loadbalancer-0123456789abcdef, the oldest ones ip-192.0.2.1. */
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9]+-[A-Za-z0-9.:-]+");

    private NamedLoadBalancers() {}

    /** @throws InvalidInput for a name that is blank or taken, a service name that can be none, and what is no duration */
    static List<NamedLoadBalancer> valid(List<NamedLoadBalancer> given) {
        Set<String> names = new HashSet<>();
        for (NamedLoadBalancer each : Util.fixNull(given)) {
            if (each.getName().isEmpty() || !names.add(each.getName())) {
                throw new InvalidInput("name", each.getName(), "a name that no other load balancer has");
            }
            if (!SERVICE.matcher(each.getService()).matches()) {
                throw new InvalidInput("service", each.getService(), ServiceName.ALLOWED);
            }
            each.driftCheckInterval();
        }
        return new ArrayList<>(Util.fixNull(given));
    }
}
