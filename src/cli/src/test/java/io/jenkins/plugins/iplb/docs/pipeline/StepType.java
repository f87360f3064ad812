package io.jenkins.plugins.iplb.docs.pipeline;

import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step as a Pipeline calls it.
 *
 * @param name of the function
 * @param operation what it carries out
 * @param fields the Java types of what it takes, by their names
 * @param isBlock whether a block belongs to it
 */
public record StepType(
        String name, String className, OperationType operation, Map<String, String> fields, boolean isBlock) {
    static final String SERVICE = "service";

    /** What a field of it is called that holds the name of a secret in the credentials store. */
    private static final String CREDENTIALS = "CredentialsId";

    public static String field(Parameter parameter) {
        return parameter.name() + (parameter.value().isSecret() ? CREDENTIALS : "");
    }

    /** Whether a Pipeline must give it: what is not given means its load balancer, or an empty list. */
    public static boolean isNeeded(Parameter parameter) {
        return parameter.isNeeded()
                && !parameter.live().equals(Optional.of(LiveList.LOAD_BALANCERS))
                && !(parameter.canBeReset() && parameter.value() instanceof ListOf);
    }

    /** The parameter of its operation that a field is for; empty for one of all steps. */
    public Optional<Parameter> parameter(String field) {
        return parameters().stream().filter(each -> field(each).equals(field)).findFirst();
    }

    /** Those of its operation, but for the load balancer. */
    public List<Parameter> parameters() {
        return operation.parameters().stream()
                .filter(each -> !each.name().equals(SERVICE))
                .toList();
    }

    boolean isOnLoadBalancer() {
        return fields.containsKey("loadBalancer");
    }
}
