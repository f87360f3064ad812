package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.operation.Operation;

/** {@code iplb_failover}: where a failover IP is routed. */
final class FailoverModule implements IplbModule {
    @Override
    public Operation operation(Arguments arguments) {
        return Operation.of(new MoveFailover(IpBlock.parse("ip", arguments.text("ip")), arguments.text("to")));
    }
}
