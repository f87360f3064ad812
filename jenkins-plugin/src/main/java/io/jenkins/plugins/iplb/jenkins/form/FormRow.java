package io.jenkins.plugins.iplb.jenkins.form;

import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A row of a form, as Jelly has it: a field, or several of which one is chosen. */
public final class FormRow {
    /** What the names of choices begin with. */
    static final String CHOICE = "choice-";

    /** A form with more rows than this shows the first of them only. */
    private static final int MOST = 9;

    private static final int FIRST = 6;

    private final List<FormField> fields;
    private final Optional<Group> group;

    private FormRow(List<FormField> fields, Optional<Group> group) {
        this.fields = List.copyOf(fields);
        this.group = group;
    }

    /** All that the form of a load balancer does not have already. */
    static List<FormRow> of(OperationType operation) {
        List<FormRow> rows = new ArrayList<>();
        Set<Parameter> done = new LinkedHashSet<>();
        for (Parameter each : operation.parameters()) {
            if (!FormContext.FIELDS.contains(each.name()) && !done.contains(each)) {
                Optional<Group> group = exclusive(operation, each);
                List<Parameter> members = group.map(found ->
                                found.names().stream().map(operation::parameter).toList())
                        .orElse(List.of(each));
                rows.add(new FormRow(
                        members.stream()
                                .map(member -> new FormField(operation, member))
                                .toList(),
                        group));
                done.addAll(members);
            }
        }
        return rows;
    }

    /** How many rows everybody fills in. */
    static int shown(OperationType operation) {
        int all = of(operation).size();
        return all > MOST ? FIRST : all;
    }

    static Optional<Group> exclusive(OperationType operation, Parameter parameter) {
        return operation.groups().stream()
                .filter(group -> group.isExclusive() && group.names().contains(parameter.name()))
                .findFirst();
    }

    public List<FormField> getFields() {
        return fields;
    }

    public boolean isExclusive() {
        return group.isPresent();
    }

    /** Whether one of several must be chosen. */
    public boolean isNeeded() {
        return group.map(Group::isNeeded).orElse(false);
    }

    /** What the choice of one of several is called, which must not be what another form's is. */
    public String getUniqueName() {
        return CHOICE + UUID.randomUUID();
    }
}
