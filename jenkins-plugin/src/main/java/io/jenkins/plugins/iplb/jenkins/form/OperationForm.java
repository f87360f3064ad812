package io.jenkins.plugins.iplb.jenkins.form;

import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * For descriptors of steps and changes that are operations of the catalogue: fills and checks the fields of their forms,
 * which are called like the parameters. Fields that are chosen on the load balancer are {@code f:combobox}, words are {@code
 * f:select}, and {@code protocol} has the {@code default} {@code ${descriptor.defaultProtocol}}: so it is never empty, and
 * what depends on it is filled at once.
 */
public interface OperationForm {
    /** What the form is of. */
    OperationType operation();

    default DeclaredField field(String name) {
        return DeclaredField.of(operation(), name);
    }

    default String getDefaultProtocol() {
        return field("protocol").words().stream().findFirst().orElse("");
    }

    @POST
    default ListBoxModel doFillProtocolItems(@AncestorInPath Item item) {
        return FieldCheck.words(item, field("protocol").words());
    }

    @POST
    default ComboBoxModel doFillFrontendItems(FormContext form, @QueryParameter("protocol") String protocol) {
        return field("frontend").on(protocol).choices(form);
    }

    @POST
    default FormValidation doCheckFrontend(
            FormContext form, @QueryParameter("value") String value, @QueryParameter("protocol") String protocol) {
        return field("frontend").on(protocol).checkThere(form, value);
    }

    @POST
    default ComboBoxModel doFillFarmItems(FormContext form, @QueryParameter("protocol") String protocol) {
        return field("farm").on(protocol).choices(form);
    }

    @POST
    default FormValidation doCheckFarm(
            FormContext form, @QueryParameter("value") String value, @QueryParameter("protocol") String protocol) {
        return field("farm").on(protocol).checkThere(form, value);
    }

    @POST
    default ComboBoxModel doFillRouteItems(FormContext form, @QueryParameter("protocol") String protocol) {
        return field("route").on(protocol).choices(form);
    }

    @POST
    default FormValidation doCheckRoute(
            FormContext form, @QueryParameter("value") String value, @QueryParameter("protocol") String protocol) {
        return field("route").on(protocol).checkThere(form, value);
    }

    @POST
    default ComboBoxModel doFillZoneItems(FormContext form) {
        return field("zone").choices(form);
    }

    /** Whoever names a frontend that is there need not say where it is. */
    @POST
    default FormValidation doCheckZone(
            FormContext form, @QueryParameter("value") String value, @QueryParameter("name") String name) {
        return field("zone").unless(name).checkThere(form, value);
    }

    @POST
    default FormValidation doCheckPort(
            @AncestorInPath Item item, @QueryParameter("value") String value, @QueryParameter("name") String name) {
        return field("port").unless(name).check(item, value);
    }

    @POST
    default FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter("value") String value) {
        return field("name").check(item, value);
    }

    @POST
    default ComboBoxModel doFillIpItems(FormContext form) {
        return field("ip").choices(form);
    }

    /** Whether it is there yet is what the operation is about. */
    @POST
    default FormValidation doCheckIp(@AncestorInPath Item item, @QueryParameter("value") String value) {
        return field("ip").check(item, value);
    }

    @POST
    default ComboBoxModel doFillIpsItems(FormContext form) {
        return field("ips").choices(form);
    }

    /** None are all addresses again, or as it is. */
    @POST
    default FormValidation doCheckIps(FormContext form, @QueryParameter("value") String value) {
        return field("ips").optional().checkThere(form, value);
    }

    @POST
    default ListBoxModel doFillSslItems(@AncestorInPath Item item) {
        Map<String, Supplier<String>> labels =
                Map.of("true", Messages::OperationForm_Yes, "false", Messages::OperationForm_No);
        ListBoxModel choices = new ListBoxModel();
        if (FieldCheck.maySee(item)) {
            choices.add(Messages.OperationForm_AsItIs(), "");
            field("ssl").words().forEach(word -> choices.add(labels.get(word).get(), word));
        }
        return choices;
    }

    @POST
    default ListBoxModel doFillStickinessItems(@AncestorInPath Item item, @QueryParameter("protocol") String protocol) {
        Map<String, Supplier<String>> labels = Map.of(
                "cookie", Messages::OperationForm_Cookie,
                "sourceIp", Messages::OperationForm_SourceIp,
                "none", Messages::OperationForm_None);
        ListBoxModel choices = new ListBoxModel();
        if (FieldCheck.maySee(item)) {
            field("stickiness")
                    .on(protocol)
                    .words()
                    .forEach(word ->
                            choices.add(labels.getOrDefault(word, () -> word).get(), word));
        }
        return choices;
    }

    @POST
    default FormValidation doCheckRedirect(
            @AncestorInPath Item item,
            @QueryParameter("value") String value,
            @QueryParameter("protocol") String protocol,
            @QueryParameter("farm") String farm,
            @QueryParameter("reject") boolean reject) {
        DeclaredField redirect = field("redirect").on(protocol);
        FormValidation checked = redirect.check(item, value);
        Fields given = Fields.none()
                .withPresent("farm", Optional.ofNullable(Util.fixEmptyAndTrim(farm)))
                .withPresent("redirect", Optional.ofNullable(Util.fixEmptyAndTrim(value)))
                .withPresent("reject", Optional.of(reject).filter(set -> set));
        return checked.kind == FormValidation.Kind.OK ? redirect.checkGroup(item, given) : checked;
    }

    @POST
    default FormValidation doCheckStatus(
            @AncestorInPath Item item,
            @QueryParameter("value") String value,
            @QueryParameter("protocol") String protocol) {
        return field("status").on(protocol).check(item, value);
    }

    @POST
    default FormValidation doCheckWeight(@AncestorInPath Item item, @QueryParameter("value") String value) {
        return field("weight").check(item, value);
    }
}
