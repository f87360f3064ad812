package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
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
public record GivenFields(UnaryOperator<String> expand, Fields fields) {

    /** Of a Pipeline, which has put its variables in itself. */
    public static GivenFields asTheyAre() {
        return new GivenFields(text -> text, Fields.none());
    }

    public static GivenFields expandedBy(EnvVars env) {
        return new GivenFields(env::expand, Fields.none());
    }

    /** None yet. */
    public GivenFields none() {
        return new GivenFields(expand, Fields.none());
    }

    /** A text as the build means it; null for one that is empty then. */
    @CheckForNull
    public String meant(@CheckForNull String text) {
        return text == null ? null : Util.fixEmptyAndTrim(expand.apply(text));
    }

    /** And a text with the variables of the build. */
    public GivenFields text(String name, @CheckForNull String text) {
        return value(name, meant(text));
    }

    /** And something that is taken as it is. */
    public GivenFields value(String name, @CheckForNull Object value) {
        return new GivenFields(expand, fields.withPresent(name, Optional.ofNullable(value)));
    }

    /** And a text that resets when it is empty. */
    public GivenFields textOrNone(String name, @CheckForNull String text) {
        return new GivenFields(expand, fields.with(name, meant(text)));
    }

    /** And the zones of a refresh. @param usual those of the load balancer, when none are given */
    public GivenFields zones(@CheckForNull String text, List<String> usual) {
        return meant(text) == null ? value("zones", usual) : text("zones", text);
    }

    /** And the parts of a rule. Every blank of a pattern counts. */
    public GivenFields rule(String field, String subField, String match, boolean negate, String pattern) {
        String compared = pattern == null ? null : Util.fixEmpty(expand.apply(pattern));
        return text("field", field)
                .text("subField", subField)
                .text("match", match)
                .value("negate", negate)
                .value("pattern", compared);
    }

    /**
     * What is meant.
     *
     * @param service the load balancer, for an operation that concerns one
     * @throws InvalidInput naming the field that cannot be meant
     */
    public Operation.OnLoadBalancer operation(OperationType type, String service) {
        Fields all = type.find("service").isPresent() ? fields.with("service", service) : fields;
        return (Operation.OnLoadBalancer) type.operation(all);
    }
}
