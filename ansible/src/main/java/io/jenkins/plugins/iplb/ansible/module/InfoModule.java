package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.operation.Operation;

/** {@code iplb_info}: what is there, without changing anything. */
final class InfoModule implements IplbModule {
    @Override
    public Work work(Arguments arguments) {
        return Work.of(Operation.show(arguments.text("service"), arguments.flag("servers")));
    }
}
