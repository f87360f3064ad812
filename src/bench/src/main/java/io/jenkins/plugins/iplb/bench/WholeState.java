package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it takes to read all of a load balancer of {@link ManyRoutes}, by {@code iplb export} and by the scripts and
 * programs that one could write instead, which read object by object, and less: neither certificates nor networks.
 *
 * <p>The argument is how often, 3 by itself. Nothing else should keep the machine busy meanwhile.
 */
public final class WholeState {
    private WholeState() {}

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        Race.run("whole-state", Rounds.of(arguments, 3), WholeState::course);
    }

    private static Course course(Sandbox sandbox, Peers peers) throws IOException, InterruptedException {
        peers.addThis();
        peers.addScripts("state");
        ServiceSeed service = sandbox.world().service(DemoWorld.SERVICE);
        ManyRoutes.remove(service);
        new ManyRoutes(1).place(service);
        Map<String, List<String>> calls = new LinkedHashMap<>();
        peers.names()
                .forEach(peer -> calls.put(
                        peer, peer.equals(Peers.THIS) ? List.of("export", "--service", DemoWorld.SERVICE) : List.of()));
        // A connection, the lists, and the servers of the farms that are in one.
        Course.Step step = new Course.Step("whole state", 4, calls, directory -> {});
        return new Course() {
            @Override
            public void begin(Path directory) {}

            @Override
            public List<Step> steps() {
                return List.of(step);
            }
        };
    }
}
