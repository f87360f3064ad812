package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.World;

/** Finds the service a path is about. */
final class Services {
    static final String ROOT = "/ipLoadbalancing";
    static final String SERVICE = ROOT + "/{serviceName}";

    private final World world;

    Services(World world) {
        this.world = world;
    }

    /** @throws ApiError 404 */
    LoadBalancer of(ApiCall call) {
        String name = call.path("serviceName");
        return world.find(name)
                .orElseThrow(
                        () -> ApiError.notFound("The requested object (serviceName = " + name + ") does not exist"));
    }
}
