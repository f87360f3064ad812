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
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What Pipeline, the Snippet Generator and the forms know of every step. */
abstract class IplbStepDescriptor extends StepDescriptor {
    /** They do not tell one step of a build from another. */
    private static final Set<String> UNTOLD = Set.of("credentialsId", "timeout", "onFailure", "ca");

    private final String functionName;

    IplbStepDescriptor(String functionName) {
        this.functionName = functionName;
    }

    /** A failure as the build's log says it. */
    static String message(StepDescriptor descriptor, IplbException failure) {
        return "%s failed (%s): %s"
                .formatted(descriptor.getFunctionName(), failure.kind().code(), failure.getMessage());
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    /** No workspace and no executor: steps run under {@code agent none}. */
    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FlowNode.class);
    }

    @CheckForNull
    @Override
    public final String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        String told = namedArgs.entrySet().stream()
                .filter(each -> !UNTOLD.contains(each.getKey()))
                .filter(each -> each.getValue() instanceof CharSequence || each.getValue() instanceof Number)
                .map(each -> each.getValue().toString())
                .collect(Collectors.joining(" "));
        return told.isEmpty() ? null : told;
    }

    /** A misspelt parameter fails the build instead of being left out, and like all wrong input without a stack trace. */
    @Override
    @SuppressWarnings("deprecation") // What it is deprecated for can throw nothing that is shown without a stack trace.
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        try {
            return super.newInstance(new Arguments(clazz).normal(arguments));
        } catch (IplbException e) {
            throw new AbortException(message(this, e));
        }
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
