package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.Reference;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ensure-frontend",
        mixinStandardHelpOptions = true,
        description = "Makes sure that there is a frontend; what is not mentioned is left as it is.")
final class EnsureFrontendCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "http|tcp|udp", description = "The kind of frontend.")
    private String protocol;

    @Option(names = "--port", required = true, paramLabel = "PORTS", description = "Such as 443, 6000-6010 or 80,443.")
    private String port;

    @Option(names = "--zone", required = true, paramLabel = "Z", description = "A zone of the load balancer, or all.")
    private String zone;

    @Option(names = "--name", paramLabel = "TEXT", description = "Its name; what it is found by when it is run again.")
    private String name;

    @Option(names = "--farm", paramLabel = "ID|NAME", description = "The default farm.")
    private String farm;

    @Option(names = "--ssl", negatable = true, description = "Whether it speaks TLS (http, tcp).")
    private Boolean ssl;

    @Option(
            names = "--ip",
            arity = "1..*",
            paramLabel = "IP",
            description = "Listen on this failover IP only; several may be given.")
    private List<String> ips;

    @Override
    Wish wish() {
        EnsureFrontend change = new EnsureFrontend(
                service,
                Protocol.parse(protocol),
                port,
                zone,
                name,
                Optional.ofNullable(farm).map(given -> Reference.parse("farm", given)),
                Optional.ofNullable(ssl),
                Optional.ofNullable(ips)
                        .map(given -> given.stream()
                                .map(ip -> IpBlock.parse("ip", ip))
                                .toList()));
        return (operations, options) -> operations.change(change, options);
    }
}
