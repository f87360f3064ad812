package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.jenkins.form.FormContext;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.OperationForm;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The form of a change: text as it was typed, in which the build puts its variables. */
public abstract class ChangeForm extends AbstractDescribableImpl<ChangeForm> implements ExtensionPoint {
    ChangeForm() {}

    /**
     * The change that is meant.
     *
     * @throws io.jenkins.plugins.iplb.failure.InvalidInput naming the field that cannot be meant
     */
    final Operation.OnLoadBalancer operation(String service, GivenFields none) {
        OperationType type = ((ChangeFormDescriptor) getDescriptor()).operation();
        return arguments(none, service).operation(type, service);
    }

    /** What its fields hold. @param service the load balancer of the build step */
    abstract GivenFields arguments(GivenFields none, String service);

    /** That of an operation of the catalogue. Its fields are one level below those of the load balancer. */
    public abstract static class ChangeFormDescriptor extends Descriptor<ChangeForm> implements OperationForm {
        private final OperationType operation;

        /** @param operation its name in the catalogue */
        ChangeFormDescriptor(String operation) {
            this.operation = Catalogue.named(operation);
        }

        @Override
        public final OperationType operation() {
            return operation;
        }

        @Override
        public void calcFillSettings(String field, Map<String, Object> attributes) {
            super.calcFillSettings(field, attributes);
            attributes.computeIfPresent("fillDependsOn", (name, fields) -> whereTheyAre(fields.toString()));
        }

        @Override
        public FormValidation.CheckMethod getCheckMethod(String field) {
            return new FormValidation.CheckMethod(this, field) {
                @Override
                public String getDependsOn() {
                    return whereTheyAre(super.getDependsOn());
                }
            };
        }

        /** @param fields with blanks between them; null when nothing is checked */
        @CheckForNull
        private static String whereTheyAre(@CheckForNull String fields) {
            return fields == null
                    ? null
                    : Stream.of(fields.split(" "))
                            .map(field -> FormContext.FIELDS.contains(field) ? "../" + field : field)
                            .collect(Collectors.joining(" "));
        }
    }
}
