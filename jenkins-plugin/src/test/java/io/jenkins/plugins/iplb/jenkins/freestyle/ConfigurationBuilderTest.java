package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.net.URL;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Change files, drift from them and the way back in freestyle jobs. */
@WithJenkins
class ConfigurationBuilderTest {
    private static final String FILE = """
            loadBalancer: shop
            http:
              farms:
                blue: {zone: all, port: "${PORT:-80}"}
            """;

    private static JenkinsRule jenkins;

    private final Shop shop = new Shop();
    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        shop.configure();
        job = jenkins.createFreeStyleProject();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aFileOfTheWorkspaceIsAppliedAndMadeLive() throws Exception {
        job.setScm(new SingleFileSCM("iplb.yaml", FILE));
        ConfigurationBuilder apply = builder();
        apply.setFile("iplb.yaml");
        apply.setValues("PORT=8000");
        job.getBuildersList().add(apply);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("  + Farm blue added", build);
        jenkins.assertLogContains("shop: " + Shop.SERVICE + ": 1 added", build);
        assertThat(shop.sandbox().calls().all())
                .filteredOn(call -> call.method().equals("POST"))
                .anyMatch(call -> call.requestBody().contains("8000"));
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).hasSize(1);
        jenkins.assertLogContains(Shop.SERVICE + ": nothing to change", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void aDryRunOnlyPlans() throws Exception {
        ConfigurationBuilder plan = builder();
        plan.setContent(FILE);
        plan.setDryRun(true);
        job.getBuildersList().add(plan);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("shop: " + Shop.SERVICE + ": 1 to be added", build);
        assertThat(shop.sandbox().calls().all()).allMatch(call -> call.method().equals("GET"));
    }

    @Test
    void whatABuildHasChangedIsUndone() throws Exception {
        ConfigurationBuilder apply = builder();
        apply.setContent(FILE);
        job.getBuildersList().add(apply);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        RollbackBuilder rollback = new RollbackBuilder();
        rollback.setLoadBalancer(Shop.NAME);
        rollback.setJob(job.getName());
        rollback.setBuild(Integer.toString(build.getNumber()));
        FreeStyleProject undo = jenkins.createFreeStyleProject();
        undo.getBuildersList().add(rollback);

        jenkins.assertLogContains("  - Farm blue removed", jenkins.buildAndAssertSuccess(undo));

        assertThat(shop.sandbox().world().service(Shop.SERVICE).live("gra", "http/farm"))
                .noneMatch(farm -> farm.text("displayName").equals("blue"));
        rollback.setBuild("99");
        jenkins.assertLogContains(
                "build: 99 was given; allowed: a build of " + job.getName(),
                jenkins.buildAndAssertStatus(Result.FAILURE, undo));
    }

    @Test
    void driftIsSaidAndMakesABuildUnstableIfAsked() throws Exception {
        ConfigurationBuilder apply = builder();
        apply.setContent(FILE);
        DriftBuilder drift = drift();
        job.getBuildersList().addAll(List.of(apply, drift));
        jenkins.assertLogContains(Shop.SERVICE + ": no drift", jenkins.buildAndAssertSuccess(job));
        drift.setContent(FILE);
        drift.setValues("PORT=81");
        FreeStyleProject look = jenkins.createFreeStyleProject();
        look.getBuildersList().add(drift);
        shop.sandbox().calls().clear();

        jenkins.assertLogContains("  ~ Farm blue is different", jenkins.buildAndAssertSuccess(look));
        drift.setUnstable(true);
        jenkins.assertLogContains(
                "ERROR: " + Shop.SERVICE + ": 1 different", jenkins.buildAndAssertStatus(Result.UNSTABLE, look));

        assertThat(shop.sandbox().calls().all()).allMatch(call -> call.method().equals("GET"));
    }

    @Test
    void whoMayNotUseTheLoadBalancerIsRefused() throws Exception {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of("team"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        ConfigurationBuilder apply = builder();
        apply.setContent(FILE);
        job.getBuildersList().add(apply);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("loadBalancer: 'shop' was given; allowed: a named load balancer", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void theFormKeepsWhatIsFilledIn() throws Exception {
        ConfigurationBuilder file = builder();
        file.setFile("iplb.yaml");
        file.setValues("A=1\nB=x y");
        file.setRefresh(false);
        ConfigurationBuilder content = builder();
        content.setContent(FILE);
        content.setDryRun(true);
        DriftBuilder drift = drift();
        drift.setFile("iplb.yaml");
        drift.setPendingFor("2h");
        drift.setUnstable(true);
        RollbackBuilder rollback = new RollbackBuilder();
        rollback.setLoadBalancer(Shop.NAME);
        rollback.setBuild("${LAST}");
        rollback.setJob("deploy");
        rollback.setForce(true);
        rollback.setRefresh(false);
        job.getBuildersList().addAll(List.of(file, content, drift, drift(), rollback));

        jenkins.configRoundtrip(job);

        List<ConfigurationBuilder> after = job.getBuildersList().getAll(ConfigurationBuilder.class);
        jenkins.assertEqualDataBoundBeans(file, after.get(0));
        jenkins.assertEqualDataBoundBeans(content, after.get(1));
        List<DriftBuilder> drifts = job.getBuildersList().getAll(DriftBuilder.class);
        jenkins.assertEqualDataBoundBeans(drift, drifts.get(0));
        jenkins.assertEqualDataBoundBeans(drift(), drifts.get(1));
        jenkins.assertEqualDataBoundBeans(rollback, job.getBuildersList().get(RollbackBuilder.class));
    }

    @Test
    void fieldsAreCheckedWithoutReadingWhatTheyName() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (Class<?> step : List.of(ConfigurationBuilder.class, DriftBuilder.class, RollbackBuilder.class)) {
                String check = job.getUrl() + "descriptorByName/" + step.getName() + "/checkField/";
                assertThat(checked(client, check + "file?loadBalancer=shop&value=iplb.yaml"))
                        .as(step.getSimpleName())
                        .isEqualTo("<div/>");
            }
            String drift = job.getUrl() + "descriptorByName/" + DriftBuilder.class.getName() + "/checkField/";
            assertThat(checked(client, drift + "pendingFor?loadBalancer=shop&value=soon"))
                    .contains("soon");
        }
    }

    private static String checked(JenkinsRule.WebClient client, String path) throws Exception {
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    private static DriftBuilder drift() {
        DriftBuilder builder = new DriftBuilder();
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }

    private static ConfigurationBuilder builder() {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }
}
