package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import java.util.Set;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;

/**
 * Where a field of a form is: in which item, and beside which choice of a load balancer. As a parameter of a web method, it
 * makes the browser send that choice.
 *
 * @param item null outside of items
 */
public record FormContext(@CheckForNull Item item, LoadBalancerChoice loadBalancer) {
    /** The fields that are a choice of a load balancer. */
    public static final Set<String> FIELDS = Set.of("loadBalancer", "service", "credentialsId");

    /** For Stapler, and for Jenkins, which reads here what the browser is to send. */
    public static FormContext fromStapler(
            @AncestorInPath Item item,
            @QueryParameter("loadBalancer") String loadBalancer,
            @QueryParameter("service") String service,
            @QueryParameter("credentialsId") String credentialsId) {
        return new FormContext(item, new LoadBalancerChoice(loadBalancer, service, credentialsId));
    }
}
