package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.check.ConnectTo;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.check.TrustedCa;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.LiveCheck;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Asks a URL as {@code curl -I --http2} does, and fails when the answer is not over HTTP/2. */
public final class CheckHttp2Step extends IplbStep {
    private static final long serialVersionUID = 1L;

    private final String url;
    private String connectTo;
    private String ca;

    @DataBoundConstructor
    public CheckHttp2Step(String url) {
        this.url = Util.fixEmptyAndTrim(url);
    }

    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getConnectTo() {
        return connectTo;
    }

    /** {@code HOST:PORT} to connect to instead; name and certificate stay those of the URL. */
    @DataBoundSetter
    public void setConnectTo(String connectTo) {
        this.connectTo = Util.fixEmptyAndTrim(connectTo);
    }

    @CheckForNull
    public String getCa() {
        return ca;
    }

    /** Whom to trust instead of the platform: certificates, as PEM text. */
    @DataBoundSetter
    public void setCa(String ca) {
        this.ca = Util.fixEmptyAndTrim(ca);
    }

    @Override
    String subject() {
        return url;
    }

    @Override
    void tell(Report report, ReportLog log) {
        if (!isDryRun()) {
            log.accept(WaitStatus.of(Messages.CheckHttp2Step_answers(
                    report.result().path("protocol").asText(),
                    report.result().path("status").asText())));
        }
    }

    @Override
    CompletableFuture<Report> carryOut(Attempt attempt) {
        Operation.Checking operation = new Operation.Checking(target());
        IplbController controller = IplbController.get();
        return isDryRun()
                ? CompletableFuture.completedFuture(LiveCheck.planned(operation))
                : CompletableFuture.supplyAsync(
                        () -> new LiveCheck(controller.http())
                                .run(
                                        operation,
                                        Duration.between(
                                                controller.clock().instant(),
                                                attempt.options().deadline())),
                        controller.workers());
    }

    private Http2Target target() {
        Http2Target target = Http2Target.of(url, connectTo, null);
        return ca == null ? target : new Http2Target(target.url(), target.connectTo(), TrustedCa.parse("the text", ca));
    }

    @Extension
    public static final class DescriptorImpl extends IplbStepDescriptor {
        public DescriptorImpl() {
            super("iplbCheckHttp2");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CheckHttp2Step_displayName();
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            String needed =
                    Catalogue.named("check-http2").parameter("url").missing().allowed();
            return FieldCheck.needed(item, value, needed, url -> Http2Target.of(url, null, null));
        }

        @POST
        public FormValidation doCheckConnectTo(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, ConnectTo::parse);
        }

        @POST
        public FormValidation doCheckCa(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, pem -> TrustedCa.parse("the text", pem));
        }
    }
}
