package io.jenkins.plugins.iplb.jenkins.form;

import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Choice;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Text;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.Set;

/** A field of a form, as Jelly has it. */
public final class FormField {
    private final OperationType operation;
    private final Parameter parameter;

    FormField(OperationType operation, Parameter parameter) {
        this.operation = operation;
        this.parameter = parameter;
    }

    public String getName() {
        return SecretField.called(parameter);
    }

    public String getLabel() {
        return Labels.ofField(operation, parameter.name());
    }

    /** {@code checkbox}, {@code select}, {@code combobox}, {@code rules}, {@code textarea} or {@code textbox}. */
    public String getKind() {
        Value value = parameter.value();
        if (value instanceof Flag && parameter.preset().isPresent()) {
            return "checkbox";
        }
        if (RuleValue.areRules(value)) {
            return "rules";
        }
        if (isChosen(parameter) || value.isSecret()) {
            return "select";
        }
        if (parameter.live().isPresent()) {
            return "combobox";
        }
        boolean hasLines = value instanceof ListOf list && list.holdsBlanks()
                || value instanceof Probe
                || Set.of("PEM", "YAML", "JSON").contains(value.form())
                || value == Values.FILE;
        return hasLines ? "textarea" : "textbox";
    }

    /** Whether there are words, and no others can be meant. */
    static boolean isChosen(Parameter parameter) {
        boolean words = parameter.value() instanceof Choice
                || parameter.value() instanceof Flag
                || parameter.value() instanceof Text text && !text.choices().isEmpty();
        return words && parameter.live().isEmpty();
    }

    /** What it begins with; null for nothing. */
    public String getPreset() {
        if (parameter.preset().isPresent()) {
            return parameter.preset().get().toString();
        }
        return parameter.isNeeded() && isChosen(parameter)
                ? parameter.value().choices().get(0)
                : null;
    }

    /** Whether a value says something; what resets says it only where nothing else is said. */
    public boolean says(Object value) {
        return value != null && !value.equals("") && !value.equals(false);
    }
}
