package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;

/** The drop-down of the load balancers that an administrator has named. */
public final class LoadBalancerNames {
    private LoadBalancerNames() {}

    /** Nothing for whoever may not see how the item is configured. */
    public static ComboBoxModel choices(@CheckForNull Item item) {
        ComboBoxModel names = new ComboBoxModel();
        if (CredentialsChoices.maySeeCredentialsOf(item)) {
            UsableLoadBalancer.by(item).forEach(each -> names.add(each.named().getName()));
        }
        return names;
    }

    /** What a new form begins with: the load balancer that is named, when it is the only one; else null. */
    @CheckForNull
    public static String only(@CheckForNull Item item) {
        ComboBoxModel names = choices(item);
        return names.size() == 1 ? names.get(0) : null;
    }

    /**
     * Says what would keep a build of the item from finding the load balancer, and that it needs one; nothing to whoever
     * may not see how the item is configured. What a build puts together from its parameters cannot be checked before.
     */
    public static FormValidation check(@CheckForNull Item item, LoadBalancerChoice choice) {
        if (!CredentialsChoices.maySeeCredentialsOf(item) || isExpression(choice.loadBalancer())) {
            return FormValidation.ok();
        }
        if (choice.equals(LoadBalancerChoice.NONE)) {
            return FieldCheck.hint(item, Messages.LoadBalancerNames_Needed());
        }
        try {
            choice.resolve(item);
            return FormValidation.ok();
        } catch (InvalidInput e) {
            boolean ofAnotherField = !e.parameter().equals("loadBalancer");
            return ofAnotherField ? FormValidation.ok() : FormValidation.error(e.getMessage());
        } catch (IplbException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static boolean isExpression(String text) {
        return text != null && FieldCheck.holdsVariable(text);
    }
}
