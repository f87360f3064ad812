package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.List;

/** {@code iplb_refresh}: makes what is staged live, and waits until it is. */
final class RefreshModule implements IplbModule {
    @Override
    public Work work(Arguments arguments) {
        RefreshRequest request = new RefreshRequest(
                arguments.text("service"),
                arguments.texts("zones").orElse(List.of()),
                arguments.flag("force"),
                arguments.flag("wait"));
        return engine -> engine.run((operations, options) -> operations.refresh(request, options));
    }
}
