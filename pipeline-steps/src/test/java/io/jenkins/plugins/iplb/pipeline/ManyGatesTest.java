package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** Waiting takes no thread and no executor, and who waits together shares what is waited for. */
@WithJenkins
class ManyGatesTest {
    private static final int GATES = 30;
    private static final int BUILDS = 100;

    private static Shop shop;

    private JenkinsRule jenkins;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(0);
        shop = new Shop();
        shop.configure();
        OvhLoadBalancers.get().setRequestsPerMinute(600);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void thirtyGatesAreFewThreadsNoExecutorAndOneRequest() throws Exception {
        shop.sandbox().world().refreshTakes(Duration.ofHours(1));
        Set<Thread> before = workers();
        stage("farm");
        WorkflowRun build = Jobs.start(jenkins, """
                def gates = [:]
                for (int i = 0; i < %d; i++) {
                    gates["gate ${i}"] = { iplbRefresh loadBalancer: 'shop' }
                }
                parallel gates
                """.formatted(GATES));
        Waits.until(() -> JenkinsRule.getLog(build)
                        .lines()
                        .filter(line -> line.matches(".*refresh \\d+ of .* todo.*"))
                        .count()
                >= GATES);

        assertThat(workers()).filteredOn(thread -> !before.contains(thread)).hasSizeLessThanOrEqualTo(8);
        shop.sandbox().world().endTasks();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(refreshes()).isOne();
    }

    @Test
    void aHundredBuildsShareAtMostThreeRefreshesAndEachIsReleasedAfterItsOwnChangesAreLive() throws Exception {
        shop.sandbox().world().refreshTakes(Duration.ofSeconds(3));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("FARM")));
        // Not in the script sandbox: it looks behind OVH's API, at what is live at that moment.
        job.setDefinition(new CpsFlowDefinition("""
                %1$s.stage(params.FARM)
                gather()
                iplbRefresh loadBalancer: 'shop'
                echo "live: ${%1$s.isLive(params.FARM)}"
                """.formatted(ManyGatesTest.class.getName()), false));

        List<WorkflowRun> builds = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            builds.add(job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("FARM", "farm " + i)))
                    .waitForStart());
        }

        for (WorkflowRun build : builds) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("live: true", build);
        }
        assertThat(refreshes()).isBetween(1L, 3L);
    }

    /** Called by the builds. */
    public static void stage(String farm) {
        service().add("udp/farm", Map.of("displayName", farm, "zone", "all", "port", 53));
    }

    /** Called by the builds. */
    public static boolean isLive(String farm) {
        return Stream.of("gra", "rbx")
                .allMatch(zone -> service().live(zone, "udp/farm").stream()
                        .anyMatch(each -> each.text("displayName").equals(farm)));
    }

    private static Set<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("OVHcloud Load Balancer"))
                .collect(Collectors.toSet());
    }

    private static ServiceSeed service() {
        return shop.sandbox().world().service(Shop.SERVICE);
    }

    private static long refreshes() {
        return shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh");
    }

    /** Holds builds back until all of them have come. */
    public static final class GatherStep extends Step {
        @DataBoundConstructor
        public GatherStep() {}

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context);
        }

        @TestExtension
        public static final class DescriptorImpl extends StepDescriptor {
            private final List<StepContext> here = new ArrayList<>();

            private synchronized void comes(StepContext context) {
                here.add(context);
                if (here.size() == BUILDS) {
                    here.forEach(each -> each.onSuccess(null));
                }
            }

            @Override
            public String getFunctionName() {
                return "gather";
            }

            @NonNull
            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of();
            }
        }

        private static final class Execution extends StepExecution {
            private static final long serialVersionUID = 1L;

            private Execution(StepContext context) {
                super(context);
            }

            @Override
            public boolean start() {
                StepDescriptor.all().get(DescriptorImpl.class).comes(getContext());
                return false;
            }
        }
    }
}
