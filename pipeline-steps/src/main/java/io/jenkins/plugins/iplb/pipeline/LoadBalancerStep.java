package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.iplb.check.ConnectionsAt;
import io.jenkins.plugins.iplb.jenkins.check.CheckGuard;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Http2Enabling;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.run.Report;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that calls OVH's API about a load balancer: a configured one, or one by service name and credentials. */
public abstract class LoadBalancerStep extends IplbStep {
    private static final long serialVersionUID = 1L;
    private static final Set<String> LOOKING = Set.of("show", "drift", "check-metrics");

    private String loadBalancer;
    private String service;
    private String credentialsId;

    @CheckForNull
    public final String getLoadBalancer() {
        return loadBalancer;
    }

    /** A name of the global configuration. */
    @DataBoundSetter
    public final void setLoadBalancer(String loadBalancer) {
        this.loadBalancer = Util.fixEmptyAndTrim(loadBalancer);
    }

    @CheckForNull
    public final String getService() {
        return service;
    }

    @DataBoundSetter
    public final void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    @CheckForNull
    public final String getCredentialsId() {
        return credentialsId;
    }

    /** OVHcloud API credentials that the build may use; their secrets are read when they are used, and not before. */
    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @Override
    final String subject() {
        return choice().name();
    }

    final LoadBalancerChoice choice() {
        return new LoadBalancerChoice(loadBalancer, service, credentialsId);
    }

    /** What somebody only looks at is for the Pipeline to say. */
    @Override
    void tell(Report report, ReportLog log) {
        if (given().type().isChange() || report.about().isPresent()) {
            log.done(report, isDryRun());
        }
    }

    @Override
    final CompletableFuture<Report> carryOut(Attempt attempt) {
        Target target = choice().resolve(attempt.build());
        attempt.log().isAbout(target.client().endpoint(), target.service());
        Journal journal = new BuildRecord(attempt.build()).journal(attempt.listener());
        Operations operations = IplbController.get()
                .operations(target.client(), journal)
                .asking(url -> guard(attempt).client(ConnectionsAt.PARAMETER, url));
        if (mayWrite()) {
            attempt.within().ifPresent(open -> open.mustBeAbout(target, choice().name()));
        }
        return attempt.within()
                .filter(open -> open.isAbout(target))
                .map(open -> open.run(turn -> run(target, operations.within(turn), attempt)))
                .orElseGet(() -> run(target, operations, attempt));
    }

    private boolean mayWrite() {
        return !isCheck() && !LOOKING.contains(given().type().name());
    }

    /** Does it at OVH. */
    CompletableFuture<Report> run(Target target, Operations operations, Attempt attempt) {
        GivenCertificates certificates = new GivenCertificates(given());
        Operation operation = certificates.others().operation(target);
        return operation instanceof Operation.EnablingHttp2 enabling
                ? enable(enabling.asked(certificates.in(enabling.target())), operations, attempt)
                : operations.run(goneOn((Operation.OnLoadBalancer) operation, attempt), attempt.options());
    }

    private static CompletableFuture<Report> enable(
            Operation.EnablingHttp2 enabling, Operations operations, Attempt attempt) {
        IplbController controller = IplbController.get();
        Http2Enabling.Steps steps = new Http2Enabling.Steps() {
            @Override
            public CompletableFuture<Report> run(Operation.OnLoadBalancer step, Options options) {
                return operations.run(goneOn(step, attempt), options);
            }

            @Override
            public boolean isOpen(Operation.Refreshing refresh) {
                return attempt.kept().isPresent();
            }
        };
        return new Http2Enabling(
                        steps, guard(attempt).check(enabling.target()), controller.workers(), controller.clock())
                .run(enabling, attempt.options());
    }

    private static CheckGuard guard(Attempt attempt) {
        return new CheckGuard(attempt.build().getParent(), IplbController.get().http());
    }

    /** A refresh goes on where it was. */
    private static Operation.OnLoadBalancer goneOn(Operation.OnLoadBalancer operation, Attempt attempt) {
        return operation instanceof Operation.Refreshing refresh
                ? new Operation.Refreshing(refresh.request(), attempt.gate(), attempt.keep())
                : operation;
    }
}
