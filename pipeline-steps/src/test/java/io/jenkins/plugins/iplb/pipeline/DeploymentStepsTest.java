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
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/** Deployments with a block of the build's: server after server, and share by share. */
@WithJenkins
class DeploymentStepsTest {
    private static final String APP = "loadBalancer: 'shop', protocol: 'http', farm: 'app'";
    private static final String ROLLING = "iplbRolling(" + APP + ", emptyAfter: '1s'";
    private static final String SHIFT = "iplbShift(" + APP + ", from: '192.0.2.31', to: '192.0.2.32'";

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
        OvhLoadBalancers.get().setRequestsPerMinute(600);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    // ---- server after server

    @Test
    void theBlockRunsForEachServerWhileThatIsOut() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, ROLLING + """
                ) {
                    def farm = iplbShow(loadBalancer: 'shop', servers: true).farms.http.find { it.displayName == 'app' }
                    echo "to ${env.IPLB_SERVER} at ${env.IPLB_SERVER_ADDRESS}:${env.IPLB_SERVER_PORT}"
                    node { sh 'echo "agent: $IPLB_SERVER_ADDRESS:$IPLB_SERVER_PORT"' }
                    echo "out: ${farm.servers.findAll { it.status == 'inactive' }*.address}"
                }
                echo "outside: ${env.IPLB_SERVER}"
                """);

        for (String address : List.of("192.0.2.31", "192.0.2.32")) {
            jenkins.assertLogContains("to %1$s at %1$s:8080".formatted(address), build);
            jenkins.assertLogContains("agent: %s:8080".formatted(address), build);
            jenkins.assertLogContains("out: [%s]".formatted(address), build);
        }
        jenkins.assertLogContains("shop: 192.0.2.31 out and empty: 1 of 2", build);
        jenkins.assertLogContains("shop: Farm app changed", build);
        jenkins.assertLogContains("outside: null", build);
        assertThat(out()).isEmpty();
        assertThat(refreshes()).isEqualTo(4);
        assertThat(entries(build))
                .extracting(RecordedEntry::operation)
                .containsExactly(
                        "rolling", "drain", "refresh", "undrain", "refresh", "drain", "refresh", "undrain", "refresh");
        assertThat(entries(build))
                .allMatch(entry -> entry.outcome() == Outcome.CHANGED)
                .allMatch(entry -> "iplbRolling".equals(entry.by().get("step")));
    }

    @Test
    void itReturnsAMapAndServersThatAreOutAlreadyAreLeftAlone() throws Exception {
        addServer("192.0.2.33", Map.of("displayName", "third"));
        addServer("192.0.2.34", Map.of("status", "inactive"));

        WorkflowRun build = Jobs.succeed(jenkins, "def done = " + ROLLING + """
                , atOnce: '50%') { echo "to ${env.IPLB_SERVER} at ${env.IPLB_SERVER_ADDRESS}" }
                echo "${done.getClass().simpleName}, ${done.changed}, ${done.servers}, ${done.farmId}"
                """);

        jenkins.assertLogContains("to third at 192.0.2.33", build);
        jenkins.assertLogContains(
                "LinkedHashMap, true, [192.0.2.31, 192.0.2.32, third], "
                        + shop.sandbox().world().service(Shop.SERVICE).id("http/farm", "app"),
                build);
        assertThat(out()).containsExactly("192.0.2.34");
    }

    @Test
    void severalAtOnceAreOneRunOfTheBlockWithBlanksBetweenThem() throws Exception {
        addServer("192.0.2.33", Map.of());

        WorkflowRun build = Jobs.succeed(jenkins, ROLLING + ", atOnce: 2) { echo \"to ${env.IPLB_SERVER_ADDRESS}.\" }");

        jenkins.assertLogContains("to 192.0.2.31 192.0.2.32.", build);
        jenkins.assertLogContains("to 192.0.2.33.", build);
        assertThat(refreshes()).isEqualTo(4);
    }

    @Test
    void whereTheBlockFailsTheServerComesBackAndNoOtherOneGoes() throws Exception {
        WorkflowRun build = Jobs.run(
                jenkins, Result.FAILURE, ROLLING + ") { echo \"to ${env.IPLB_SERVER}\"; error 'no room left' }");

        jenkins.assertLogContains("ERROR: no room left", build);
        jenkins.assertLogContains(
                "shop: warning: iplbRolling failed (task-failed): no room left: 192.0.2.31 is back in http farm 'app'",
                build);
        jenkins.assertLogContains("; not begun: 192.0.2.32", build);
        jenkins.assertLogNotContains("to 192.0.2.32", build);
        assertThat(out()).isEmpty();
        assertThat(puts()).isEqualTo(2);
        assertThat(entries(build).get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entries(build).get(0).error().message()).contains("no room left: 192.0.2.31 is back");
        assertThat(entries(build)).noneMatch(RecordedEntry::open);
    }

    @Test
    void whatTheBlockThrowsIsCaughtAsItWasThrown() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                try { %s) { throw new Exception('half made') } }
                catch (Exception e) { echo "caught: ${e.message}" }
                """.formatted(ROLLING));

        jenkins.assertLogContains("caught: half made", build);
        assertThat(out()).isEmpty();
    }

    @Test
    void aFailureCanMakeTheBuildUnstableOnly() throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.UNSTABLE, """
                def done = %s, onFailure: 'unstable') { error 'no room left' }
                echo "failed: ${done.failed}, ${done.error.kind}, ${done.error.message}"
                """.formatted(ROLLING));

        jenkins.assertLogContains("failed: true, task-failed, no room left: 192.0.2.31 is back", build);
        assertThat(out()).isEmpty();
    }

    @Test
    void aDryRunNamesTheServersAndRunsNothing() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                def would = %s, dryRun: true) { echo 'in it' }
                echo "would: ${would.changed}, ${would.servers}"
                """.formatted(ROLLING));

        jenkins.assertLogContains("would: true, [192.0.2.31, 192.0.2.32]", build);
        jenkins.assertLogNotContains("in it\n", build);
        assertThat(puts() + refreshes()).isZero();
        assertThat(entries(build)).isEmpty();
    }

    @Test
    void theBlockMayChangeTheLoadBalancerItself() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, ROLLING + """
                ) { iplbChanges(loadBalancer: 'shop') {
                    iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                } }
                """);

        assertThat(entries(build)).extracting(RecordedEntry::operation).contains("set-stickiness");
        assertThat(out()).isEmpty();
    }

    // ---- share by share

    @Test
    void theBlockRunsAtEachShareAndTheWeightsAreSaid() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, "def done = " + SHIFT + """
                , steps: [25, 100], every: '1s') {
                    echo "at ${env.IPLB_SHARE} %"
                    node { sh 'echo "agent: $IPLB_SHARE %"' }
                }
                echo "${done.changed}, ${done.share}, ${done.weights}"
                """);

        jenkins.assertLogContains("at 25 %", build);
        jenkins.assertLogContains("agent: 100 %", build);
        jenkins.assertLogContains("shop: 25 % is live: step 1 of 2", build);
        jenkins.assertLogContains("true, 100, [192.0.2.31:0, 192.0.2.32:1]", build);
        assertThat(weights()).containsExactlyInAnyOrderEntriesOf(Map.of("192.0.2.31", "0", "192.0.2.32", "1"));
        assertThat(refreshes()).isEqualTo(2);
        assertThat(entries(build)).extracting(RecordedEntry::operation).startsWith("shift");
    }

    @Test
    void whereTheBlockFailsTheWeightsAreAsTheyWere() throws Exception {
        Map<String, String> before = weights();

        WorkflowRun build = Jobs.run(
                jenkins,
                Result.FAILURE,
                SHIFT + ", steps: [25, 50, 100]) { if (env.IPLB_SHARE == '50') { error 'too many errors' } }");

        jenkins.assertLogContains("ERROR: too many errors", build);
        jenkins.assertLogContains("too many errors, at 50 %: the weights of http farm 'app'", build);
        assertThat(weights()).isEqualTo(before);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
    }

    @Test
    void inADeclarativePipelineANumberIsAListOfOneToo() throws Exception {
        WorkflowRun build = Jobs.succeed(
                jenkins,
                Jobs.declarative(
                        "iplbShift(%s, from: '192.0.2.31', to: '192.0.2.32', steps: 50) { echo \"at ${env.IPLB_SHARE} %%\" }"
                                        .formatted(APP)
                                + "\niplbShift(%s, from: ['192.0.2.31'], to: '192.0.2.32', steps: [60, 70]) { echo \"at ${env.IPLB_SHARE} %%\" }"
                                        .formatted(APP)
                                + "\niplbRolling(%s, atOnce: 1, keep: 1, emptyAfter: '1s') { echo \"to ${env.IPLB_SERVER}\" }"
                                        .formatted(APP)));

        for (String said : List.of("at 50 %", "at 60 %", "at 70 %", "to 192.0.2.31", "to 192.0.2.32")) {
            jenkins.assertLogContains(said, build);
        }
    }

    // ---- stopped

    @ParameterizedTest
    @CsvSource({"PT1H, 1s, is todo", "PT0.3S, 50s, waiting for what is open to end"})
    void anAbortWhileItWaitsPutsBackWhatIsOut(Duration refresh, String emptyAfter, String moment) throws Exception {
        shop.sandbox().world().refreshTakes(refresh);
        WorkflowRun build = Jobs.start(jenkins, ROLLING.replace("1s", emptyAfter) + ") { echo 'in it' }");
        jenkins.waitForMessage(moment, build);

        build.getExecutor().interrupt();
        Waits.until(() -> puts() == 2);
        shop.sandbox().world().refreshTakes(Duration.ofMillis(300)).endTasks();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("192.0.2.31 is back in http farm 'app'", build);
        jenkins.assertLogNotContains("in it\n", build);
        assertThat(out()).isEmpty();
        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
        assertThat(entries(build)).noneMatch(RecordedEntry::open);
    }

    @Test
    void anAbortOfTheBlockPutsBackWhatIsOut() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, ROLLING + ") { input 'go on?' }");
        jenkins.waitForMessage("Proceed or Abort", build);
        assertThat(out()).containsExactly("192.0.2.31");

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("192.0.2.31 is back in http farm 'app'", build);
        assertThat(out()).isEmpty();
        assertThat(puts()).isEqualTo(2);
    }

    @Test
    void anAbortBetweenTwoSharesPutsTheWeightsBack() throws Exception {
        Map<String, String> before = weights();
        WorkflowRun build = Jobs.start(jenkins, SHIFT + ", steps: [25, 100], every: '1h') { echo 'checked' }");
        jenkins.waitForMessage("the next step comes", build);

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("at 25 %: the weights of http farm 'app'", build);
        assertThat(weights()).isEqualTo(before);
    }

    @Test
    void anAbortBeforeItHasItsTurnChangesNothing() throws Exception {
        WorkflowRun holder = Jobs.start(jenkins, "iplbChanges(loadBalancer: 'shop') { input 'go on?' }");
        jenkins.waitForMessage("Proceed or Abort", holder);
        WorkflowRun build = Jobs.start(jenkins, ROLLING + ") { echo 'in it' }");
        jenkins.waitForMessage("waiting for its turn", build);

        build.getExecutor().interrupt();
        holder.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogNotContains("in it\n", build);
        assertThat(puts() + refreshes()).isZero();
    }

    @Test
    void aSecondAbortEndsItAtOnceAndSaysHowToPutItBack() throws Exception {
        WorkflowRun build = Jobs.start(jenkins, ROLLING + ") { input 'go on?' }");
        jenkins.waitForMessage("Proceed or Abort", build);
        shop.sandbox().world().refreshTakes(Duration.ofHours(1));
        build.getExecutor().interrupt();
        Waits.until(() -> refreshes() == 2);

        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("iplbUndrain puts servers back", build);
        Waits.until(() -> entries(build).stream().noneMatch(RecordedEntry::open));
        assertThat(entries(build).get(0).outcome()).isEqualTo(Outcome.ABORTED);
    }

    // ---- what cannot be meant

    @Test
    void itGoesOutsideOfChangesThatStandOrFallTogether() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                iplbChanges(loadBalancer: 'shop') {
                    try { %s) { echo 'in it' } } catch (e) { echo e.message }
                    try { %s, steps: 50) { echo 'in it' } } catch (e) { echo e.message }
                    echo "would: ${%s, dryRun: true) { echo 'in it' }.servers}"
                }
                """.formatted(ROLLING, SHIFT, ROLLING));

        for (String function : List.of("iplbRolling", "iplbShift")) {
            jenkins.assertLogContains(
                    function + " failed (usage): it is inside of an iplbChanges, which refreshes once and at its end",
                    build);
        }
        jenkins.assertLogContains("would: [192.0.2.31, 192.0.2.32]", build);
        jenkins.assertLogNotContains("in it\n", build);
        assertThat(puts() + refreshes()).isZero();
    }

    @Test
    void whatCannotBeMeantIsRefusedInWordsAndNothingIsSent() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                def refused = { work -> try { work() } catch (e) { echo e.message } }
                refused { iplbRolling(%1$s, atOnce: 2) { echo 'in it' } }
                refused { iplbRolling(%1$s, keep: 0) { echo 'in it' } }
                refused { iplbRolling(%1$s, timeout: 'soon') { echo 'in it' } }
                refused { iplbRolling(%1$s, server: 'a') { echo 'in it' } }
                refused { iplbShift(%1$s, from: '192.0.2.31', to: '192.0.2.32', steps: [25, 5]) { echo 'in it' } }
                refused { iplbShift(%1$s, from: '192.0.2.31', to: '192.0.2.31', steps: 5) { echo 'in it' } }
                refused { iplbShift(%1$s, from: '192.0.2.31', steps: 5) { echo 'in it' } }
                """.formatted(APP));

        for (String said : List.of(
                "iplbRolling failed (refused): http farm 'app' (",
                "without 192.0.2.31, 192.0.2.32 0 would be left, and at least 1 must stay",
                "iplbRolling failed (usage): keep: '0' was given; allowed: 1 to 1000",
                "iplbRolling failed (usage): timeout: 'soon' was given",
                "iplbRolling failed (usage): server: 'a' was given",
                "iplbShift failed (usage): steps: 5 was given; allowed: percentages that rise, such as 5, 25, 100",
                "iplbShift failed (usage): to: '192.0.2.31' was given; allowed: others than from",
                "iplbShift failed (usage): to: ")) {
            jenkins.assertLogContains(said, build);
        }
        jenkins.assertLogNotContains("in it\n", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(puts() + refreshes()).isZero();
    }

    @Test
    void withoutABlockItSaysSo() throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, "iplbRolling " + APP);

        jenkins.assertLogContains("iplbRolling step must be called with a body", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ROLLING + ") { echo 'in it' }", SHIFT + ", steps: 50) { echo 'in it' }"})
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
        jenkins.assertLogNotContains("in it\n", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    // ---- forms

    @Test
    void theFormsKeepWhatIsFilledIn() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        List<Map<String, Object>> before = new ArrayList<>();
        for (Step step : List.of(
                step(
                        "iplbRolling",
                        Map.of(
                                "atOnce",
                                "20%",
                                "keep",
                                2,
                                "zone",
                                "gra",
                                "connectionsAt",
                                "http://{address}/",
                                "connections",
                                3,
                                "timeout",
                                "1h",
                                "onFailure",
                                "unstable",
                                "dryRun",
                                true)),
                step("iplbRolling", Map.of("emptyAfter", "45s")),
                step(
                        "iplbShift",
                        Map.of(
                                "from",
                                List.of("a", "b"),
                                "to",
                                List.of("c"),
                                "steps",
                                List.of(5, 25, 100),
                                "every",
                                "5m",
                                "zone",
                                "all")))) {
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
        assertThat(Snippetizer.object2Groovy(step("iplbRolling", Map.of("timeout", "10m", "onFailure", "fail"))))
                .startsWith("iplbRolling(farm: 'app', loadBalancer: 'shop', protocol: 'http') {");
        assertThat(Snippetizer.object2Groovy(
                        step("iplbShift", Map.of("from", "a", "to", "b", "steps", List.of(5, 100), "every", "5m"))))
                .startsWith(
                        "iplbShift(every: '5m', farm: 'app', from: 'a', loadBalancer: 'shop', protocol: 'http', steps: '5, 100', to: 'b') {");
    }

    private static Step step(String function, Map<String, Object> arguments) throws Exception {
        Map<String, Object> all = new TreeMap<>(arguments);
        all.putAll(Map.of("loadBalancer", "shop", "protocol", "http", "farm", "app"));
        return StepDescriptor.byFunctionName(function).newInstance(all);
    }

    // ---- what there is

    private void addServer(String address, Map<String, Object> more) {
        Map<String, Object> fields = new TreeMap<>(Map.of("address", address, "status", "active"));
        fields.putAll(more);
        ServiceSeed service = shop.sandbox().world().service(Shop.SERVICE);
        service.add("http/server", service.id("http/farm", "app"), fields);
        service.deployed();
    }

    /** The addresses of those that are out in a zone, live. */
    private List<String> out() {
        return shop.sandbox().world().service(Shop.SERVICE).live("gra", "http/server").stream()
                .filter(server -> server.text("status").equals("inactive"))
                .map(server -> server.text("address"))
                .toList();
    }

    private Map<String, String> weights() {
        Map<String, String> weights = new TreeMap<>();
        shop.sandbox()
                .world()
                .service(Shop.SERVICE)
                .live("gra", "http/server")
                .forEach(server -> weights.put(server.text("address"), server.text("weight")));
        return weights;
    }

    private long puts() {
        return shop.sandbox().calls().count("PUT", "/**");
    }

    private long refreshes() {
        return shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh");
    }

    private static List<RecordedEntry> entries(WorkflowRun build) {
        return new BuildRecord(build).entries();
    }
}
