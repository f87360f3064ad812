package io.jenkins.plugins.iplb.jenkins.form;

import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.FormValidation.CheckMethod;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * For descriptors of what has the parameters of an operation of the catalogue: their form is made of these ({@code
 * fields.jelly}), and one method fills the field that the path of its URL ends with, another checks it.
 *
 * <p>Such a descriptor lets {@link Descriptor#calcFillSettings} and {@link Descriptor#getCheckMethod} answer with what
 * {@link #fillSettings} and {@link #checkMethod} say.
 */
public interface OperationForm {
    /** What the form is of. */
    OperationType operation();

    /** Whether it is inside of a form that has the choice of the load balancer. */
    default boolean isNested() {
        return false;
    }

    /** What everybody fills in. */
    default List<FormRow> getRows() {
        return FormRow.of(operation()).subList(0, FormRow.shown(operation()));
    }

    /** What few fill in. */
    default List<FormRow> getMoreRows() {
        List<FormRow> all = FormRow.of(operation());
        return all.subList(FormRow.shown(operation()), all.size());
    }

    /** Fills the drop-down of the field that the path ends with. */
    @POST
    default HttpResponse doFillField(FormContext form, StaplerRequest2 request) {
        return field(request).<HttpResponse>map(field -> field.fill(form)).orElseGet(ComboBoxModel::new);
    }

    /** Checks the field that the path ends with. */
    @POST
    default FormValidation doCheckField(FormContext form, StaplerRequest2 request) {
        return field(request)
                .map(field -> field.check(form, request.getParameter("value")))
                .orElseGet(FormValidation::ok);
    }

    private Optional<DeclaredField> field(StaplerRequest2 request) {
        return SecretField.find(operation(), request.getRestOfPath().replaceFirst("^/", ""))
                .map(parameter -> new DeclaredField(operation(), parameter, request::getParameter));
    }

    /**
     * What was chosen of fields that exclude each other: the browser sends the others, too. What resets goes with anything.
     *
     * @param form what was sent; the same without what was not chosen
     */
    default JSONObject chosen(JSONObject form) {
        for (Object key : List.copyOf(form.keySet())) {
            if (key.toString().startsWith(FormRow.CHOICE)) {
                String choice = form.getString(key.toString());
                form.remove(key);
                operation().groups().stream()
                        .filter(Group::isExclusive)
                        .flatMap(group -> group.names().stream())
                        .filter(name -> !name.equals(choice))
                        .filter(name -> choice.isEmpty() || !Parameter.NONE.equals(form.opt(name)))
                        .forEach(form::remove);
                operation()
                        .find(choice)
                        .filter(parameter -> parameter.value() instanceof Flag)
                        .ifPresent(parameter -> form.put(choice, true));
            }
        }
        return form;
    }

    /** Where a drop-down is filled from; false when it is none of the operation's. */
    default boolean fillSettings(Descriptor<?> descriptor, String field, Map<String, Object> attributes) {
        return declared(field)
                .map(parameter -> {
                    attributes.put("fillUrl", url(descriptor, "fillField", field));
                    // What is chosen stays, though whoever looks may not see it among the others.
                    String others = parameter.value().isSecret() ? field : dependsOn(parameter, Set.of("protocol"));
                    if (!others.isEmpty()) {
                        attributes.put("fillDependsOn", others);
                    }
                    return true;
                })
                .orElse(false);
    }

    /** How a field is checked; empty when it is none of the operation's. */
    default Optional<CheckMethod> checkMethod(Descriptor<?> descriptor, String field) {
        return declared(field).map(parameter -> new CheckMethod(descriptor, "Field") {
            @Override
            public String toStemUrl() {
                return url(descriptor, "checkField", field);
            }

            @Override
            public String getDependsOn() {
                return dependsOn(parameter, DeclaredField.checkedTogether(operation()));
            }
        });
    }

    private Optional<Parameter> declared(String field) {
        return field == null || FormContext.FIELDS.contains(field)
                ? Optional.empty()
                : SecretField.find(operation(), field);
    }

    private static String url(Descriptor<?> descriptor, String method, String field) {
        return "%s/%s/%s/%s"
                .formatted(Descriptor.getCurrentDescriptorByNameUrl(), descriptor.getDescriptorUrl(), method, field);
    }

    /** The fields beside it whose values the browser sends along. */
    private String dependsOn(Parameter parameter, Set<String> others) {
        Set<String> fields = new LinkedHashSet<>(others);
        fields.removeIf(each -> operation().find(each).isEmpty() || each.equals(parameter.name()));
        if (parameter.live().isPresent()) {
            FormContext.FIELDS.forEach(each -> fields.add(isNested() ? "../" + each : each));
        }
        return fields.stream().sorted().collect(Collectors.joining(" "));
    }
}
