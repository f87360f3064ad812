package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "add-rule",
        mixinStandardHelpOptions = true,
        description = "Makes sure that a route, which must be there already, has a rule.")
final class AddRule extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "tcp|http", description = "The kind of route.")
    private String protocol;

    @Option(names = "--route", required = true, paramLabel = "ID|NAME", description = "The route.")
    private String route;

    @Option(
            names = "--field",
            required = true,
            paramLabel = "F",
            description = "What to look at, such as host or header.")
    private String field;

    @Option(
            names = "--match",
            required = true,
            paramLabel = "M",
            description = "is, in, contains, startswith, endswith, matches or exists.")
    private String match;

    @Option(names = "--pattern", paramLabel = "P", description = "What to compare it with; nothing for exists.")
    private String pattern;

    @Option(names = "--sub-field", paramLabel = "F", description = "The name of the header, cookie or parameter.")
    private String subField;

    @Option(names = "--negate", description = "Match what the comparison does not.")
    private boolean negate;

    @Option(names = "--name", paramLabel = "TEXT", description = "Its name.")
    private String name;

    @Override
    Operation operation() {
        EnsureRule change = new EnsureRule(
                service,
                Protocol.parse(protocol, Protocol.TCP, Protocol.HTTP),
                Reference.parse("route", route),
                new RuleSpec(field, subField, match, negate, pattern),
                name);
        return Operation.of(change);
    }
}
