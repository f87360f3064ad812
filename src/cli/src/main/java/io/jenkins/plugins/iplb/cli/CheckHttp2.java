package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.check.Http2Check;
import io.jenkins.plugins.iplb.check.Http2Result;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check-http2",
        mixinStandardHelpOptions = true,
        description = "Asks a URL as curl -I --http2 does, and fails when the answer is not over HTTP/2.")
final class CheckHttp2 extends IplbCommand {
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
    void carryOut(Presenter presenter) {
        Http2Target target = Http2Target.of(url, connectTo, fileHere(ca));
        Http2Result answer =
                new Http2Check(new OkHttpClient()).ask(target, timeout()).requireHttp2();
        Fields result = Fields.none()
                .with("url", answer.url().toString())
                .with("protocol", answer.protocol())
                .with("status", answer.status());
        Report report = new Report(operation(), null, false, result.json(), List.of(), 0, 0, Optional.empty());
        presenter.facts(
                report,
                List.of("%s answers over %s, with HTTP status %d"
                        .formatted(answer.url(), answer.protocol(), answer.status())));
    }

    private String fileHere(String name) {
        return name == null ? null : machine().workingDirectory().resolve(name).toString();
    }
}
