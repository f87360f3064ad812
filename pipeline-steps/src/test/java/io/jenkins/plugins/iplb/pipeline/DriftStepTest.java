package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DriftStepTest {
    private static final String FILE = """
            def FILE = '{loadBalancer: shop, http: {farms: {blue: {zone: all, port: 80}}}}'
            """;

    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void itTellsAgainstAFileAndAgainstWhatBuildsHaveLeft() throws Exception {
        WorkflowRun before = Jobs.succeed(jenkins, FILE + """
                iplbApply loadBalancer: 'shop', content: FILE
                echo "by file: ${iplbDrift(loadBalancer: 'shop', content: FILE).drifted}"
                echo "by records: ${iplbDrift(loadBalancer: 'shop', unstable: true).drifted}"
                """);
        jenkins.assertLogContains("by file: false", before);
        jenkins.assertLogContains("by records: false", before);
        jenkins.assertLogContains("shop: " + Shop.SERVICE + ": no drift", before);
        shop.sandbox().world().service(Shop.SERVICE).add("http/farm", Map.of("displayName", "other", "zone", "all"));

        WorkflowRun after = Jobs.run(jenkins, Result.UNSTABLE, FILE + """
                def other = iplbDrift loadBalancer: 'shop', content: FILE.replace('80', '81'), pendingFor: '1h', unstable: true
                echo "${other.counts.different}, ${other.differences[0].fields[0].expected}, ${other.text.readLines()[0]}"
                def exact = iplbDrift loadBalancer: 'shop', content: FILE.replace('farms: {', 'farms: {app:, exact: true, ')
                echo "unexpected: ${exact.differences.count { it.state == 'unexpected' }}"
                echo "from another build: ${iplbDrift(loadBalancer: 'shop').drifted}"
                """);

        jenkins.assertLogContains("  ~ Farm blue is different", after);
        jenkins.assertLogContains("      port: 80 instead of 81", after);
        jenkins.assertLogContains("1, 81, ~ Farm blue is different", after);
        jenkins.assertLogContains(Shop.SERVICE + ": 1 different, pending for too long (the build is unstable)", after);
        jenkins.assertLogContains("unexpected: 1", after);
        jenkins.assertLogContains("from another build: false", after);
        assertThat(after.getRootDir().toPath().resolve("iplb-changes.json")).doesNotExist();
    }

    @Test
    void whatCannotBeMeantIsRefusedInWords() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, FILE + """
                def refused = { work -> try { work() } catch (e) { echo e.message } }
                refused { iplbDrift loadBalancer: 'shop', content: FILE, file: 'iplb.yaml' }
                refused { iplbDrift loadBalancer: 'shop', file: 'iplb.yaml' }
                refused { iplbDrift loadBalancer: 'shop', pendingFor: 'soon' }
                """);

        jenkins.assertLogContains("allowed: at most one of file and content", build);
        jenkins.assertLogContains("file: 'iplb.yaml' was given; allowed: a file of a workspace", build);
        jenkins.assertLogContains("pendingFor: 'soon' was given; allowed: a duration of at least a second", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void whoMayNotUseTheLoadBalancerIsRefused() throws Exception {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of("team"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        WorkflowJob job = jenkins.createProject(Folder.class, "elsewhere").createProject(WorkflowJob.class, "look");
        job.setDefinition(new CpsFlowDefinition("iplbDrift loadBalancer: 'shop'", true));

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("loadBalancer: 'shop' was given; allowed: a named load balancer", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void theFormKeepsWhatIsFilledInAndTheSnippetSaysNoDefaults() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        List<Map<String, Object>> before = new ArrayList<>();
        for (Step step : List.of(
                step(Map.of("file", "iplb.yaml", "values", "A=1", "pendingFor", "1h", "unstable", true)),
                step(Map.of()))) {
            before.add(DescribableModel.uninstantiate2_(step).toMap());
            job.getBuildersList().add(new StepHolder(step));
        }

        jenkins.configRoundtrip(job);

        assertThat(job.getBuildersList().getAll(StepHolder.class))
                .extracting(holder ->
                        DescribableModel.uninstantiate2_(holder.getStep()).toMap())
                .containsExactlyElementsOf(before);
        assertThat(Snippetizer.object2Groovy(step(Map.of("pendingFor", "1h", "unstable", true))))
                .isEqualTo("iplbDrift loadBalancer: 'shop', pendingFor: '1h', unstable: true");
    }

    private static Step step(Map<String, Object> arguments) throws Exception {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("loadBalancer", "shop");
        return StepDescriptor.byFunctionName("iplbDrift").newInstance(all);
    }
}
