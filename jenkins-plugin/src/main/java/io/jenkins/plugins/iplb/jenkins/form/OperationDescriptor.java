package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import java.util.Map;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** That of an operation of the catalogue, or of a part of one, inside of the form of a step. */
public abstract class OperationDescriptor<T extends Describable<T>> extends Descriptor<T> implements OperationForm {
    private final OperationType operation;

    /** @param operation its name in the catalogue */
    protected OperationDescriptor(String operation) {
        this.operation = operation.equals(Rules.TYPE.name()) ? Rules.TYPE : Catalogue.named(operation);
    }

    @Override
    public final OperationType operation() {
        return operation;
    }

    @Override
    public final boolean isNested() {
        return true;
    }

    @NonNull
    @Override
    public final String getDisplayName() {
        return Labels.ofOperation(operation);
    }

    @Override
    public final T newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
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
