package io.jenkins.plugins.iplb.jenkins.form;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * For descriptors of steps and builders that act on a load balancer: fills and checks the fields {@code loadBalancer}
 * ({@code f:combobox}), {@code service} ({@code f:textbox}) and {@code credentialsId} ({@code c:select}). Descriptors
 * with fields of other names, or nested in a form that has these, use {@link LiveChoices} and {@link
 * CredentialsChoices} themselves.
 */
public interface LoadBalancerForm {

    /**
     * What the field {@code loadBalancer} of a new form begins with; null for nothing.
     *
     * @param it what the form is of, as Jelly has it; an item or anything else
     */
    default String defaultLoadBalancer(Object it) {
        return LoadBalancerNames.only(it instanceof Item item ? item : null);
    }

    @POST
    default ComboBoxModel doFillLoadBalancerItems(@AncestorInPath Item item) {
        return LoadBalancerNames.choices(item);
    }

    @POST
    default FormValidation doCheckLoadBalancer(
            @AncestorInPath Item item,
            @QueryParameter("value") String loadBalancer,
            @QueryParameter("service") String service,
            @QueryParameter("credentialsId") String credentialsId) {
        return LoadBalancerNames.check(item, new LoadBalancerChoice(loadBalancer, service, credentialsId));
    }

    @POST
    default ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter("credentialsId") String credentialsId) {
        return CredentialsChoices.choices(item, credentialsId);
    }

    @POST
    default FormValidation doCheckCredentialsId(
            @AncestorInPath Item item, @QueryParameter("value") String credentialsId) {
        return CredentialsChoices.check(item, credentialsId);
    }
}
