package io.jenkins.plugins.iplb.jenkins.form;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** As {@link LoadBalancerForm}, with the fields {@code zones} ({@code f:combobox}) and {@code foreignChanges} ({@code f:select}). */
public interface RefreshForm extends LoadBalancerForm, OperationForm {
    @Override
    default OperationType operation() {
        return Catalogue.named("refresh");
    }

    @POST
    default ComboBoxModel doFillZonesItems(FormContext form) {
        return field("zones").choices(form);
    }

    @POST
    default FormValidation doCheckZones(FormContext form, @QueryParameter("value") String value) {
        return field("zones").checkThere(form, value);
    }

    /** What a refresh does about pending changes that no known record explains. */
    @POST
    default ListBoxModel doFillForeignChangesItems(@AncestorInPath Item item) {
        ListBoxModel choices = new ListBoxModel();
        if (FieldCheck.maySee(item)) {
            choices.add(Messages.RefreshForm_Warn(), ForeignChanges.WARN.code());
            choices.add(Messages.RefreshForm_Refuse(), ForeignChanges.REFUSE.code());
            choices.add(Messages.RefreshForm_Allow(), ForeignChanges.ALLOW.code());
        }
        return choices;
    }
}
