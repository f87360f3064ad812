package io.jenkins.plugins.iplb.sandbox.explain;

import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.server.LocalApi;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import okhttp3.OkHttpClient;

/** Load balancers that are there for what is carried out on them, by an API within this process. */
public final class Stage {
    private static final String ZONE = "gra";

    private final World world = new World().refreshTakes(Duration.ZERO);
    private final SandboxCredentials credentials = SandboxCredentials.random(world.now());

    /**
     * A load balancer that has nothing yet.
     *
     * @param zones none = some zone
     * @param ips its additional IPs
     * @param inVrack whether it may have networks
     */
    public Stage with(String service, Collection<String> zones, Collection<String> ips, boolean inVrack) {
        ServiceSeed seed =
                world.service(service).zones((zones.isEmpty() ? List.of(ZONE) : zones).toArray(String[]::new));
        if (inVrack) {
            seed.property("vrackName", "pn-1");
        }
        ips.forEach(ip -> world.failoverIp(ip, service, service));
        return this;
    }

    public World world() {
        return world;
    }

    /** Who may do everything on it. */
    public SandboxCredentials credentials() {
        return credentials;
    }

    /** To call its API by, and nobody else. */
    public OkHttpClient client() {
        return new LocalApi(world, credentials).client();
    }
}
