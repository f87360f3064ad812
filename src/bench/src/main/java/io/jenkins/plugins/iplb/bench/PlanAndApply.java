package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long {@code iplb plan} and {@code iplb apply} take for a load balancer of {@link ManyRoutes}, from nothing and with
 * one field changed, and how many requests, beside a script on OVH's own client for Node that does what terraform's
 * provider does: one read for each object of its state; one write, and a read after it, for each object that differs, in the
 * order in which they depend on each other; one at a time, and ten at a time as terraform has it by itself. Who makes what
 * is staged live waits for OVH, for the same time: all leave it staged. At the end the same file is applied once more, when
 * all is there.
 *
 * <p>The argument is how often, 3 by itself. Nothing else should keep the machine busy meanwhile.
 */
public final class PlanAndApply implements Course {
    private static final String ONE = "one at a time";
    private static final String TEN = "ten at a time";

    /** What a plan ends with that has something to change. */
    private static final int CHANGES = 6;

    private final ServiceSeed service;
    private final List<Step> steps;

    private PlanAndApply(ServiceSeed service) {
        this.service = service;
        this.steps = inOrder();
    }

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        Race.run("plan-and-apply", Rounds.of(arguments, 3), PlanAndApply::course);
    }

    private static Course course(Sandbox sandbox, Peers peers) throws IOException, InterruptedException {
        ServiceSeed service = sandbox.world().service(DemoWorld.SERVICE).zones("gra", "rbx");
        String script = peers.script("load-balancer.js").toString();
        peers.addThis();
        peers.add(ONE, List.of("node", script));
        peers.add(TEN, List.of("node", script));
        return new PlanAndApply(service);
    }

    @Override
    public void begin(Path directory) throws IOException {
        ManyRoutes.remove(service);
        wish(directory, new ManyRoutes(1));
    }

    private static void wish(Path directory, ManyRoutes wanted) throws IOException {
        Files.writeString(directory.resolve("iplb.yaml"), wanted.changeFile(DemoWorld.SERVICE));
        Files.writeString(directory.resolve("wanted.json"), wanted.resources().toString());
    }

    /**
     * The least takes a connection and the lists; of an apply from nothing also farms, servers, frontends, routes and rules,
     * one after the other, since they name each other; of one field a call.
     */
    private List<Step> inOrder() {
        ManyRoutes one = new ManyRoutes(1);
        ManyRoutes two = new ManyRoutes(2);
        return List.of(
                plan("plan from nothing", 3, CHANGES, directory -> {}),
                apply("apply from nothing", 3 + 4, directory -> {
                    mustBe(one);
                    wish(directory, two);
                }),
                plan("plan of one field", 4, CHANGES, directory -> {}),
                apply("apply of one field", 4 + 1, directory -> mustBe(two)),
                apply("apply of what is there", 4, directory -> mustBe(two)));
    }

    @Override
    public List<Step> steps() {
        return steps;
    }

    private static Step plan(String title, int roundTrips, int exit, End end) {
        Map<String, List<String>> arguments = arguments("plan", List.of("plan", "iplb.yaml"));
        return new Step(title, roundTrips, Duration.ZERO, arguments, Map.of(Peers.THIS, exit), end);
    }

    private static Step apply(String title, int roundTrips, End end) {
        return new Step(title, roundTrips, arguments("apply", List.of("apply", "iplb.yaml", "--no-refresh")), end);
    }

    private static Map<String, List<String>> arguments(String act, List<String> iplb) {
        return Map.of(
                Peers.THIS,
                iplb,
                ONE,
                List.of(act, "wanted.json", "state.json", "1"),
                TEN,
                List.of(act, "wanted.json", "state.json", "10"));
    }

    private void mustBe(ManyRoutes wanted) {
        int there = ManyRoutes.staged(service);
        End.mustBe(
                there == ManyRoutes.objects() && wanted.isThere(service),
                "%d objects of %d".formatted(there, ManyRoutes.objects()));
    }
}
