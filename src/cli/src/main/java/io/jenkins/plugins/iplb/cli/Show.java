package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.ovh.Fields;
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

    @Override
    boolean isRecorded() {
        return false;
    }

    @Override
    Wish wish() {
        String name = ServiceName.parse(service);
        return new Wish(operation(), name, Fields.none(), (operations, options) -> operations.show(name, options));
    }

    @Override
    void show(Report report, Presenter presenter) {
        presenter.facts(report, Overview.of(report.result()));
    }
}
