package io.jenkins.plugins.iplb.cli;

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

    @Override
    Wish wish() {
        RefreshRequest request = new RefreshRequest(service, zones, force, !noWait);
        return (operations, options) -> operations.refresh(request, options);
    }
}
