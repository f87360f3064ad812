package io.jenkins.plugins.iplb.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.ip.IpEndpoints;
import io.jenkins.plugins.iplb.sandbox.loadbalancer.LoadBalancerEndpoints;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsTokens;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import org.junit.jupiter.api.Test;

class IamActionsTest {
    @Test
    void everyCallOfTheApiRequiresAnAction() {
        Router router = new Router(IamActions.load());
        new LoadBalancerEndpoints(new World(), () -> TaskEnding.done, new MetricsTokens()).register(router);
        new IpEndpoints(new World(), () -> TaskEnding.done).register(router);

        assertThat(router.endpoints())
                .hasSizeGreaterThan(90)
                .allSatisfy(endpoint -> assertThat(endpoint.iamActions())
                        .as(endpoint.method() + " " + endpoint.template())
                        .isNotEmpty());
    }
}
