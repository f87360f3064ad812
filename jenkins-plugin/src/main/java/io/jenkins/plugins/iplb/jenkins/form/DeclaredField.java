package io.jenkins.plugins.iplb.jenkins.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.check.TrustedCa;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.jenkins.form.LiveChoices.Known;
import io.jenkins.plugins.iplb.operation.Arguments;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Nearest;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.Text;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.kohsuke.stapler.HttpResponse;

/** A field of the form of an operation: filled and checked as the catalogue declares the parameter of its name. */
final class DeclaredField {
    /** Any that is well written. */
    private static final String SERVICE = "loadbalancer-0";

    private final OperationType operation;
    private final Parameter parameter;
    private final UnaryOperator<String> beside;
    private final Optional<Protocol> protocol;

    /** @param beside what the fields beside it hold, by their names; null for those that are not sent */
    DeclaredField(OperationType operation, Parameter parameter, UnaryOperator<String> beside) {
        this.operation = operation;
        this.parameter = parameter;
        this.beside = beside;
        String code = Util.fixEmptyAndTrim(beside.apply("protocol"));
        // A browser that has not filled the drop-down yet sends nothing: then it is at its first choice.
        this.protocol = operation.protocolChoices().stream()
                .filter(each -> code == null || each.code().equals(code))
                .findFirst();
    }

    // ---- what there is to choose from

    HttpResponse fill(FormContext form) {
        if (!FieldCheck.maySee(form.item())) {
            return new ComboBoxModel();
        }
        if (parameter.value().isSecret()) {
            return SecretField.choices(form.item(), beside.apply(SecretField.called(parameter)));
        }
        if (FormField.isChosen(parameter)) {
            return words(form.item());
        }
        List<String> names =
                parameter.live().filter(LiveList.LOAD_BALANCERS::equals).isPresent()
                        ? LoadBalancerNames.choices(form.item())
                        : live(form).orElse(List.of()).stream()
                                .map(Known::reference)
                                .toList();
        return new ComboBoxModel(Stream.concat(words().stream(), names.stream()).toList());
    }

    /** What need not be given can be chosen not to be. */
    private ListBoxModel words(Item item) {
        ListBoxModel choices = new ListBoxModel();
        if (FieldCheck.maySee(item)) {
            Stream<String> nothing = parameter.isNeeded() ? Stream.empty() : Stream.of("");
            Stream.concat(nothing, words().stream())
                    .forEach(word -> choices.add(Labels.ofWord(parameter.name(), word), word));
        }
        return choices;
    }

    private List<String> words() {
        return protocol.map(parameter::on).orElse(parameter).value().choices();
    }

    /** Empty when it is not chosen on the load balancer, or that cannot be read. */
    private Optional<List<Known>> live(FormContext form) {
        return parameter.live().flatMap(list -> LiveChoices.get().known(list, form, protocol));
    }

    // ---- what is meant

    /** The fields that are checked with what the others hold. */
    static Set<String> checkedTogether(OperationType operation) {
        Set<String> names = new HashSet<>();
        operation.parameters().stream()
                .filter(each -> each.isNeeded() || RuleSpec.PARAMETERS.contains(each))
                .forEach(each -> names.add(each.name()));
        operation.groups().stream().filter(group -> !group.isExclusive()).forEach(group -> names.addAll(group.names()));
        return names;
    }

    /**
     * Refuses what cannot be meant, says what is needed, and warns of what is not on the load balancer: by then, an
     * earlier step may have made it.
     */
    FormValidation check(FormContext form, String value) {
        String given = isVerbatim() ? Util.fixEmpty(value) : Util.fixEmptyAndTrim(value);
        if (given == null) {
            return empty(form.item());
        }
        if (parameter.value().isSecret()) {
            // What it holds is for the build alone.
            return FormValidation.ok();
        }
        FormValidation checked = FieldCheck.always(form.item(), given, text -> {
            meant(given);
            together(given).filter(this::isMine).ifPresent(refusal -> {
                throw refusal;
            });
        });
        if (checked.kind != FormValidation.Kind.OK || FieldCheck.holdsVariable(given) || parameter.mayBeNew()) {
            return checked;
        }
        return live(form).flatMap(there -> missing(given, there)).orElse(checked);
    }

    /** That is no fault yet, since nobody may have come to it. */
    private FormValidation empty(Item item) {
        Optional<InvalidInput> needed = isNeeded()
                ? Optional.of(parameter.missing())
                : group().or(() -> together(null).filter(this::isMine));
        return needed.map(refusal -> FieldCheck.hint(item, Messages.FieldCheck_Needed(refusal.allowed())))
                .orElseGet(FormValidation::ok);
    }

    /** One that has been chosen of several is needed, too. */
    private boolean isNeeded() {
        return parameter.isNeeded() && !GivenFields.resetsWhenEmpty(parameter)
                || FormRow.exclusive(operation, parameter)
                        .filter(Group::isNeeded)
                        .isPresent();
    }

    private boolean isMine(InvalidInput refusal) {
        return refusal.parameter().equals(parameter.name());
    }

    private boolean isVerbatim() {
        return parameter.value() instanceof Text text && text.verbatim();
    }

    private JsonNode meant(String text) {
        if (parameter.value() == Values.FILE) {
            TrustedCa.parse("the text", text);
        }
        return operation.check(parameter, TextNode.valueOf(text), protocol);
    }

    /** That none of a group is given. */
    private Optional<InvalidInput> group() {
        return operation.groups().stream()
                .filter(group -> !group.isExclusive() && group.names().contains(parameter.name()))
                .flatMap(group -> refusal(() -> group.check(new Arguments(given(null)))).stream())
                .findFirst();
    }

    /** What the operation says to this and what is beside it; of several that exclude each other, that cannot be known. */
    private Optional<InvalidInput> together(String value) {
        Fields given = given(value);
        boolean expanded = given.json().properties().stream()
                .anyMatch(each -> FieldCheck.holdsVariable(each.getValue().asText()));
        boolean chosen = operation.groups().stream().anyMatch(group -> group.isExclusive() && group.isNeeded());
        if (expanded || chosen || parameter.value() == Values.FILE) {
            return Optional.empty();
        }
        // What a change file or a record means is known when it is read.
        boolean isRead = FileOperations.all().contains(operation)
                || RecordOperations.all().contains(operation);
        return refusal(isRead ? () -> operation.check(given) : () -> operation.operation(given));
    }

    private Fields given(String value) {
        Fields given = Fields.none();
        for (Parameter each : operation.parameters()) {
            boolean others = checkedTogether(operation).contains(each.name())
                    && !each.value().isSecret();
            String text = each.equals(parameter) ? value : others ? Util.fixEmpty(beside.apply(each.name())) : null;
            given = given.withPresent(each.name(), Optional.ofNullable(text));
        }
        return operation.find("service").isPresent() ? given.with("service", SERVICE) : given;
    }

    private static Optional<InvalidInput> refusal(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (InvalidInput e) {
            return Optional.of(e);
        }
    }

    // ---- what is there

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
