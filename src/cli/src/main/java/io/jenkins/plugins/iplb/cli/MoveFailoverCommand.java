package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "move-failover",
        mixinStandardHelpOptions = true,
        description = "Moves a failover IP to a load balancer or another service, and waits until it is there.")
final class MoveFailoverCommand extends OvhCommand {
    @Option(names = "--ip", required = true, paramLabel = "IP[/LEN]", description = "The address or block.")
    private String ip;

    @Option(names = "--to", required = true, paramLabel = "SERVICE", description = "The service that gets it.")
    private String to;

    @Override
    Operation operation() {
        MoveFailover change = new MoveFailover(IpBlock.parse("ip", ip), to);
        return Operation.of(change);
    }
}
