package io.jenkins.plugins.iplb.jenkins.form;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;

/** The drop-down of what a refresh does about pending changes that no known record explains. */
public final class ForeignChangesChoices {
    private ForeignChangesChoices() {}

    public static ListBoxModel all() {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.ForeignChangesChoices_Warn(), ForeignChanges.WARN.code());
        choices.add(Messages.ForeignChangesChoices_Refuse(), ForeignChanges.REFUSE.code());
        choices.add(Messages.ForeignChangesChoices_Allow(), ForeignChanges.ALLOW.code());
        return choices;
    }
}
