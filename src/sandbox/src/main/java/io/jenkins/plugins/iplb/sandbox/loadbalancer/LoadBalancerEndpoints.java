package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsTokens;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.util.List;
import java.util.function.Supplier;

/** {@code /ipLoadbalancing}, put together. */
public final class LoadBalancerEndpoints {
    private final World world;
    private final Supplier<TaskEnding> endings;
    private final MetricsTokens tokens;

    /** @param endings how the next tasks turn out */
    public LoadBalancerEndpoints(World world, Supplier<TaskEnding> endings, MetricsTokens tokens) {
        this.world = world;
        this.endings = endings;
        this.tokens = tokens;
    }

    public void register(Router router) {
        Services services = new Services(world);
        Catalogue catalogue = new Catalogue();
        new ServiceEndpoints(world, services, tokens).register(router);
        new ObjectEndpoints(world, services, new References(world, catalogue)).register(router);
        new RefreshEndpoints(world, services, endings).register(router);
        new VrackEndpoints(world, services).register(router);
        new CertificateEndpoints(world, services, endings).register(router);
        router.get(Services.SERVICE + "/availableRouteRules", call -> catalogue.rules())
                .get(Services.SERVICE + "/availableRouteActions", call -> catalogue.actions())
                .get(Services.SERVICE + "/availableFarmProbes", call -> catalogue.probes())
                .get(Services.SERVICE + "/availableFarmType", call -> Json.of(List.of("http", "tcp", "udp")))
                .get(Services.SERVICE + "/availableFrontendType", call -> Json.of(List.of("http", "tcp", "udp")));
    }
}
