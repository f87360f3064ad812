package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Change files in Pipelines. */
@WithJenkins
class ConfigurationStepsTest {
    private static final String FILE = """
            def FILE = '''
            loadBalancer: shop
            http:
              farms:
                blue:
                  zone: all
                  port: ${PORT:-80}
                  servers:
                    192.0.2.10:8080: {weight: 10}
            '''
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
    void aFileOfAnAgentsWorkspaceIsPlannedAndThatIsApplied() throws Exception {
        jenkins.createOnlineSlave(Label.get("away"));

        WorkflowRun build = Jobs.succeed(jenkins, FILE + """
                def plan
                node('away') {
                    writeFile file: 'deploy/iplb.yaml', text: FILE
                    plan = iplbPlan loadBalancer: 'shop', file: 'deploy/iplb.yaml', values: [PORT: 8000]
                }
                echo "planned: ${plan.changes}, ${plan.changed}: ${plan.counts.added} added, ${plan.text.readLines()[0]}"
                def done = iplbApply loadBalancer: 'shop', plan: plan.plan
                echo "done: ${done.changes}, same: ${done.hash == plan.hash}, live: ${done.refresh.tasks.size()}"
                echo "again: ${iplbPlan(loadBalancer: 'shop', content: FILE, values: 'PORT=8000').changes}"
                """);

        jenkins.assertLogContains("planned: 2, true: 2 added, + Farm blue would be added", build);
        jenkins.assertLogContains("  + Server 192.0.2.10:8080 would be added to farm blue", build);
        jenkins.assertLogContains("shop: " + Shop.SERVICE + ": 2 to be added", build);
        jenkins.assertLogContains("done: 2, same: true, live: 1", build);
        jenkins.assertLogContains("again: 0", build);
        assertThat(sent("POST", "http/farm"))
                .singleElement()
                .satisfies(farm -> assertThat(farm.requestBody()).contains("8000"));
        assertThat(sent("POST", "refresh")).hasSize(1);
        assertThat(Files.readString(build.getRootDir().toPath().resolve("iplb-changes.json")))
                .contains("ensure-farm", "ensure-server", "refresh");
        assertThat(build.getArtifacts()).extracting(Object::toString).contains("iplb-changes.json");
    }

    @Test
    void aPlanWritesNothing() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, FILE + "iplbPlan loadBalancer: 'shop', content: FILE");

        assertThat(writes()).isEmpty();
        assertThat(build.getRootDir().toPath().resolve("iplb-changes.json")).doesNotExist();
    }

    @Test
    void textNeedsNoWorkspaceAndTakesItsValuesFromTheEnvironment() throws Exception {
        Jobs.succeed(jenkins, FILE + """
                withEnv(['PORT=8001']) {
                    iplbApply loadBalancer: 'shop', content: FILE, refresh: false
                }
                """);

        assertThat(sent("POST", "http/farm"))
                .singleElement()
                .satisfies(farm -> assertThat(farm.requestBody()).contains("8001"));
        assertThat(sent("POST", "refresh")).isEmpty();
    }

    @Test
    void aPrivateKeyIsASecretTextThatNoPlanHolds() throws Exception {
        HeldCertificate certificate = KeyPem.elliptic("www.shop.example");
        // As the form of a secret text leaves what is pasted into it.
        String key = certificate.privateKeyPkcs8Pem().replace("\n", "");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "site-key", null, Secret.fromString(key)));

        WorkflowRun build = Jobs.succeed(jenkins, """
                def file = '''
                    loadBalancer: shop
                    certificates: {site: {certificate: '${CERTIFICATE}', key: '${SITE_KEY}'}}
                    '''
                withEnv(['''CERTIFICATE=%s''']) {
                    withCredentials([string(credentialsId: 'site-key', variable: 'SITE_KEY')]) {
                        def plan = iplbPlan loadBalancer: 'shop', content: file
                        echo plan.plan
                        iplbApply loadBalancer: 'shop', plan: plan.plan
                    }
                }
                """.formatted(certificate.certificatePem()));

        jenkins.assertLogContains("  + Certificate site added", build);
        assertThat(sent("POST", "ssl")).hasSize(1);
        String middle = key.substring(60, 120);
        jenkins.assertLogNotContains(middle, build);
        try (Stream<Path> files = Files.walk(build.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(middle);
            }
        }
    }

    @Test
    void aPlanWhoseGroundHasShiftedIsRefusedNamingWhatShifted() throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, FILE + """
                def plan = iplbPlan loadBalancer: 'shop', content: FILE
                iplbApply loadBalancer: 'shop', content: FILE.replace('weight: 10', 'weight: 15'), refresh: false
                iplbApply loadBalancer: 'shop', plan: plan.plan
                """);

        jenkins.assertLogContains("iplbApply failed (conflict): " + Shop.SERVICE + " is no longer as it was", build);
        jenkins.assertLogContains("Farm blue would be added: nothing is left to do", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(sent("POST", "refresh")).isEmpty();
    }

    @Test
    void mistakesHaveTheirPlacesAndNothingIsSent() throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, FILE + """
                node {
                    writeFile file: 'iplb.yaml', text: FILE.replace('weight', 'wieght')
                    iplbPlan loadBalancer: 'shop', file: 'iplb.yaml'
                }
                """);

        jenkins.assertLogContains(
                "iplbPlan failed (usage): iplb.yaml:9:27: wieght: http server has no such field; did you mean weight?",
                build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void whatCannotBeMeantIsRefusedInWords() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, FILE + """
                def refused = { work -> try { work() } catch (e) { echo e.message } }
                refused { iplbPlan loadBalancer: 'shop', file: 'iplb.yaml' }
                refused { iplbPlan loadBalancer: 'shop' }
                refused { iplbPlan loadBalancer: 'shop', content: FILE, file: 'iplb.yaml' }
                refused { iplbPlan loadBalancer: 'shop', content: FILE.replace('shop', 'other') }
                refused { iplbApply loadBalancer: 'shop', plan: 'yes' }
                node { refused { iplbApply loadBalancer: 'shop', file: 'nowhere.yaml' } }
                """);

        jenkins.assertLogContains("file: 'iplb.yaml' was given; allowed: a file of a workspace", build);
        jenkins.assertLogContains("allowed: exactly one of file and content", build);
        jenkins.assertLogContains(
                "loadBalancer: '" + Shop.SERVICE + "' was given; allowed: what the change file is about: other", build);
        jenkins.assertLogContains("plan: 'the text' was given; allowed: a plan that was stored by plan, whole", build);
        jenkins.assertLogContains("file: 'nowhere.yaml' was given; allowed: a file of the workspace", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iplbPlan", "iplbApply"})
    void whoMayNotUseTheLoadBalancerIsRefused(String function) throws Exception {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of("team"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        WorkflowJob job = jenkins.createProject(Folder.class, function).createProject(WorkflowJob.class, "deploy");
        job.setDefinition(
                new CpsFlowDefinition(FILE + "%s loadBalancer: 'shop', content: FILE".formatted(function), true));

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(
                "loadBalancer: 'shop' was given; allowed: a named load balancer, and there is none for "
                        + job.getFullName(),
                build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void theFormsKeepWhatIsFilledIn() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        List<Map<String, Object>> before = new ArrayList<>();
        for (Step step : List.of(
                step("iplbPlan", Map.of("file", "iplb.yaml", "values", "A=1\nB=x y")),
                step("iplbPlan", Map.of("content", "  loadBalancer: shop\n  http:")),
                step("iplbApply", Map.of("plan", "{}", "refresh", false, "timeout", "1h")),
                step("iplbApply", Map.of("file", "iplb.yaml", "dryRun", true)))) {
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
        assertThat(Snippetizer.object2Groovy(step("iplbPlan", Map.of("file", "iplb.yaml"))))
                .isEqualTo("iplbPlan file: 'iplb.yaml', loadBalancer: 'shop'");
        assertThat(Snippetizer.object2Groovy(step("iplbApply", Map.of("file", "iplb.yaml", "values", Map.of("A", 1)))))
                .isEqualTo("iplbApply file: 'iplb.yaml', loadBalancer: 'shop', values: 'A=1'");
    }

    private static Step step(String function, Map<String, Object> arguments) throws Exception {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("loadBalancer", "shop");
        return StepDescriptor.byFunctionName(function).newInstance(all);
    }

    private List<Exchange> writes() {
        return shop.sandbox().calls().all().stream()
                .filter(call -> !call.method().equals("GET"))
                .toList();
    }

    private List<Exchange> sent(String method, String kind) {
        return writes().stream()
                .filter(call -> call.method().equals(method))
                .filter(call -> call.path().endsWith("/" + kind))
                .toList();
    }
}
