package io.jenkins.plugins.iplb.jenkins.form;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the fields of a form hold, as arguments of an operation of the catalogue, which checks them: an empty field is an
 * argument that is not given.
 *
 * @param expand puts the variables of the build into a text
 * @param fields the arguments so far
 */
public record GivenFields(OperationType type, UnaryOperator<String> expand, Fields fields) {

    /** None yet, of a Pipeline, which has put its variables in itself. */
    public static GivenFields asTheyAre(OperationType type) {
        return new GivenFields(type, text -> text, Fields.none());
    }

    /** None yet, of a freestyle job. */
    public static GivenFields expandedBy(EnvVars env, OperationType type) {
        return new GivenFields(type, env::expand, Fields.none());
    }

    /** And what a field holds: a text, a flag or rules; null for nothing. */
    public GivenFields with(String name, @CheckForNull Object value) {
        Parameter parameter = type.parameter(name);
        Object meant = meant(parameter, value);
        return new GivenFields(
                type,
                expand,
                meant == null && resetsWhenEmpty(parameter)
                        ? fields.with(name, null)
                        : fields.withPresent(name, Optional.ofNullable(meant)));
    }

    /** And without a field, so that it is as if it had been empty. */
    public GivenFields without(String name) {
        return new GivenFields(type, expand, fields.without(name));
    }

    /** A list that must be given and may be empty is empty when the field is. */
    static boolean resetsWhenEmpty(Parameter parameter) {
        return parameter.isNeeded() && parameter.canBeReset() && parameter.value() instanceof ListOf;
    }

    private Object meant(Parameter parameter, Object value) {
        if (value instanceof List<?> rules) {
            return rules.isEmpty()
                    ? null
                    : rules.stream().map(RuleForm.class::cast).map(this::rule).toList();
        }
        return value instanceof String text ? text(parameter, text) : value;
    }

    /** The placeholders of a redirect look like variables, and are for OVH to put in. */
    private String text(Parameter parameter, String given) {
        String text = parameter.value() == RouteTarget.REDIRECT_URL ? given : expand.apply(given);
        boolean verbatim = parameter.value() instanceof Text kind && kind.verbatim();
        return verbatim ? Util.fixEmpty(text) : Util.fixEmptyAndTrim(text);
    }

    private JsonNode rule(RuleForm rule) {
        return rule.arguments(new GivenFields(Rules.TYPE, expand, Fields.none()))
                .fields()
                .json();
    }

    /**
     * What is meant.
     *
     * @param target the load balancer, which is meant where none is given, and whose zones a refresh has that names none
     * @throws InvalidInput naming the field that cannot be meant
     */
    public Operation operation(Target target) {
        Fields all = fields;
        for (Parameter each : type.parameters()) {
            JsonNode given = all.get(each.name());
            if (given != null && each.value().isSecret()) {
                all = all.with(each.name(), target.secret(SecretField.called(each), given.asText()));
            } else if (each.live().equals(Optional.of(LiveList.LOAD_BALANCERS))) {
                all = all.with(each.name(), given == null ? target.service() : target.serviceName(given.asText()));
            } else if (given == null
                    && each.name().equals("zones")
                    && !target.defaultZones().isEmpty()) {
                all = all.with(each.name(), target.defaultZones());
            }
        }
        return type.operation(all);
    }
}
