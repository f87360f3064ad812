package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.testing.ChangeForms;
import io.jenkins.plugins.iplb.jenkins.testing.JenkinsFace;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs of a folder that is not on the list of those who may use a named load balancer. */
@WithJenkins
class NotAllowedTest {
    private static final String REFUSED =
            "loadBalancer: 'shop' was given; allowed: a named load balancer, and there is none for ";

    private static JenkinsRule jenkins;

    private Shop shop;
    private Folder others;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
        others = jenkins.createProject(Folder.class, "others");
    }

    @AfterEach
    void close() throws Exception {
        ShopJobs.deleteAll(jenkins);
        shop.close();
    }

    static Stream<OperationType> operations() {
        return PipelineFaceTest.stepsAndBlocks().stream();
    }

    /** Those of freestyle jobs. */
    static Stream<OperationType> changes() {
        return PipelineFaceTest.steps().stream().filter(OperationType::isChange);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void everyStepIsRefusedAndNothingIsSent(OperationType operation) throws Exception {
        allow("team");
        WorkflowJob job = others.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(step(operation), true));

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(refusal(operation, job), build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    /** They wait for an executor while the list changes. */
    @Test
    void everyStepOfABuildThatWasQueuedBeforeIsRefusedToo() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        WorkflowJob job = others.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                operations()
                        .map(operation -> "try { %s } catch (e) { echo e.message }".formatted(step(operation)))
                        .collect(Collectors.joining("\n", "node {\n", "\n}")),
                true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Still waiting to schedule task", build);

        allow("team");
        jenkins.jenkins.setNumExecutors(2);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        operations().forEach(operation -> {
            String function = function(operation);
            assertThat(log(build).lines().filter(line -> line.contains(function + " failed (usage): ")))
                    .as(function)
                    .singleElement()
                    .asString()
                    .contains(refusal(operation, job));
        });
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void everyChangeOfAFreestyleJobIsRefusedAndSoIsItsRefresh() throws Exception {
        allow("team");
        for (OperationType operation : changes().toList()) {
            ChangeBuilder change = new ChangeBuilder(
                    List.of(ChangeForms.of(operation, values(operation).values())));
            change.setLoadBalancer(Shop.NAME);
            FreeStyleProject job = others.createProject(FreeStyleProject.class, operation.name());
            job.getBuildersList().add(change);

            jenkins.assertLogContains(REFUSED + job.getFullName(), jenkins.buildAndAssertStatus(Result.FAILURE, job));
        }
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void aFreestyleBuildThatWasQueuedBeforeIsRefusedToo() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        RefreshBuilder refresh = new RefreshBuilder();
        refresh.setLoadBalancer(Shop.NAME);
        FreeStyleProject job = others.createProject(FreeStyleProject.class, "refresh");
        job.getBuildersList().add(refresh);
        QueueTaskFuture<FreeStyleBuild> queued = job.scheduleBuild2(0);

        allow("team");
        jenkins.jenkins.setNumExecutors(2);

        jenkins.assertLogContains(REFUSED + job.getFullName(), jenkins.assertBuildStatus(Result.FAILURE, queued.get()));
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void formsOfStepsOfferNothingOfItAndSayWhy() throws Exception {
        allow("team");
        Item job = others.createProject(WorkflowJob.class, "deploy");

        for (OperationType operation : operations().toList()) {
            StepDescriptor descriptor = StepDescriptor.byFunctionName(function(operation));
            if (descriptor instanceof LoadBalancerForm form) {
                assertThat((Iterable<String>) form.doFillLoadBalancerItems(job)).isEmpty();
                assertThat(form.doCheckLoadBalancer(job, Shop.NAME, "", "").kind)
                        .isEqualTo(FormValidation.Kind.ERROR);
            }
        }
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    /** Whoever may configure the job learns nothing of what is on the load balancer. */
    @Test
    void fieldsOfStepsAreFilledAndCheckedWithNothingOfIt() throws Exception {
        allow("team");
        Item job = others.createProject(WorkflowJob.class, "deploy");
        List<String> answers = new ArrayList<>();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (OperationType operation : operations().toList()) {
                String descriptor = job.getUrl() + "descriptorByName/"
                        + StepDescriptor.byFunctionName(function(operation)).getId();
                for (Parameter parameter : operation.parameters()) {
                    if (parameter.live().isPresent()) {
                        String field = parameter.name() + "?loadBalancer=shop&protocol=http&value=ap";
                        answers.add(post(client, descriptor + "/fillField/" + field));
                        answers.add(post(client, descriptor + "/checkField/" + field));
                    }
                }
            }
        }

        assertThat(answers)
                .hasSizeGreaterThan(30)
                .noneMatch(answer -> answer.matches("(?s).*\\b(app|web-http[12]|gra|rbx)\\b.*"));
        assertThat(shop.asked()).isEmpty();
    }

    private static String post(JenkinsRule.WebClient client, String path) throws IOException {
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    private static void allow(String... patterns) {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of(patterns));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        OvhLoadBalancers.get().setCheckTargets(List.of());
    }

    /** A check has no load balancer to name: it may connect to the addresses of one. */
    private static String refusal(OperationType operation, Item job) {
        return asksTheService(operation)
                ? "connectTo: '198.51.100.1:443' was given; allowed: an address of a named load balancer that this job may use"
                : REFUSED + job.getFullName();
    }

    private static boolean asksTheService(OperationType operation) {
        return operation.find("service").isEmpty() && !operation.isChange();
    }

    private static FaceTable.Asked values(OperationType operation) {
        return PipelineFaceTest.good()
                .filter(asked -> asked.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    private static String step(OperationType operation) {
        if (asksTheService(operation)) {
            return function(operation) + " url: 'https://www.shop.example/', connectTo: '198.51.100.1:443'";
        }
        Map<String, String> arguments = new LinkedHashMap<>(Map.of("loadBalancer", "'shop'"));
        values(operation).values().properties().stream()
                .filter(each -> !each.getKey().equals("service"))
                .map(each -> JenkinsFace.said(operation.parameter(each.getKey()), each.getValue()))
                .forEach(said -> arguments.put(said.getKey(), PipelineFaceTest.literal(said.getValue())));
        return arguments.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", ", function(operation) + "(", ")" + block(operation)));
    }

    private static String block(OperationType operation) {
        return DeploymentOperations.all().contains(operation) ? " { echo 'in it' }" : "";
    }

    private static String function(OperationType operation) {
        return PipelineFaceTest.function(operation);
    }

    private static String log(WorkflowRun build) {
        try {
            return JenkinsRule.getLog(build);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
