package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Waiting takes no thread and no executor. */
@WithJenkins
class ManyGatesTest {
    private static final int GATES = 30;

    @Test
    void thirtyGatesAreFewThreadsNoExecutorAndOneRefresh(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        try (Shop shop = new Shop()) {
            shop.configure();
            OvhLoadBalancers.get().setRequestsPerMinute(600);
            shop.sandbox()
                    .world()
                    .refreshTakes(Duration.ofSeconds(20))
                    .service(Shop.SERVICE)
                    .add("udp/farm", Map.of("zone", "all", "port", 53));
            WorkflowRun build = Jobs.start(jenkins, """
                    def gates = [:]
                    for (int i = 0; i < %d; i++) {
                        gates["gate ${i}"] = { iplbRefresh loadBalancer: 'shop' }
                    }
                    parallel gates
                    """.formatted(GATES));
            jenkins.waitForMessage("shop: refresh ", build);

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().contains("OVHcloud Load Balancer"))
                    .hasSizeLessThanOrEqualTo(8);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(shop.sandbox().calls().matching("POST", "/ipLoadbalancing/*/refresh"))
                    .filteredOn(Exchange::effect)
                    .hasSize(1);
        }
    }
}
