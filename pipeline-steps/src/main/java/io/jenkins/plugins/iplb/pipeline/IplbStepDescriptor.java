package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.jenkins.form.Labels;
import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.form.OperationForm;
import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What Pipeline, the Snippet Generator and the forms know of every step; public, since Jelly calls no other. */
public abstract class IplbStepDescriptor extends StepDescriptor implements OperationForm {
    private static final String FUNCTIONS = "iplb";

    private final OperationType operation;

    /** @param operation its name in the catalogue, or of what is done with change files */
    IplbStepDescriptor(String operation) {
        this.operation = FileOperations.named(operation);
    }

    @Override
    public final OperationType operation() {
        return operation;
    }

    /** Whether its form begins with the choice of one. */
    public final boolean isOnLoadBalancer() {
        return this instanceof LoadBalancerForm;
    }

    @NonNull
    @Override
    public final String getDisplayName() {
        String does = Labels.ofOperation(operation);
        return isOnLoadBalancer() ? Messages.IplbStepDescriptor_onLoadBalancer(does) : does;
    }

    /** A failure as the build's log says it. */
    static String message(StepDescriptor descriptor, IplbException failure) {
        return "%s failed (%s): %s"
                .formatted(descriptor.getFunctionName(), failure.kind().code(), OneLine.of(failure.getMessage()));
    }

    @Override
    public final String getFunctionName() {
        return FUNCTIONS
                + Stream.of(operation.name().split("-"))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /** No workspace and no executor: steps run under {@code agent none}. */
    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FlowNode.class);
    }

    @CheckForNull
    @Override
    public final String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        return StepLabels.of(operation, namedArgs).orElse(null);
    }

    /** A misspelt parameter fails the build instead of being left out, and like all wrong input without a stack trace. */
    @Override
    @SuppressWarnings("deprecation") // What it is deprecated for can throw nothing that is shown without a stack trace.
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        try {
            return super.newInstance(new Arguments(getFunctionName(), clazz, operation).normal(arguments));
        } catch (IplbException e) {
            throw new AbortException(message(this, e));
        }
    }

    /** A form means what a Pipeline means that gives what is filled in. */
    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (DescribableParameter each : DescribableModel.of(clazz).getParameters()) {
            Object given = chosen(form).opt(each.getName());
            if (each.getErasedType() == List.class && given != null) {
                arguments.put(each.getName(), request.bindJSONToList(RuleForm.class, given));
            } else if (given != null && !given.equals("")) {
                arguments.put(each.getName(), given);
            }
        }
        try {
            return newInstance(arguments);
        } catch (Exception e) {
            throw new FormException(e, operation.name());
        }
    }

    @Override
    public final void calcFillSettings(String field, Map<String, Object> attributes) {
        if (!fillSettings(this, field, attributes)) {
            super.calcFillSettings(field, attributes);
        }
    }

    @Override
    public final FormValidation.CheckMethod getCheckMethod(String field) {
        return checkMethod(this, field).orElseGet(() -> super.getCheckMethod(field));
    }

    @POST
    public final ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
        ListBoxModel choices = new ListBoxModel();
        if (FieldCheck.maySee(item)) {
            choices.add(Messages.IplbStepDescriptor_fail(), IplbStep.FAIL);
            choices.add(Messages.IplbStepDescriptor_unstable(), IplbStep.UNSTABLE);
        }
        return choices;
    }

    @POST
    public final FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldCheck.given(item, value, text -> Durations.parse("timeout", text));
    }
}
