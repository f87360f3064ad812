package io.jenkins.plugins.iplb.jenkins.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleBuild;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class LoadBalancerChoiceTest {
    @Test
    void aConfiguredNameIsCalledWithItsCredentials(JenkinsRule jenkins) throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());

            Target target = new LoadBalancerChoice(Shop.NAME, null, null).resolve(build);
            Report report = IplbController.get()
                    .operations(target.client(), new BuildRecord(build).journal(TaskListener.NULL))
                    .run(
                            new Operation.Showing(target.service(), false),
                            new Options(
                                    UUID.randomUUID().toString(),
                                    Instant.now().plusSeconds(30),
                                    false,
                                    status -> {},
                                    Map.of(),
                                    CallObserver.NONE))
                    .join();

            assertThat(report.result().path("displayName").asText()).isEqualTo("shop");
        }
    }

    @Test
    void aNameThatIsNotConfiguredIsRefusedWithTheNamesThatAre(JenkinsRule jenkins) throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());

            assertThatThrownBy(() -> new LoadBalancerChoice("store", null, null).resolve(build))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("loadBalancer: 'store' was given; allowed: shop");
        }
    }
}
