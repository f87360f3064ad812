package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** No secret is in clear anywhere that a build leaves something. */
@WithJenkins
class SecretsTest {
    @Test
    void noneIsInTheLogTheFilesThePagesOrTheSystemLog(JenkinsRule jenkins) throws Exception {
        try (Shop shop = new Shop();
                LogRecorder log = new LogRecorder()
                        .record("io.jenkins.plugins.iplb", java.util.logging.Level.ALL)
                        .capture(10_000)) {
            shop.configure();
            shop.sandbox()
                    .faults()
                    .on("POST", "/ipLoadbalancing/*/refresh")
                    .times(1)
                    .status(403);

            WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, """
                    iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                    echo "${iplbShow(loadBalancer: 'shop')}"
                    try {
                        iplbSetStickiness service: 'nobody', credentialsId: 'ovh', protocol: 'http', farm: 'app', stickiness: 'none'
                    } catch (e) {
                        echo e.message
                    }
                    iplbRefresh loadBalancer: 'shop'
                    """);

            List<String> secrets = secrets(shop.sandbox().credentials());
            assertThat(JenkinsRule.getLog(build)).doesNotContain(secrets);
            assertThat(String.join("\n", log.getMessages())).doesNotContain(secrets);
            for (String page : List.of("", "console", "load-balancer-changes/", "flowGraphTable/", "api/xml?depth=3")) {
                try (JenkinsRule.WebClient client =
                        jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
                    assertThat(client.goTo(build.getUrl() + page, null)
                                    .getWebResponse()
                                    .getContentAsString())
                            .doesNotContain(secrets);
                }
            }
            for (Path file : files(jenkins.jenkins.getRootDir().toPath())) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
    }

    private static List<String> secrets(SandboxCredentials credentials) {
        return List.of(credentials.applicationSecret(), credentials.consumerKey(), credentials.clientSecret());
    }

    /** All of the controller's but its plugins. */
    private static List<Path> files(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(home.resolve("plugins")) && !file.startsWith(home.resolve("war")))
                    .toList();
        }
    }
}
