package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.DedicateFailover;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.operation.Operation;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "dedicate-failover",
        mixinStandardHelpOptions = true,
        description = "Sets the failover IPs that a frontend listens on, and no other address.")
final class DedicateFailoverCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "http|tcp|udp", description = "The kind of frontend.")
    private String protocol;

    @Option(names = "--frontend", required = true, paramLabel = "ID|NAME", description = "The frontend.")
    private String frontend;

    @ArgGroup(multiplicity = "1")
    private Addresses addresses;

    @Override
    Operation operation() {
        List<IpBlock> ips = addresses.none
                ? List.of()
                : addresses.ips.stream().map(ip -> IpBlock.parse("ip", ip)).toList();
        DedicateFailover change =
                new DedicateFailover(service, Protocol.parse(protocol), Reference.parse("frontend", frontend), ips);
        return Operation.of(change);
    }

    private static final class Addresses {
        @Option(
                names = "--ip",
                required = true,
                arity = "1..*",
                paramLabel = "IP",
                description = "An address; several may be given.")
        private List<String> ips;

        @Option(names = "--none", required = true, description = "All addresses of the load balancer.")
        private boolean none;
    }
}
