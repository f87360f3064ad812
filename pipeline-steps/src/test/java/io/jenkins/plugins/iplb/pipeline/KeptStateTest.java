package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A build that waits for a refresh while the plugin is exchanged for another version. */
class KeptStateTest {
    private static final String REFRESH = "loadBalancer: 'shop', foreignChanges: 'allow'";

    /** As the first version kept it: with the deadline and the task of this refresh. */
    private static final String VERSION_1 = """
            {"request":{"service":"%1$s","zones":[],"force":false,"untilDone":true,"exclusive":false,\
            "foreignChanges":"allow"},"deadline":"%2$s","turn":{"phase":"WATCH","knownTasks":[],"queue":["all"],\
            "watched":%3$d,"polls":3,"failures":0},"tasks":[{"id":%3$d,"zones":["gra","rbx"],"status":"doing"}],\
            "pendingBefore":[{"zone":"gra","number":1},{"zone":"rbx","number":1}],"pendingAfter":null,\
            "warnings":["a refresh re-balances the connections"]}""";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Shop shop = new Shop();
    private final Blockade blockade = new Blockade(List.of("look"));

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatTheFirstVersionHasKeptIsGoneOnWith() throws Throwable {
        sessions.then(jenkins -> startAndKeep(
                jenkins,
                kept -> VERSION_1.formatted(Shop.SERVICE, Instant.now().plus(Duration.ofMinutes(10)), refreshId())));
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.waitForCompletion(build(jenkins));

            jenkins.assertBuildStatusSuccess(build);
            jenkins.assertLogContains("refreshed: [" + refreshId() + "]", build);
            assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh"))
                    .isOne();
        });
        blockade.lift();
    }

    @Test
    void whatALaterVersionHasKeptEndsTheBuildInWords() throws Throwable {
        sessions.then(jenkins -> startAndKeep(jenkins, kept -> kept.replace("\"version\":2", "\"version\":3")));
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.waitForCompletion(build(jenkins));

            jenkins.assertBuildStatus(Result.FAILURE, build);
            jenkins.assertLogContains(
                    "a later version of this program has kept where this refresh is (format 3; known here: 1 to 2)",
                    build);
            jenkins.assertLogNotContains("\tat ", build);
            assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh"))
                    .isOne();
        });
        blockade.lift();
    }

    /** Starts a build and exchanges what it keeps while its gate waits for an answer of OVH. */
    private void startAndKeep(JenkinsRule jenkins, UnaryOperator<String> exchange) throws Exception {
        shop.configure();
        shop.sandbox().world().refreshTakes(Duration.ofSeconds(2));
        shop.sandbox().world().service(Shop.SERVICE).add("udp/farm", Map.of("zone", "all", "port", 53));
        shop.sandbox().calls().onExchange(call -> {
            if (call.method().equals("GET") && call.rawPath().matches(".*/task/\\d+")) {
                blockade.pass("look");
            }
        });
        WorkflowRun build = Jobs.start(
                jenkins, "def done = iplbRefresh " + REFRESH + "\necho \"refreshed: ${done.tasks.collect { it.id }}\"");
        blockade.awaitHeld();
        StepExecution execution =
                build.getExecution().getCurrentExecutions(false).get().get(0);
        Field kept = IplbStepExecution.class.getDeclaredField("kept");
        kept.setAccessible(true);
        String before = (String) kept.get(execution);
        String after = exchange.apply(before);
        assertThat(after).isNotEqualTo(before);
        kept.set(execution, after);
        execution.getContext().saveState().get();
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
    }

    private long refreshId() {
        return shop.sandbox().world().service(Shop.SERVICE).refreshes().get(0).id();
    }
}
