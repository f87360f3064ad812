package io.jenkins.plugins.iplb.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.FilePath;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.file.WantedState;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.target.GivenChanges;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.process.Rehearsal;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.explain.Deployed;
import io.jenkins.plugins.iplb.sandbox.explain.Explainer;
import io.jenkins.plugins.iplb.sandbox.explain.Question;
import io.jenkins.plugins.iplb.sandbox.explain.Stage;
import io.jenkins.plugins.iplb.sandbox.explain.WrongQuestion;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A step that asks a HAProxy of its node what becomes of a request by what a change file says. No load balancer is called. */
public abstract class ExplainingStep extends IplbStep {
    private static final long serialVersionUID = 1L;

    @Override
    final boolean isCheck() {
        return true;
    }

    @Override
    final String subject() {
        return given().fields().json().path("request").asText();
    }

    /** What is kept is the answer: the node may be gone after a restart. */
    @Override
    final Optional<String> read(StepContext context) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null) {
            throw new IplbException(
                    FailureKind.USAGE, "HAProxy has to run somewhere: the step belongs inside of a node, which has it");
        }
        Fields given = given().type().check(given().fields()).values();
        try {
            Question.of(given.json());
            ChangeFile file = GivenChanges.read(given().type(), given().fields(), workspace, Attempt.env(context))
                    .kept()
                    .drawnAgain(FileOperations.values(null, Attempt.env(context)), UnaryOperator.identity())
                    .file();
            return Optional.of(workspace.act(
                    new Asking(deployed(file, given).text(), given.json().toString())));
        } catch (WrongQuestion e) {
            throw new InvalidInput(e.parameter(), e.given(), e.allowed());
        } catch (IllegalStateException e) {
            throw new IplbException(FailureKind.USAGE, e.getMessage(), e);
        }
    }

    private static Deployed deployed(ChangeFile file, Fields given) {
        Stage stage = new Stage();
        for (WantedState state : file.loadBalancers()) {
            stage.with(state.service(), state.zones(), state.additionalIps(), state.isInVrack());
        }
        SandboxCredentials keys = stage.credentials();
        Rehearsal.of(
                given.json().path("file").asText("the text"),
                file,
                stage.client(),
                new Credentials.ApplicationKeys(keys.applicationKey(), keys.applicationSecret(), keys.consumerKey()));
        List<WantedState> states = file.loadBalancers();
        String about = given.json().path("about").textValue();
        String service = about != null || states.size() > 1
                ? file.of(about).service()
                : states.get(0).service();
        return Deployed.of(
                stage.world(),
                service,
                Optional.ofNullable(given.json().path("zone").textValue()));
    }

    @Override
    final CompletableFuture<Report> carryOut(Attempt attempt) {
        ObjectNode answer = (ObjectNode) Json.parse(attempt.read().orElseThrow());
        return CompletableFuture.completedFuture(new Report(
                given().type().name(), null, Optional.empty(), false, answer, List.of(), 0, 0, Optional.empty()));
    }

    @Override
    final void tell(Report report, ReportLog log) {
        report.result().path("text").asText().lines().map(WaitStatus::of).forEach(log);
    }

    @Override
    final Map<String, Object> result(Report report, Optional<String> read) {
        return Results.ofFacts(report);
    }

    /** Where HAProxy is. */
    private static final class Asking extends MasterToSlaveCallable<String, IOException> {
        private static final long serialVersionUID = 1L;

        private final String deployed;
        private final String question;

        Asking(String deployed, String question) {
            this.deployed = deployed;
            this.question = question;
        }

        @Override
        public String call() {
            try (Explainer explainer = new Explainer(Deployed.parse(deployed))) {
                return explainer.ask(Question.of(Json.parse(question))).json().toString();
            }
        }
    }
}
