package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredIf;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.List;

/** {@code iplb_refresh}: makes what is staged live, and waits until it is. */
final class RefreshModule implements IplbModule {
    @Override
    public List<Constraint> constraints() {
        return List.of(new RequiredIf("foreign_changes", ForeignChanges.REFUSE.code(), "record"));
    }

    @Override
    public Operation operation(Arguments arguments) {
        RefreshRequest request = new RefreshRequest(
                arguments.text("service"),
                arguments.texts("zones").orElse(List.of()),
                arguments.flag("force"),
                arguments.flag("wait"),
                arguments.flag("exclusive"),
                foreignChanges(arguments));
        return Operation.of(request);
    }

    /** Without a record there is nothing that could explain even one's own changes. */
    private static ForeignChanges foreignChanges(Arguments arguments) {
        return arguments.has("foreign_changes") || arguments.has("record")
                ? ForeignChanges.parse(arguments.text("foreign_changes"))
                : ForeignChanges.ALLOW;
    }
}
