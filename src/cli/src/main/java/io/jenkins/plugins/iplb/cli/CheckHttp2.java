package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.run.Report;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check-http2",
        mixinStandardHelpOptions = true,
        description = "Asks a URL as curl -I --http2 does, and fails when the answer is not over HTTP/2.")
final class CheckHttp2 extends OvhCommand {
    @Parameters(paramLabel = "URL", description = "An https URL.")
    private String url;

    @Option(
            names = "--connect-to",
            paramLabel = "HOST:PORT",
            description = "Connect there instead; name and certificate stay those of the URL.")
    private String connectTo;

    @Option(names = "--ca", paramLabel = "FILE", description = "Trust this authority (PEM) instead of the platform's.")
    private String ca;

    @Override
    Operation operation() {
        return new Operation.Checking(Http2Target.of(url, connectTo, fileHere(ca)));
    }

    @Override
    void show(Report report, Presenter presenter) {
        JsonNode answer = report.result();
        presenter.facts(
                report,
                List.of("%s answers over %s, with HTTP status %d"
                        .formatted(
                                answer.path("url").asText(),
                                answer.path("protocol").asText(),
                                answer.path("status").asInt())));
    }

    private String fileHere(String name) {
        return name == null
                ? null
                : console().machine().workingDirectory().resolve(name).toString();
    }
}
