package io.jenkins.plugins.iplb.jenkins.form;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.jenkins.credentials.ItemCredentials;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApiCredentials;
import jenkins.model.Jenkins;

/** The drop-down of OVHcloud API credentials, as the guide of the credentials plugin for its consumers asks for it. */
public final class CredentialsChoices {
    private CredentialsChoices() {}

    /** Whoever may not see the item's credentials sees the current value, and not whether it exists. */
    public static ListBoxModel choices(@CheckForNull Item item, String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (!maySeeCredentialsOf(item)) {
            return choices.includeCurrentValue(Util.fixNull(current));
        }
        choices.includeEmptyValue();
        return choices.includeAs(ItemCredentials.authenticationOf(item), item, OvhApiCredentials.class)
                .includeCurrentValue(Util.fixNull(current));
    }

    /** Says nothing to whoever may not see the item's credentials. */
    public static FormValidation check(@CheckForNull Item item, String credentialsId) {
        String id = Util.fixEmptyAndTrim(credentialsId);
        if (id == null
                || !maySeeCredentialsOf(item)
                || ItemCredentials.find(item, id).isPresent()) {
            return FormValidation.ok();
        }
        return FormValidation.error(Messages.CredentialsChoices_None(id));
    }

    static boolean maySeeCredentialsOf(Item item) {
        if (item == null) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        }
        return item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
