package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Changes that stand or fall together, and undoing what a build has changed. */
@WithJenkins
class ChangesStepTest {
    private static final String STICKY =
            "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'\n";
    private static final String FARM =
            "iplbEnsureFarm loadBalancer: 'shop', protocol: 'http', farm: 'new', zone: 'all', port: 80\n";

    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.sandbox().world().service(Shop.SERVICE).deployed();
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatTheBodyStagesIsMadeLiveByOneRefreshAndItsValueIsGivenBack() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                def value = iplbChanges(loadBalancer: 'shop') {
                    %s
                    parallel one: { %s }, two: { echo 'meanwhile' }
                    'the value'
                }
                echo "back: ${value}"
                """.formatted(STICKY, FARM));

        jenkins.assertLogContains("back: the value", build);
        assertThat(sent("POST", "refresh")).hasSize(1);
        assertThat(farms()).containsEntry("new", null).containsEntry("app", "cookie");
        assertNothingIsPending();
        assertThat(entries(build))
                .extracting(RecordedEntry::operation)
                .containsExactly("set-stickiness", "ensure-farm", "refresh");
        assertThat(entries(build))
                .extracting(entry -> entry.by().get("transaction"))
                .doesNotContainNull();
    }

    @Test
    void whereNothingIsStagedNothingIsRefreshed() throws Exception {
        shop.sandbox().world().service(Shop.SERVICE).add("udp/farm", Map.of("zone", "all", "port", 53));

        Jobs.succeed(jenkins, "iplbChanges(loadBalancer: 'shop') { iplbShow loadBalancer: 'shop' }");

        assertThat(writes()).isEmpty();
    }

    @Test
    void whatIsOnlyStagedIsPutBackAndNothingIsRefreshed() throws Exception {
        WorkflowRun build = Jobs.run(
                jenkins, Result.FAILURE, "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + FARM + "error 'slip' }");

        jenkins.assertLogContains("ERROR: slip", build);
        jenkins.assertLogContains("- Farm new removed", build);
        jenkins.assertLogContains(
                "shop: what was staged has been put back, and is as it was before; OVH still counts", build);
        assertThat(farms()).doesNotContainKey("new").containsEntry("app", null);
        assertThat(sent("POST", "refresh")).isEmpty();
        String made = entries(build).get(1).id();
        assertThat(entries(build))
                .extracting(entry -> entry.by().get("undoes"))
                .contains(made)
                .filteredOn(id -> id != null)
                .hasSize(2);
    }

    @Test
    void whatIsLiveIsUndoneWhenTheCheckOfTrafficFails() throws Exception {
        try (Page page = new Page(502)) {
            WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, """
                    iplbChanges(loadBalancer: 'shop') {
                        %s
                        iplbRefresh loadBalancer: 'shop'
                        iplbCheckTraffic url: '%s', maxErrors: 2
                    }
                    """.formatted(STICKY, page.url()));

            jenkins.assertLogContains("2 bad answers before it had answered well 3 times in a row", build);
            jenkins.assertLogContains("shop: what was live has been undone, and that is live", build);
            assertThat(page.asked()).isEqualTo(2);
        }
        assertThat(farms()).containsEntry("app", null);
        assertThat(sent("POST", "refresh")).hasSize(2);
        assertNothingIsPending();
    }

    @Test
    void aStepThatFailsHalfwayIsPutBackToo() throws Exception {
        shop.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/http/route/*/rule")
                .times(9)
                .status(403);

        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, """
                iplbChanges(loadBalancer: 'shop') {
                    iplbAddRoute loadBalancer: 'shop', protocol: 'http', frontend: 'http', reject: true, rules: ['host is a']
                }
                """);

        jenkins.assertLogContains("iplbAddRoute failed", build);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).staged("http/route"))
                .isEmpty();
        assertThat(sent("POST", "refresh")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"auto, 2", "never, 1"})
    void whatFailsBehindARefreshIsUndoneOrLeft(String rollback, int refreshes) throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, """
                iplbChanges(loadBalancer: 'shop', rollback: '%s') {
                    %s
                    iplbRefresh loadBalancer: 'shop'
                    %s
                    error 'the smoke test fails'
                }
                """.formatted(rollback, STICKY, FARM));

        jenkins.assertLogContains("ERROR: the smoke test fails", build);
        assertThat(sent("POST", "refresh")).hasSize(refreshes);
        assertThat(farms()).doesNotContainKey("new");
        if (rollback.equals("auto")) {
            assertThat(farms()).containsEntry("app", null);
            jenkins.assertLogContains("shop: what was live has been undone, and that is live", build);
            assertNothingIsPending();
        } else {
            assertThat(farms()).containsEntry("app", "cookie");
            jenkins.assertLogContains(
                    "what is live has been left as it is; to undo it: iplbRollback loadBalancer: 'shop', build: 1",
                    build);
        }
    }

    @Test
    void aRefreshAtItsEndThatFailsIsUndoneToo() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);

        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "}");

        jenkins.assertLogContains("iplbChanges failed (task-failed): refresh ", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(farms()).containsEntry("app", null);
        assertThat(sent("POST", "refresh")).hasSize(2);
        assertNothingIsPending();
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftAndSaid() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "input 'go on?' }");
        jenkins.waitForMessage("Proceed or Abort", build);
        somebodyMakesItSticky();

        build.getExecutor().interrupt();
        jenkins.waitForCompletion(build);

        jenkins.assertLogContains(
                "what it has changed is not undone, or not all of it: iplbChanges failed (conflict)", build);
        jenkins.assertLogContains("stickiness is \"sourceIp\", and was left \"cookie\"", build);
        assertThat(farms()).containsEntry("app", "sourceIp");
    }

    @Test
    void anAbortUndoesItAndLetsTheOthersGoOn() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "input 'go on?' }");
        jenkins.waitForMessage("Proceed or Abort", build);
        WorkflowRun other = Jobs.start(jenkins, FARM + "iplbRefresh loadBalancer: 'shop'");
        jenkins.waitForMessage(
                "shop: waiting for its turn: another change of %s comes first, now that of %s"
                        .formatted(Shop.SERVICE, build.getExternalizableId()),
                other);
        assertThat(sent("POST", "http/farm")).isEmpty();

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
        assertThat(farms()).containsEntry("app", null).containsKey("new");
        assertThat(sent("PUT", "farm/\\d+")).hasSize(2);
        assertThat(sent("POST", "refresh")).hasSize(1);
    }

    @Test
    void anAbortOfTheRefreshAtItsEndUndoesIt() throws Exception {
        shop.sandbox().world().refreshTakes(Duration.ofHours(1));
        WorkflowRun build = Jobs.start(jenkins, "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "}");
        jenkins.waitForMessage("is todo", build);

        build.getExecutor().interrupt();
        Waits.until(() -> sent("PUT", "farm/\\d+").size() == 2);
        shop.sandbox().world().refreshTakes(Duration.ZERO).endTasks();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(farms()).containsEntry("app", null);
        assertNothingIsPending();
    }

    @Test
    void aSecondAbortEndsItAtOnceAndSaysHowToUndoIt() throws Exception {
        shop.sandbox().world().refreshTakes(Duration.ofHours(1));
        WorkflowRun build = Jobs.start(jenkins, "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "}");
        jenkins.waitForMessage("is todo", build);
        build.getExecutor().interrupt();
        Waits.until(() -> sent("PUT", "farm/\\d+").size() == 2);

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("to undo it: iplbRollback loadBalancer: 'shop', build: 1", build);
    }

    @Test
    void whatIsKilledHoldsUpNobody() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "input 'go on?' }");
        jenkins.waitForMessage("Proceed or Abort", build);

        build.doKill();
        jenkins.waitForCompletion(build);

        Jobs.succeed(jenkins, FARM);
    }

    @Test
    void aLoadBalancerThatCannotBeRefreshedIsLeftAlone() throws Exception {
        shop.sandbox().world().service(Shop.SERVICE).add("http/frontend", Map.of("zone", "all", "port", "8088"));

        WorkflowRun build = Jobs.run(
                jenkins, Result.FAILURE, "iplbChanges(loadBalancer: 'shop') {\necho 'the body'\n" + STICKY + "}");

        jenkins.assertLogContains("iplbChanges failed (preflight): " + Shop.SERVICE + " cannot be refreshed", build);
        jenkins.assertLogNotContains("the body\n", build);
        assertThat(writes()).isEmpty();
        Jobs.succeed(
                jenkins, "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'none'");
    }

    @Test
    void whatCannotBeMeantIsRefusedInWords() throws Exception {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        NamedLoadBalancer other = new NamedLoadBalancer("other", "loadbalancer-other", Shop.CREDENTIALS);
        DemoWorld.shop(shop.sandbox().world(), "loadbalancer-other");
        OvhLoadBalancers.get().setLoadBalancers(List.of(named, other));

        WorkflowRun build = Jobs.succeed(jenkins, """
                def refused = { work -> try { work() } catch (e) { echo e.message } }
                refused { iplbChanges(loadBalancer: 'shop', rollback: 'sometimes') { echo 'in it' } }
                refused { iplbChanges(loadBalancer: 'shop', timeout: 'soon') { echo 'in it' } }
                refused { iplbChanges(loadBalancer: 'nowhere') { echo 'in it' } }
                iplbChanges(loadBalancer: 'shop') {
                    refused { iplbChanges(loadBalancer: 'shop') { echo 'in it' } }
                    refused { iplbSetStickiness loadBalancer: 'other', protocol: 'http', farm: 'app', stickiness: 'cookie' }
                    iplbShow loadBalancer: 'other'
                    iplbSetStickiness loadBalancer: 'other', protocol: 'http', farm: 'app', stickiness: 'cookie', dryRun: true
                }
                refused { iplbRollback loadBalancer: 'shop' }
                refused { iplbRollback loadBalancer: 'shop', build: 7 }
                refused { iplbRollback loadBalancer: 'shop', build: 1, job: 'nowhere' }
                refused { iplbRollback loadBalancer: 'shop', content: 'x', job: 'nowhere' }
                refused { iplbRollback loadBalancer: 'shop', content: 'x' }
                refused { iplbRollback loadBalancer: 'shop', file: 'iplb-changes.json' }
                refused { iplbRollback loadBalancer: 'shop', build: 1 }
                """);

        jenkins.assertLogContains(
                "iplbChanges failed (usage): rollback: 'sometimes' was given; allowed: one of auto, never", build);
        jenkins.assertLogContains("iplbChanges failed (usage): timeout: 'soon' was given", build);
        jenkins.assertLogContains("iplbChanges failed (usage): loadBalancer: 'nowhere' was given", build);
        jenkins.assertLogContains("iplbChanges failed (usage): it is inside of another iplbChanges", build);
        jenkins.assertLogContains(
                "iplbSetStickiness failed (usage): loadBalancer: 'other' was given; allowed: shop, which the iplbChanges around it is about",
                build);
        jenkins.assertLogNotContains("in it\n", build);
        jenkins.assertLogContains("allowed: exactly one of build, file and content", build);
        jenkins.assertLogContains("build: 7 was given; allowed: a build of", build);
        jenkins.assertLogContains("job: 'nowhere' was given; allowed: a job whose changes this build may see", build);
        jenkins.assertLogContains("job: 'nowhere' was given; allowed: nothing without build", build);
        jenkins.assertLogContains("allowed: a file of a workspace", build);
        jenkins.assertLogContains("nothing in the record has changed anything of " + Shop.SERVICE, build);
        assertThat(writes()).isEmpty();
    }

    @Test
    void withoutABodyItSaysSo() throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, "iplbChanges loadBalancer: 'shop'");

        jenkins.assertLogContains("iplbChanges step must be called with a body", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    // ---- iplbRollback

    @Test
    void aBuildUndoesAnEarlierOneAndCanBeUndoneItself() throws Exception {
        WorkflowJob job = Jobs.create(jenkins, STICKY + FARM + "iplbRefresh loadBalancer: 'shop'");
        jenkins.buildAndAssertSuccess(job);
        job.setDefinition(new CpsFlowDefinition("""
                def would = iplbRollback loadBalancer: 'shop', build: currentBuild.number - 1, dryRun: true
                echo "would: ${would.changes}"
                def done = iplbRollback loadBalancer: 'shop', build: currentBuild.number - 1
                echo "undone: ${done.changes}, live: ${done.refresh.tasks.size()}"
                """, true));

        WorkflowRun second = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("would: 2", second);
        jenkins.assertLogContains("undone: 2, live: 1", second);
        assertThat(farms()).containsEntry("app", null).doesNotContainKey("new");
        assertNothingIsPending();

        jenkins.buildAndAssertSuccess(job);
        assertThat(farms()).containsEntry("app", "cookie").containsKey("new");
    }

    @Test
    void aRecordOfAnotherJobOrOfAFileIsUndoneToo() throws Exception {
        WorkflowJob job = Jobs.create(jenkins, STICKY);
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        String record = Files.readString(new BuildRecord(first).file());

        Jobs.succeed(
                jenkins,
                "iplbRollback loadBalancer: 'shop', job: '%s', build: 1, refresh: false".formatted(job.getFullName()));
        assertThat(farms()).containsEntry("app", null);
        assertThat(sent("POST", "refresh")).isEmpty();

        jenkins.buildAndAssertSuccess(job);
        WorkflowJob byFile = Jobs.create(
                jenkins, """
                node {
                    writeFile file: 'deploy/iplb-changes.json', text: %s
                    iplbRollback loadBalancer: 'shop', file: 'deploy/iplb-changes.json', refresh: false
                }
                """.formatted("'''" + record.replace("\\", "\\\\").replace("'", "\\'") + "'''"));
        jenkins.buildAndAssertSuccess(byFile);
        assertThat(farms()).containsEntry("app", null);
    }

    @Test
    void whatSomebodyHasChangedSinceIsNotUndoneUnlessForced() throws Exception {
        WorkflowJob job = Jobs.create(jenkins, STICKY);
        jenkins.buildAndAssertSuccess(job);
        somebodyMakesItSticky();
        String undo = "iplbRollback loadBalancer: 'shop', job: '%s', build: 1".formatted(job.getFullName());

        WorkflowRun refused = Jobs.run(jenkins, Result.FAILURE, undo);

        jenkins.assertLogContains("iplbRollback failed (conflict): entry ", refused);
        jenkins.assertLogContains("stickiness is \"sourceIp\", and was left \"cookie\"", refused);
        Jobs.succeed(jenkins, undo + ", force: true");
        assertThat(farms()).containsEntry("app", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iplbChanges(loadBalancer: 'shop') { echo 'in it' }",
                "iplbRollback loadBalancer: 'shop', build: 1"
            })
    void whoMayNotUseTheLoadBalancerIsRefused(String step) throws Exception {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of("team"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        WorkflowJob job = jenkins.createProject(Folder.class, "outside-" + Math.abs(step.hashCode()))
                .createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(step, true));

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(
                "loadBalancer: 'shop' was given; allowed: a named load balancer, and there is none", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    // ---- forms

    @Test
    void theFormsKeepWhatIsFilledIn() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        List<Map<String, Object>> before = new ArrayList<>();
        for (Step step : List.of(
                step("iplbChanges", Map.of("rollback", "never", "timeout", "1h")),
                step("iplbChanges", Map.of()),
                step("iplbRollback", Map.of("build", 42, "job", "deploy", "force", true)),
                step("iplbRollback", Map.of("file", "iplb-changes.json", "refresh", false, "dryRun", true)))) {
            before.add(DescribableModel.uninstantiate2_(step).toMap());
            job.getBuildersList().add(new StepHolder(step));
        }

        jenkins.configRoundtrip(job);

        assertThat(job.getBuildersList().getAll(StepHolder.class))
                .extracting(holder ->
                        DescribableModel.uninstantiate2_(holder.getStep()).toMap())
                .containsExactlyElementsOf(before);
    }

    @Test
    void theSnippetSaysNoDefaults() throws Exception {
        assertThat(Snippetizer.object2Groovy(step("iplbChanges", Map.of("rollback", "auto", "timeout", "10m"))))
                .startsWith("iplbChanges(loadBalancer: 'shop') {");
        assertThat(Snippetizer.object2Groovy(step("iplbRollback", Map.of("build", 42))))
                .isEqualTo("iplbRollback build: '42', loadBalancer: 'shop'");
    }

    private static Step step(String function, Map<String, Object> arguments) throws Exception {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("loadBalancer", "shop");
        return StepDescriptor.byFunctionName(function).newInstance(all);
    }

    private void somebodyMakesItSticky() {
        ServiceSeed service = shop.sandbox().world().service(Shop.SERVICE);
        service.alter("http/farm", service.id("http/farm", "app"), Map.of("stickiness", "sourceIp"));
    }

    /** The stickiness of the staged http farms by their names. */
    private Map<String, String> farms() {
        Map<String, String> farms = new HashMap<>();
        shop.sandbox().world().service(Shop.SERVICE).staged("http/farm").forEach(farm -> {
            String stickiness = farm.text("stickiness");
            farms.put(farm.text("displayName"), stickiness.isEmpty() ? null : stickiness);
        });
        return farms;
    }

    private void assertNothingIsPending() {
        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
    }

    private static List<RecordedEntry> entries(WorkflowRun build) {
        return new BuildRecord(build).entries();
    }

    private List<Exchange> writes() {
        return shop.sandbox().calls().all().stream()
                .filter(call -> !call.method().equals("GET"))
                .toList();
    }

    private List<Exchange> sent(String method, String kind) {
        return writes().stream()
                .filter(call -> call.method().equals(method))
                .filter(call -> call.path().matches(".*/" + kind))
                .collect(Collectors.toList());
    }
}
