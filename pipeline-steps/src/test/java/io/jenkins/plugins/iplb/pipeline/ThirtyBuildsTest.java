package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.freestyle.AddRouteChange;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeBuilder;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Many builds of one load balancer at the same time: what each of them is told. */
@WithJenkins
@Timeout(300)
class ThirtyBuildsTest {
    private static final int BUILDS = 30;

    /** Jenkins starts these a few at a time, and the first must not be held for longer than a call may take. */
    private static final int FREESTYLE_BUILDS = 5;

    /** A route takes five requests: the last builds have to wait for theirs. */
    private static final int REQUESTS_OF_A_BUILD = 3;

    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(BUILDS);
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
    }

    @AfterEach
    void close() {
        OvhLoadBalancers.get().setRequestsPerMinute(600);
        shop.close();
    }

    @Test
    void pipelineBuildsThatWaitForTheBudgetSayForWhomAndAboutHowLong() throws Exception {
        waitForTheBudget("pipeline", BUILDS, build -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "route-" + build);
            job.setDefinition(new CpsFlowDefinition(
                    "iplbAddRoute loadBalancer: 'shop', protocol: 'http', frontend: 'http', reject: true, name: 'r%d'"
                            .formatted(build),
                    true));
            return job;
        });
    }

    @Test
    void freestyleBuildsThatWaitForTheBudgetSayForWhomAndAboutHowLong() throws Exception {
        waitForTheBudget("freestyle", FREESTYLE_BUILDS, build -> {
            AddRouteChange change = new AddRouteChange("http");
            change.setFrontend("http");
            change.setReject(true);
            change.setName("r" + build);
            ChangeBuilder step = new ChangeBuilder(List.of(change));
            step.setLoadBalancer(Shop.NAME);
            FreeStyleProject job = jenkins.createFreeStyleProject("freestyle-" + build);
            job.getBuildersList().add(step);
            return job;
        });
    }

    /** All others are there before the first of them gets an answer. */
    private void waitForTheBudget(String face, int count, Adding adding) throws Exception {
        int tooFew = count * REQUESTS_OF_A_BUILD;
        OvhLoadBalancers.get().setRequestsPerMinute(tooFew);
        List<Job<?, ?>> jobs = new ArrayList<>();
        for (int build = 1; build <= count; build++) {
            jobs.add(adding.job(build));
        }
        Blockade blockade = new Blockade(List.of("first"));
        shop.sandbox().calls().onExchange(call -> blockade.pass("first"));
        List<Run<?, ?>> builds = new ArrayList<>();
        builds.add(start(jobs.get(0)).waitForStart());
        blockade.awaitHeld();
        List<QueueTaskFuture<? extends Run<?, ?>>> others =
                jobs.stream().skip(1).map(ThirtyBuildsTest::start).toList();
        for (QueueTaskFuture<? extends Run<?, ?>> other : others) {
            builds.add(other.waitForStart());
        }
        for (Run<?, ?> other : builds.subList(1, count)) {
            jenkins.waitForMessage("for its turn", other);
        }
        blockade.lift();
        List<String> logs = new ArrayList<>();
        for (Run<?, ?> build : builds) {
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatus(Result.SUCCESS, build);
            logs.add(JenkinsRule.getLog(build));
        }

        assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/http/route"))
                .isEqualTo(count);
        String last = logs.stream()
                .filter(log -> log.contains((count - 1) + " other changes"))
                .findFirst()
                .orElseThrow();
        System.out.printf("console of the last of %d %s builds:%n%s%n", count, face, last);
        assertThat(last.lines().filter(line -> line.contains("for the budget"))).hasSizeLessThan(2);
        assertThat(last.lines().filter(line -> line.contains("waiting") && !line.contains("for the budget")))
                .singleElement()
                .asString()
                .matches(
                        "shop: waiting about \\d+ s for its turn, by %d requests a minute of this key: %d other changes of %s come first, now that of %s"
                                .formatted(
                                        tooFew,
                                        count - 1,
                                        Shop.SERVICE,
                                        builds.get(0).getExternalizableId()));
        assertThat(logs.subList(1, count)).allMatch(log -> log.contains("for its turn"));
    }

    private static QueueTaskFuture<? extends Run<?, ?>> start(Job<?, ?> job) {
        return job instanceof WorkflowJob pipeline
                ? pipeline.scheduleBuild2(0)
                : ((FreeStyleProject) job).scheduleBuild2(0);
    }

    /** A job whose builds add a route of their own. */
    @FunctionalInterface
    private interface Adding {
        Job<?, ?> job(int build) throws Exception;
    }

    @Test
    void buildsThatShareARefreshAllGetTheSame() throws Exception {
        OvhLoadBalancers.get().setRequestsPerMinute(600);
        // Somebody else's, behind which all of them wait: who asked when theirs is under way would find that all is
        // live.
        shop.sandbox().world().refreshTakes(Duration.ofHours(1));
        String other = "refresh "
                + shop.sandbox().world().service(Shop.SERVICE).refresh().id();
        List<WorkflowJob> jobs = new ArrayList<>();
        for (int build = 1; build <= BUILDS; build++) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shared-" + build);
            job.setDefinition(new CpsFlowDefinition("""
                    iplbAddRoute loadBalancer: 'shop', protocol: 'http', frontend: 'http', reject: true, name: 's%d'
                    def told = iplbRefresh loadBalancer: 'shop'
                    echo "told: ${told.tasks.id} ${told.changed} ${told.diff} ${told.pendingBefore} ${told.warnings}"
                    """.formatted(build), true));
            job.scheduleBuild2(0).waitForStart();
            jobs.add(job);
        }
        for (WorkflowJob job : jobs) {
            jenkins.waitForMessage(other, job.getBuildByNumber(1));
        }
        shop.sandbox().world().refreshTakes(Duration.ofSeconds(1)).endTasks();

        Map<String, List<String>> byRefresh = new TreeMap<>();
        for (WorkflowJob job : jobs) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(job.getBuildByNumber(1)));
            String told = JenkinsRule.getLog(job.getBuildByNumber(1))
                    .lines()
                    .filter(line -> line.startsWith("told: "))
                    .collect(Collectors.joining());
            byRefresh
                    .computeIfAbsent(told.replaceFirst("].*", "]"), key -> new ArrayList<>())
                    .add(told);
        }

        assertThat(byRefresh).hasSize(1);
        assertThat(byRefresh.values())
                .allSatisfy(told -> assertThat(told.stream().distinct())
                        .singleElement()
                        .asString()
                        .contains(" true [[", "re-balances the connections"));
    }
}
