package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ensure-farm",
        mixinStandardHelpOptions = true,
        description = "Makes sure that there is a farm; what is not mentioned is left as it is, and none resets it.")
final class EnsureFarmCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "http|tcp|udp", description = "The kind of farm.")
    private String protocol;

    @Option(
            names = "--farm",
            required = true,
            paramLabel = "ID|NAME",
            description = "The farm; made under this name when there is none.")
    private String farm;

    @Option(names = "--name", paramLabel = "TEXT", description = "Its new name, when it is given by its id.")
    private String name;

    @Option(
            names = "--zone",
            paramLabel = "Z",
            description = "A zone of the load balancer, or all; a new farm needs one and stays there.")
    private String zone;

    @Option(names = "--port", paramLabel = "N|none", description = "none: the frontend's (http, tcp).")
    private String port;

    @Option(
            names = "--balance",
            paramLabel = "WAY|none",
            description = "first, leastconn, roundrobin, source or uri; uri is for http only.")
    private String balance;

    @Option(
            names = "--stickiness",
            paramLabel = "cookie|sourceIp|none",
            description = "How it keeps a session on one server; cookie is for http only.")
    private String stickiness;

    @Option(
            names = "--probe",
            paramLabel = "JSON|none",
            description = "How it looks after its servers, such as '{\"type\":\"http\",\"url\":\"/health\"}'.")
    private String probe;

    @Option(names = "--vrack-network", paramLabel = "ID|none", description = "Its network of the vRack.")
    private String vrackNetwork;

    @Override
    Operation operation() {
        Fields fields = GivenFields.none()
                .text("name", name)
                .text("zone", zone)
                .number("port", port)
                .text("balance", balance)
                .text("stickiness", stickiness)
                .json("probe", probe)
                .number("vrackNetworkId", vrackNetwork)
                .fields();
        EnsureFarm change = new EnsureFarm(service, Protocol.parse(protocol), Reference.parse("farm", farm), fields);
        return Operation.of(change);
    }
}
