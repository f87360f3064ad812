package io.jenkins.plugins.iplb.jenkins.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.impl.SecretBuildWrapper;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class MetricsTokenBindingTest {
    private static final String SECRET = "sandboxsecret";

    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        shop = new Shop();
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aPartOfABuildHasATokenThatIsShownAndKeptNowhere() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(job("""
                withCredentials([ovhLoadBalancerMetrics(credentialsId: 'ovh', service: '%s')]) {
                  echo "$IPLB_METRICS_ENDPOINT <$IPLB_METRICS_TOKEN>"
                  say IPLB_METRICS_TOKEN.length()
                }
                echo "left: ${env.IPLB_METRICS_TOKEN}"
                def say(length) { echo "length $length" }
                """.formatted(Shop.SERVICE)));

        jenkins.assertLogContains("/metrics/" + Shop.SERVICE + " <****>", build);
        jenkins.assertLogContains("length 64", build);
        jenkins.assertLogContains("left: null", build);
        assertNoneIsIn(build.getRootDir().toPath());
    }

    @Test
    void whoMayNotIsToldAndGetsNone() throws Exception {
        WorkflowJob job = job("""
                withCredentials([ovhLoadBalancerMetrics(credentialsId: 'ovh', service: 'loadbalancer-nowhere')]) { echo 'never' }
                """);

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("load balancer loadbalancer-nowhere does not exist", build);
        jenkins.assertLogNotContains("never", build);
    }

    @Test
    void theFormOfAFreestyleJobSavesWhatItShows() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        MetricsTokenBinding binding = new MetricsTokenBinding(Shop.CREDENTIALS, Shop.SERVICE);
        job.getBuildWrappersList().add(new SecretBuildWrapper(List.of(binding)));

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(
                binding,
                job.getBuildWrappersList()
                        .get(SecretBuildWrapper.class)
                        .getBindings()
                        .get(0));
    }

    private static WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static void assertNoneIsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }
}
