package io.jenkins.plugins.iplb.jenkins.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.LiveChoices.Known;
import io.jenkins.plugins.iplb.operation.Arguments;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Nearest;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A field of the form of an operation: filled and checked as the catalogue declares the parameter of its name. An operation
 * that has no such parameter has no such field, and then there is nothing to choose and nothing to say.
 */
public final class DeclaredField {
    private final OperationType operation;
    private final Optional<Parameter> parameter;
    private final Optional<Protocol> protocol;
    private final boolean needed;

    private DeclaredField(
            OperationType operation, Optional<Parameter> parameter, Optional<Protocol> protocol, boolean needed) {
        this.operation = operation;
        this.parameter = parameter;
        this.protocol = protocol;
        this.needed = needed;
    }

    static DeclaredField of(OperationType operation, String name) {
        Optional<Parameter> parameter = operation.find(name);
        boolean needed = parameter.filter(Parameter::isNeeded).isPresent();
        return new DeclaredField(operation, parameter, Optional.empty(), needed);
    }

    /** @param code empty while a browser has not filled the drop-down yet, which then is at its first choice */
    DeclaredField on(String code) {
        String given = Util.fixEmptyAndTrim(code);
        Optional<Protocol> chosen = operation.protocolChoices().stream()
                .filter(each -> given == null || each.code().equals(given))
                .findFirst();
        return new DeclaredField(operation, parameter, chosen, needed);
    }

    /** Where the form means something by an empty field. */
    DeclaredField optional() {
        return new DeclaredField(operation, parameter, protocol, false);
    }

    /** @param other what another field holds, which does instead of this one */
    DeclaredField unless(String other) {
        return new DeclaredField(operation, parameter, protocol, Util.fixEmptyAndTrim(other) == null);
    }

    /** The words that there are. */
    List<String> words() {
        return parameter
                .map(each -> protocol.map(each::on).orElse(each).value().choices())
                .orElse(List.of());
    }

    /** The words that there are, and what is on the load balancer. */
    ComboBoxModel choices(FormContext form) {
        return new ComboBoxModel(Stream.concat(
                        words().stream(), live(form).orElse(List.of()).stream().map(Known::reference))
                .toList());
    }

    /** Refuses what cannot be meant, and says what is needed. */
    public FormValidation check(Item item, String value) {
        if (parameter.isEmpty()) {
            return FormValidation.ok();
        }
        return needed
                ? FieldCheck.needed(item, value, parameter.get().missing().allowed(), this::meant)
                : FieldCheck.given(item, value, this::meant);
    }

    /** As {@link #check}, and warns of what is not on the load balancer: by then, an earlier step may have made it. */
    FormValidation checkThere(FormContext form, String value) {
        FormValidation checked = check(form.item(), value);
        String given = Util.fixEmptyAndTrim(value);
        if (parameter.isEmpty()
                || checked.kind != FormValidation.Kind.OK
                || given == null
                || FieldCheck.holdsVariable(given)) {
            return checked;
        }
        return live(form).flatMap(there -> missing(given, there)).orElse(checked);
    }

    /**
     * Says that none, or more, of a group of fields are given that exclude one another.
     *
     * @param given all of them that are
     */
    FormValidation checkGroup(Item item, Fields given) {
        String name = parameter.map(Parameter::name).orElse("");
        try {
            operation.groups().stream()
                    .filter(group -> group.names().contains(name))
                    .forEach(group -> group.check(new Arguments(given)));
            return FormValidation.ok();
        } catch (InvalidInput e) {
            return given.isEmpty()
                    ? FieldCheck.hint(item, Messages.FieldCheck_Needed(e.allowed()))
                    : FieldCheck.always(item, "", text -> {
                        throw e;
                    });
        }
    }

    private JsonNode meant(String value) {
        return operation.check(parameter.orElseThrow(), TextNode.valueOf(value), protocol);
    }

    /** Empty when it is not chosen on the load balancer, or that cannot be read. */
    private Optional<List<Known>> live(FormContext form) {
        return parameter
                .flatMap(Parameter::live)
                .flatMap(list -> LiveChoices.get().known(list, form, protocol));
    }

    private Optional<FormValidation> missing(String value, List<Known> there) {
        JsonNode meant = meant(value);
        Stream<JsonNode> all = meant.isArray() ? meant.valueStream() : Stream.of(meant);
        return all.filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(each -> !words().contains(each)
                        && there.stream().noneMatch(known -> known.names().contains(each)))
                .findFirst()
                .map(name -> FormValidation.warning(
                        sentence(name, there.stream().map(Known::reference).toList())));
    }

    private static String sentence(String name, List<String> there) {
        String what = there.isEmpty()
                ? Messages.DeclaredField_NothingThere(name)
                : Messages.DeclaredField_NotThere(name, String.join(", ", there));
        return Nearest.to(name, there)
                .map(nearest -> what + " " + Messages.DeclaredField_DidYouMean(nearest))
                .orElse(what);
    }
}
