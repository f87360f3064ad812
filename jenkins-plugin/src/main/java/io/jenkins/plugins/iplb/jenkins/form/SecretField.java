package io.jenkins.plugins.iplb.jenkins.form;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.jenkins.credentials.ItemCredentials;
import io.jenkins.plugins.iplb.jenkins.credentials.PrivateKeys;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.Optional;

/** A parameter that nobody may see: jobs name the credentials that hold it. */
final class SecretField {
    private static final String ENDING = "CredentialsId";

    private SecretField() {}

    /** What the field of a parameter is called. */
    static String called(Parameter parameter) {
        return parameter.value().isSecret() ? parameter.name() + ENDING : parameter.name();
    }

    /** The parameter of a field. */
    static Optional<Parameter> find(OperationType operation, String field) {
        return operation.parameters().stream()
                .filter(each -> called(each).equals(field))
                .findFirst();
    }

    /** Whoever may not see the item's credentials sees the current value, and not whether it exists. */
    static ListBoxModel choices(Item item, String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (!CredentialsChoices.maySeeCredentialsOf(item)) {
            return choices.includeCurrentValue(Util.fixNull(current));
        }
        choices.includeEmptyValue();
        PrivateKeys.KINDS.forEach(kind -> choices.includeAs(ItemCredentials.authenticationOf(item), item, kind));
        return choices.includeCurrentValue(Util.fixNull(current));
    }
}
