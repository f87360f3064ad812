package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "set-stickiness",
        mixinStandardHelpOptions = true,
        description = "Sets how a farm keeps the requests of one session on one server.")
final class SetStickinessCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "http|tcp", description = "The kind of farm.")
    private String protocol;

    @Option(names = "--farm", required = true, paramLabel = "ID|NAME", description = "The farm.")
    private String farm;

    @Option(
            names = "--mode",
            required = true,
            paramLabel = "cookie|sourceIp|none",
            description = "How; cookie is for http only.")
    private String mode;

    @Override
    Operation operation() {
        SetStickiness change = new SetStickiness(
                service, Protocol.parse(protocol, Protocol.HTTP, Protocol.TCP), Reference.parse("farm", farm), mode);
        return Operation.of(change);
    }
}
