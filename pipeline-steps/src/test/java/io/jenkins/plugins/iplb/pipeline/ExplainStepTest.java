package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A pipeline that tests its routing. */
@WithJenkins
class ExplainStepTest {
    private static final String FILE = """
            def FILE = '''
            loadBalancer: shop
            http:
              farms:
                web: {zone: all, port: 8080, servers: {192.0.2.10: {}}}
              frontends:
                site:
                  zone: all
                  port: 443
                  ssl: true
                  farm: web
                  routes:
                    no-admin:
                      reject: true
                      status: 403
                      rules: [uri startswith /wp-login, source not in 10.0.0.0/8]
            '''
            """;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void aPipelineTestsItsRoutingOnAnAgentThatHasHaproxy() throws Exception {
        Haproxy.assumeInstalled();
        jenkins.createOnlineSlave(Label.get("away"));

        WorkflowRun build = Jobs.succeed(jenkins, FILE + """
                node('away') {
                    writeFile file: 'deploy/iplb.yaml', text: FILE
                    def admin = iplbExplain file: 'deploy/iplb.yaml', request: 'GET https://www.shop.example/wp-login.php'
                    echo "admin: ${admin.route} ${admin.status} ${admin.farm} ${admin.routes[0].rules[1].holds}"
                }
                """);

        jenkins.assertLogContains("admin: no-admin 403 null true", build);
        jenkins.assertLogContains("=> rejected, by route no-admin, with status 403", build);
    }

    @Test
    void whatCannotBeMeantFailsTheBuildWithItsName() throws Exception {
        WorkflowRun without =
                Jobs.run(jenkins, Result.FAILURE, FILE + "iplbExplain content: FILE, request: 'https://a.example/'");
        jenkins.assertLogContains("iplbExplain failed (usage): HAProxy has to run somewhere", without);

        WorkflowRun wrong = Jobs.run(
                jenkins,
                Result.FAILURE,
                FILE + "node { iplbExplain content: FILE, request: 'https://a.example/', zone: 'sbg' }");
        jenkins.assertLogContains("zone: 'sbg' was given; allowed: gra", wrong);

        WorkflowRun none =
                Jobs.run(jenkins, Result.FAILURE, FILE + "node { iplbExplain content: FILE, request: 'GET' }");
        jenkins.assertLogContains("request: 'GET' was given; allowed: a method and a URL", none);
    }

    @Test
    void itsFormGivesBackWhatItWasGiven() throws Exception {
        StepDescriptor descriptor = StepDescriptor.all().stream()
                .filter(each -> each instanceof IplbStepDescriptor ours
                        && ours.operation().equals(FileOperations.EXPLAINING))
                .findFirst()
                .orElseThrow();
        Step step = descriptor.newInstance(new HashMap<>(Map.of(
                "file", "iplb.yaml",
                "about", "shop",
                "request", "GET https://www.shop.example/",
                "headers", "Cookie: a=1",
                "source", "2001:db8::1",
                "over", "http/2",
                "ip", "203.0.113.7",
                "zone", "gra",
                "values", "PORT=80",
                "timeout", "1h")));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new StepHolder(step));

        jenkins.configRoundtrip(job);

        assertThat(DescribableModel.uninstantiate2_(
                                job.getBuildersList().get(StepHolder.class).getStep())
                        .toMap())
                .isEqualTo(DescribableModel.uninstantiate2_(step).toMap());
    }
}
