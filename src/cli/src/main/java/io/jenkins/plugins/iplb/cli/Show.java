package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.run.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows what is there: zones, pending changes, failover IPs, frontends, farms, routes.")
final class Show extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--servers", description = "The servers of the farms too: one request more for each farm.")
    private boolean servers;

    @Override
    Operation operation() {
        return new Operation.Showing(service, servers);
    }

    @Override
    void show(Report report, Presenter presenter) {
        presenter.facts(report, Overview.of(report.result()));
    }
}
