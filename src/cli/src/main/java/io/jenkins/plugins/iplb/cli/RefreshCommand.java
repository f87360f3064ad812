package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "refresh",
        mixinStandardHelpOptions = true,
        description = "Makes what is staged live, and waits until it is.")
final class RefreshCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--zone", paramLabel = "Z", description = "Only this zone; several may be given. Default: all.")
    private List<String> zones = List.of();

    @Option(names = "--force", description = "Refresh even when nothing is pending.")
    private boolean force;

    @Option(names = "--no-wait", description = "Start it and do not wait until it is done.")
    private boolean noWait;

    @Option(names = "--exclusive", description = "A refresh of its own, not one that somebody else asks for as well.")
    private boolean exclusive;

    @Option(
            names = "--foreign-changes",
            paramLabel = "refuse|warn|allow",
            description = "What to do about pending changes that the record does not explain. Default: warn.")
    private String foreignChanges;

    @Override
    Operation operation() {
        RefreshRequest request =
                new RefreshRequest(service, zones, force, !noWait, exclusive, ForeignChanges.parse(foreignChanges));
        return Operation.of(request);
    }
}
