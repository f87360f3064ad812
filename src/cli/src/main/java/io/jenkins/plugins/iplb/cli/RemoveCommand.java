package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import io.jenkins.plugins.iplb.change.ServerKey;
import io.jenkins.plugins.iplb.operation.Operation;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the commands that remove something have in common. */
abstract class RemoveCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "http|tcp|udp", description = "Its kind.")
    private String protocol;

    abstract Removable what();

    @Override
    final Operation operation() {
        Remove change = new Remove(service, Protocol.parse(protocol), what());
        return Operation.of(change);
    }

    @Command(
            name = "remove-route",
            mixinStandardHelpOptions = true,
            description = "Makes sure that there is no such route; its rules go with it.")
    static final class Route extends RemoveCommand {
        @Option(names = "--route", required = true, paramLabel = "ID|NAME", description = "The route.")
        private String route;

        @Option(
                names = "--frontend",
                paramLabel = "ID|NAME",
                description = "Only where it is on this frontend. Default: wherever it is.")
        private String frontend;

        @Override
        Removable what() {
            return new Removable.Route(
                    Reference.parse("route", route),
                    Optional.ofNullable(frontend).map(given -> Reference.parse("frontend", given)));
        }
    }

    @Command(
            name = "remove-rule",
            mixinStandardHelpOptions = true,
            description = "Makes sure that a route has no such rule.")
    static final class Rule extends RemoveCommand {
        @Option(names = "--route", required = true, paramLabel = "ID|NAME", description = "The route.")
        private String route;

        @ArgGroup(multiplicity = "1")
        private Which which;

        @Override
        Removable what() {
            return new Removable.Rule(
                    Reference.parse("route", route),
                    Optional.ofNullable(which.rule).map(given -> Reference.parse("rule", given)),
                    Optional.ofNullable(which.says).map(text -> RuleSpec.parse("rule", text)));
        }

        private static final class Which {
            @Option(names = "--rule", required = true, paramLabel = "ID|NAME", description = "The rule.")
            private String rule;

            @Option(
                    names = "--says",
                    required = true,
                    paramLabel = "'FIELD[:SUBFIELD] [not] MATCH [PATTERN]'",
                    description = "What the rule says, such as 'protocol is http/2.0'.")
            private String says;
        }
    }

    @Command(
            name = "remove-farm",
            mixinStandardHelpOptions = true,
            description = "Makes sure that there is no such farm; its servers go first. Nothing may lead to it.")
    static final class Farm extends RemoveCommand {
        @Option(names = "--farm", required = true, paramLabel = "ID|NAME", description = "The farm.")
        private String farm;

        @Override
        Removable what() {
            return new Removable.Farm(Reference.parse("farm", farm));
        }
    }

    @Command(
            name = "remove-server",
            mixinStandardHelpOptions = true,
            description = "Makes sure that a farm has no such server.")
    static final class Server extends RemoveCommand {
        @Option(names = "--farm", required = true, paramLabel = "ID|NAME", description = "The farm.")
        private String farm;

        @Option(names = "--server", paramLabel = "ID|NAME", description = "The server.")
        private String server;

        @Option(names = "--address", paramLabel = "IPv4", description = "Its address.")
        private String address;

        @Option(names = "--port", paramLabel = "N", description = "Its port, where several are at the address.")
        private Integer port;

        @Override
        Removable what() {
            return new Removable.Server(
                    Reference.parse("farm", farm),
                    new ServerKey(
                            Optional.ofNullable(server).map(given -> Reference.parse("server", given)),
                            Optional.ofNullable(address),
                            Optional.ofNullable(port)));
        }
    }

    @Command(
            name = "remove-frontend",
            mixinStandardHelpOptions = true,
            description = "Makes sure that there is no such frontend. It must have no routes.")
    static final class Frontend extends RemoveCommand {
        @Option(names = "--frontend", required = true, paramLabel = "ID|NAME", description = "The frontend.")
        private String frontend;

        @Override
        Removable what() {
            return new Removable.Frontend(Reference.parse("frontend", frontend));
        }
    }
}
