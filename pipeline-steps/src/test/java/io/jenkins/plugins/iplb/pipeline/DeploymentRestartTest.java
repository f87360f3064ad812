package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * A controller that is restarted in each phase of deployments, each of a load balancer of its own. {@link RestartTest} has the calls.
 */
class DeploymentRestartTest {
    private static final List<String> NAMES = List.of("refresh", "empty", "block", "between", "back", "stopped");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void itGoesOnWhereItWas() throws Throwable {
        NAMES.forEach(name -> DemoWorld.shop(shop.sandbox().world(), service(name)));
        sessions.then(jenkins -> {
            shop.configure();
            OvhLoadBalancers.get().setRequestsPerMinute(600);
            OvhLoadBalancers.get()
                    .setLoadBalancers(NAMES.stream()
                            .map(name -> new NamedLoadBalancer(name, service(name), Shop.CREDENTIALS))
                            .toList());
            rolling(jenkins, "empty", "30s", "echo \"to ${env.IPLB_SERVER}\"");
            String asks = "if (env.IPLB_SERVER == '192.0.2.31') { input id: 'Go', message: 'go on?' }\n";
            rolling(jenkins, "block", "1s", "echo \"to ${env.IPLB_SERVER}\"\n" + asks);
            rolling(jenkins, "stopped", "1s", asks);
            rolling(jenkins, "back", "1s", asks + "error 'slip'");
            start(jenkins, "between", """
                    iplbShift(loadBalancer: 'between', protocol: 'http', farm: 'app', from: '192.0.2.31', to: '192.0.2.32',
                            steps: [25, 100], every: '30s') { echo "at ${env.IPLB_SHARE}" }
                    """);
            jenkins.waitForMessage("waiting for what is open to end", build(jenkins, "empty"));
            jenkins.waitForMessage("the next step comes", build(jenkins, "between"));
            for (String name : List.of("block", "stopped", "back")) {
                jenkins.waitForMessage("Proceed or Abort", build(jenkins, name));
            }
            shop.sandbox().world().refreshTakes(Duration.ofHours(1));
            rolling(jenkins, "refresh", "1s", "echo \"to ${env.IPLB_SERVER}\"");
            build(jenkins, "stopped").getExecutor().interrupt();
            goOn(build(jenkins, "back"));
            for (String name : List.of("refresh", "stopped", "back")) {
                Waits.until(() -> refreshIsUnderWay(name));
            }
        });
        shop.sandbox().world().refreshTakes(Duration.ofMillis(300)).endTasks();
        sessions.then(jenkins -> {
            goOn(build(jenkins, "block"));

            for (String name : List.of("refresh", "empty", "block")) {
                WorkflowRun build = build(jenkins, name);
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
                assertThat(JenkinsRule.getLog(build).lines().filter(line -> line.startsWith("to ")))
                        .as(name)
                        .containsExactly("to 192.0.2.31", "to 192.0.2.32");
            }
            WorkflowRun between = build(jenkins, "between");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(between));
            assertThat(JenkinsRule.getLog(between).lines().filter(line -> line.startsWith("at ")))
                    .containsExactly("at 25", "at 100");
            WorkflowRun stopped = build(jenkins, "stopped");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(stopped));
            jenkins.assertLogContains("192.0.2.31 is back in http farm 'app'", stopped);
            WorkflowRun back = build(jenkins, "back");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(back));
            jenkins.assertLogContains("slip: 192.0.2.31 is back in http farm 'app'", back);

            for (String name : NAMES) {
                assertThat(new BuildRecord(build(jenkins, name)).entries())
                        .as(name)
                        .isNotEmpty()
                        .noneMatch(RecordedEntry::open);
                assertThat(shop.sandbox().world().service(service(name)).pending())
                        .as(name)
                        .isEmpty();
                assertThat(shop.sandbox().world().service(service(name)).live("gra", "http/server"))
                        .as(name)
                        .noneMatch(server -> server.text("status").equals("inactive"));
                int refreshes = Stream.of("refresh", "empty", "block").anyMatch(name::equals) ? 4 : 2;
                assertThat(refreshes(name)).as(name).isEqualTo(refreshes);
            }
        });
    }

    private boolean refreshIsUnderWay(String name) {
        return refreshes(name) == (name.equals("refresh") ? 1 : 2);
    }

    private long refreshes(String name) {
        return shop.sandbox().calls().count("POST", "/ipLoadbalancing/" + service(name) + "/refresh");
    }

    private static String service(String name) {
        return "loadbalancer-" + name;
    }

    private static void rolling(JenkinsRule jenkins, String name, String emptyAfter, String block) throws Exception {
        start(
                jenkins,
                name,
                "iplbRolling(loadBalancer: '%s', protocol: 'http', farm: 'app', emptyAfter: '%s') {\n%s\n}"
                        .formatted(name, emptyAfter, block));
    }

    private static void start(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void goOn(WorkflowRun build) throws Exception {
        Waits.until(() -> build.getAction(InputAction.class) != null
                && build.getAction(InputAction.class).getExecution("Go") != null);
        build.getAction(InputAction.class).getExecution("Go").proceed(null);
    }

    private static WorkflowRun build(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
    }
}
