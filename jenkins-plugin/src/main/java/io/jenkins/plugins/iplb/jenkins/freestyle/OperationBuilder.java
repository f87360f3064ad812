package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.OperationForm;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** A build step that does one thing: its form is made of the parameters of that. */
public abstract class OperationBuilder extends LoadBalancerBuilder {
    /** What has placeholders of its own, or none. */
    private static final List<String> VERBATIM = List.of("content", "plan");

    OperationBuilder() {}

    abstract GivenFields arguments(GivenFields none);

    /** What was filled in, with the variables of the build; texts of files are taken as they are. */
    final Fields given(Conductor conductor, EnvVars env) {
        OperationType type = ((OperationBuilderDescriptor) getDescriptor()).operation();
        Fields asTheyAre = arguments(GivenFields.asTheyAre(type)).fields();
        Fields given = arguments(GivenFields.expandedBy(env, type))
                .fields()
                .with("service", conductor.target().service());
        for (String name : VERBATIM) {
            given = given.withPresent(name, Optional.ofNullable(asTheyAre.get(name)));
        }
        return given;
    }

    /** The form's part of it. */
    public abstract static class OperationBuilderDescriptor extends LoadBalancerBuilderDescriptor
            implements OperationForm {
        private final OperationType operation;

        OperationBuilderDescriptor(OperationType operation) {
            this.operation = operation;
        }

        @Override
        public final OperationType operation() {
            return operation;
        }

        @Override
        public final Builder newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            return super.newInstance(request, chosen(form));
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
    }
}
