package io.jenkins.plugins.iplb.sandbox.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.FailoverIp;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What a zone of a load balancer serves: all that HAProxy has to know, and no private key.
 *
 * @param http2 whether frontends that do TLS speak HTTP/2 by themselves
 * @param sslConfiguration the service's; null = OVH's default
 * @param additional the blocks of the load balancer's additional IPs
 */
public record Deployed(
        String zone, Configuration configuration, boolean http2, String sslConfiguration, List<String> additional) {

    /** @param zone empty = the first that the load balancer has @throws WrongQuestion for one that it has not */
    public static Deployed of(World world, String service, Optional<String> zone) {
        return world.inside(() -> {
            LoadBalancer lb = world.find(service).orElseThrow();
            String where = zone.orElseGet(() -> lb.zones().get(0));
            if (!lb.zones().contains(where)) {
                throw new WrongQuestion("zone", where, String.join(", ", lb.zones()));
            }
            return new Deployed(
                    where,
                    lb.deployed(where).withoutKeys(),
                    world.hasNativeHttp2(lb.refreshed(where)),
                    lb.properties().path("sslConfiguration").asText(null),
                    world.ips().stream()
                            .filter(ip -> ip.routedTo().equals(Optional.of(service)))
                            .map(FailoverIp::block)
                            .toList());
        });
    }

    /** As text, for another machine: {@link #parse} reads it. */
    public String text() {
        return Json.of(this).toString();
    }

    public static Deployed parse(String text) {
        try {
            return Json.MAPPER.readValue(text, Deployed.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
