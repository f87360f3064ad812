package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.operation.Operation;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "add-route",
        mixinStandardHelpOptions = true,
        description = "Makes sure that a frontend has a route, with its rules when they are given.")
final class AddRoute extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "tcp|http", description = "The kind of route.")
    private String protocol;

    @Option(names = "--frontend", required = true, paramLabel = "ID|NAME", description = "Where the traffic arrives.")
    private String frontend;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(names = "--status", paramLabel = "N", description = "HTTP status of --redirect or --reject (http only).")
    private Integer status;

    @Option(names = "--weight", paramLabel = "N", description = "0 to 255; routes are evaluated in ascending order.")
    private Integer weight;

    @Option(names = "--name", paramLabel = "TEXT", description = "Its name; what it is found by when it is run again.")
    private String name;

    @Option(
            names = "--rule",
            paramLabel = "'FIELD[:SUBFIELD] [not] MATCH [PATTERN]'",
            description =
                    "A rule, such as 'protocol is http/2.0'; several must all match. The route gets exactly these.")
    private List<String> rules;

    @Override
    Operation operation() {
        Protocol parsed = Protocol.parse(protocol, Protocol.TCP, Protocol.HTTP);
        EnsureRoute change = new EnsureRoute(
                service,
                parsed,
                Reference.parse("frontend", frontend),
                target.parse(status),
                Optional.ofNullable(weight),
                name,
                Optional.ofNullable(rules)
                        .map(texts -> texts.stream().map(text -> RuleSpec.parse("rule", text)).toList()));
        return Operation.of(change);
    }

    private static final class Target {
        @Option(names = "--farm", required = true, paramLabel = "ID|NAME", description = "Send it to this farm.")
        private String farm;

        @Option(
                names = "--redirect",
                required = true,
                paramLabel = "URL",
                description = "Send the client there (http only).")
        private String redirect;

        @Option(names = "--reject", required = true, description = "Refuse it.")
        private boolean reject;

        private RouteTarget parse(Integer status) {
            return RouteTarget.of(farm, redirect, reject, status);
        }
    }
}
