package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;

/**
 * How long {@code iplb} takes to say its version, and to find a farm as it should be, beside a program in Java that sends
 * one request and does nothing else.
 *
 * <p>The argument is how often, 9 by itself. Nothing else should keep the machine busy meanwhile.
 */
public final class StartUp {
    private static final String BARE = "bare Java";

    private static final List<String> FARM = List.of(
            "ensure-farm",
            "--service",
            DemoWorld.SERVICE,
            "--protocol",
            "http",
            "--farm",
            "app",
            "--balance",
            "roundrobin");

    private StartUp() {}

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        Race.run("start-up", Rounds.of(arguments, 9), StartUp::course);
    }

    private static Course course(Sandbox sandbox, Peers peers) throws IOException, InterruptedException {
        peers.addThis();
        peers.add(BARE, peers.bareProgram());
        List<Course.Step> steps = List.of(
                new Course.Step("version", 0, Map.of(Peers.THIS, List.of("--version")), directory -> {}),
                new Course.Step("one request", 3, Map.of(BARE, List.of()), directory -> {}),
                new Course.Step("a farm as it should be", 4, Map.of(Peers.THIS, FARM), directory -> {}));
        return new Course() {
            @Override
            public void begin(Path directory) {}

            @Override
            public List<Step> steps() {
                return steps;
            }
        };
    }
}
