package io.jenkins.plugins.iplb.deployment;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments under steady requests, through a real HAProxy. */
class MovingTrafficTest {
    private static final int MANY = 60;

    private final TestClock clock = new TestClock();
    private Sandbox sandbox;
    private Bench bench;
    private SteadyRequests requests;

    @BeforeEach
    void start(@TempDir Path directory) {
        Haproxy.assumeInstalled();
        sandbox = Sandbox.builder()
                .clock(clock)
                .world(world -> {
                    ServiceSeed site = world.service(SERVICE).zones("gra");
                    long web = farm(site, "web", 1, 2, 3, 4);
                    farm(site, "green", 5, 6);
                    site.add(
                            "http/frontend",
                            Map.of("displayName", "site", "port", "80", "zone", "all", "defaultFarmId", web));
                    site.deployed();
                    return world;
                })
                .traffic(new DataPlane.Options(OptionalInt.empty(), false, remark -> {}))
                .start();
        bench = new Bench(sandbox, clock, directory);
        DataPlane.Listening gra = sandbox.traffic().orElseThrow().listening().get(0);
        requests = new SteadyRequests("http://%s:%d/"
                .formatted(
                        gra.listeners().get(0).at().address(),
                        80 + sandbox.traffic().orElseThrow().portShift()));
    }

    private static long farm(ServiceSeed site, String name, int... servers) {
        long farm = site.add(
                "http/farm", Map.of("displayName", name, "zone", "all", "port", 8080, "balance", "roundrobin"));
        IntStream.of(servers)
                .forEach(number -> site.add(
                        "http/server",
                        farm,
                        Map.of("displayName", name + "-" + number, "address", address(number), "status", "active")));
        return farm;
    }

    private static String address(int number) {
        return "192.0.2." + number;
    }

    @AfterEach
    void stop() {
        if (sandbox != null) {
            requests.close();
            sandbox.close();
        }
    }

    @Test
    void fourServersAreRolledWithoutAFailedRequestAndNoneSeesOneWhileItIsOut() {
        List<String> answeredWhileOut = new ArrayList<>();
        Body body = environment -> {
            String out = environment.get(Rolling.ADDRESS);
            List<String> servers = requests.next(MANY);
            assertThat(new HashSet<>(servers)).hasSize(3);
            servers.stream().filter(server -> server.startsWith(out + ":")).forEach(answeredWhileOut::add);
            return CompletableFuture.completedFuture(null);
        };
        Operation.Rolling rolling =
                (Operation.Rolling) DeploymentOperations.ROLLING.operation(given("{'farm':'web','emptyAfter':'1s'}"));

        bench.ended(Deployment.of(bench.operations(), rolling, bench.options(false), body)
                .run());

        assertThat(answeredWhileOut).isEmpty();
        assertThat(new HashSet<>(requests.next(MANY))).hasSize(4);
        assertNoneFailed("rolling over four servers");
    }

    @Test
    void afterASwitchNoNewConnectionMeetsTheOldFarmAndNoRequestFails() {
        assertThat(requests.next(MANY)).allMatch(server -> server.matches("192\\.0\\.2\\.[1-4]:8080"));

        bench.ended(bench.operations()
                .run(
                        (Operation.OnLoadBalancer)
                                Catalogue.named("switch-farm").operation(given("{'frontend':'site','farm':'green'}")),
                        bench.options(false)));

        assertThat(requests.next(200)).allMatch(server -> server.matches("192\\.0\\.2\\.[56]:8080"));
        assertNoneFailed("blue-green");
    }

    @Test
    void theShareOfTheNewServersIsWhatEachStepSays() {
        bench.shop()
                .add(
                        "http/server",
                        bench.id("http/farm", "green"),
                        Map.of("displayName", "new", "address", address(7), "status", "active", "weight", 0));
        bench.shop()
                .alter(
                        "http/frontend",
                        bench.id("http/frontend", "site"),
                        Map.of("defaultFarmId", bench.id("http/farm", "green")));
        bench.shop().refresh();
        bench.clock().advance(Duration.ofMinutes(1));
        bench.shop().pending();
        List<String> shares = new ArrayList<>();
        Body body = environment -> {
            List<String> servers = requests.next(400);
            double share = 100.0
                    * servers.stream()
                            .filter(server -> server.startsWith(address(7) + ":"))
                            .count()
                    / 400;
            assertThat(share).isCloseTo(Double.parseDouble(environment.get(Shift.SHARE)), within(2.0));
            shares.add("%s %%: %.1f %%".formatted(environment.get(Shift.SHARE), share));
            return CompletableFuture.completedFuture(null);
        };
        Operation.Shifting shifting = (Operation.Shifting) DeploymentOperations.SHIFTING.operation(
                given("{'farm':'green','from':['green-5','green-6'],'to':['new'],'steps':[5,25,100]}"));

        bench.ended(Deployment.of(bench.operations(), shifting, bench.options(false), body)
                .run());

        assertThat(shares).hasSize(3);
        assertNoneFailed("shift, measured at " + String.join(", ", shares));
    }

    private void assertNoneFailed(String what) {
        assertThat(requests.failures()).isEmpty();
        System.out.printf("moving traffic: %s: %d requests, none failed%n", what, requests.count());
    }

    private static Fields given(String parameters) {
        return new Fields((ObjectNode) Bench.json(parameters))
                .with("service", SERVICE)
                .with("protocol", "http");
    }
}
