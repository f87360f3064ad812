package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.operation.Operation;

/** {@code iplb_info}: what is there, without changing anything. */
final class InfoModule implements IplbModule {
    @Override
    public Operation operation(Arguments arguments) {
        return new Operation.Showing(arguments.text("service"), arguments.flag("servers"));
    }
}
