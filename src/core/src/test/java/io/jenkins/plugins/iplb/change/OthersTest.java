package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a collection holds beside what is named goes, and nothing else does. */
@ExtendWith(SandboxExtension.class)
class OthersTest {
    private Bench bench;
    private long farm;
    private long frontend;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        farm = bench.shop().add("udp/farm", Map.of("displayName", "dns", "zone", "all", "port", 53));
        frontend = bench.shop().add("http/frontend", Map.of("displayName", "site", "zone", "all", "port", "8088"));
    }

    @Test
    void farmsAreNamedByNameOrId() {
        long other = bench.shop().add("udp/farm", Map.of("zone", "all", "port", 54));

        assertThat(gone(Protocol.UDP, Kind.FARM, Set.of())).containsExactly("udp/farm/" + farm, "udp/farm/" + other);
        assertThat(gone(Protocol.UDP, Kind.FARM, Set.of("dns"))).containsExactly("udp/farm/" + other);
        assertThat(gone(Protocol.UDP, Kind.FARM, Set.of(Long.toString(other)))).containsExactly("udp/farm/" + farm);
    }

    @Test
    void aFrontendGoesAfterItsRoutes() {
        long route = route("api");
        Set<String> allOthers = Set.copyOf(bench.named("http/frontend").keySet().stream()
                .filter(name -> !name.equals("site"))
                .toList());

        assertThat(gone(Protocol.HTTP, Kind.FRONTEND, allOthers))
                .containsExactly("http/route/" + route, "http/frontend/" + frontend);
    }

    @Test
    void routesAreThoseOfTheFrontend() {
        long api = route("api");
        long old = route("old");
        bench.shop()
                .add(
                        "http/route",
                        Map.of("displayName", "elsewhere", "action", Map.of("type", "reject", "status", 403)));

        assertThat(gone(() ->
                        new Others(SERVICE, Optional.of(Protocol.HTTP), Kind.ROUTE, within("site"), Set.of("api"))))
                .containsExactly("http/route/" + old);
        assertThat(gone(() -> new Others(SERVICE, Optional.of(Protocol.HTTP), Kind.ROUTE, within("site"), Set.of("x"))))
                .containsExactlyInAnyOrder("http/route/" + api, "http/route/" + old);
    }

    @Test
    void serversAreNamedByAddressToo() {
        long here = server(Map.of("address", "192.0.2.1", "port", 5353));
        long there = server(Map.of("address", "192.0.2.2"));
        long named = server(Map.of("address", "192.0.2.3", "displayName", "three"));

        assertThat(goneServers("three"))
                .containsExactlyInAnyOrder("udp/farm/%d/server/%d".formatted(farm, here), serverPath(there));
        assertThat(goneServers("192.0.2.1", "192.0.2.2", Long.toString(named))).isEmpty();
        assertThat(goneServers("192.0.2.1:5353", "192.0.2.2:53", "three"))
                .as("one without a port has that of its farm")
                .isEmpty();
        assertThat(goneServers("192.0.2.1:53", "192.0.2.2:5353", "three"))
                .containsExactlyInAnyOrder(serverPath(here), serverPath(there));
    }

    @Test
    void failoverIpsAreNamedWithOrWithoutTheirLength() {
        List<String> all = new Snapshot(bench.session(), SERVICE).failoverIps();
        assertThat(all).isNotEmpty();
        Set<String> withoutLength =
                Set.copyOf(all.stream().map(each -> each.replace("/32", "")).toList());

        assertThat(gone(ofAll(Kind.FAILOVER_IP, withoutLength))).isEmpty();
        assertThat(gone(ofAll(Kind.FAILOVER_IP, Set.copyOf(all)))).isEmpty();
        assertThat(gone(ofAll(Kind.FAILOVER_IP, Set.of()))).hasSameSizeAs(all);
    }

    @Test
    void networksOfTheVrackAreNamedByNameOrId() {
        bench.shop().property("vrackName", "pn-1234");
        long network = bench.shop().vrackNetwork("private", "10.0.0.0/24", "10.0.0.0/28", 42);

        assertThat(gone(ofAll(Kind.VRACK_NETWORK, Set.of("private")))).isEmpty();
        assertThat(gone(ofAll(Kind.VRACK_NETWORK, Set.of("public")))).containsExactly("vrack/network/" + network);
    }

    private Supplier<Others> ofAll(Kind kind, Set<String> named) {
        return () -> new Others(SERVICE, Optional.empty(), kind, Optional.empty(), named);
    }

    private List<String> gone(Protocol protocol, Kind kind, Set<String> named) {
        return gone(() -> new Others(SERVICE, Optional.of(protocol), kind, Optional.empty(), named));
    }

    private List<String> goneServers(String... named) {
        return gone(() -> new Others(SERVICE, Optional.of(Protocol.UDP), Kind.SERVER, within("dns"), Set.of(named)));
    }

    /** What is removed, by its path below the load balancer; of an address that is parked, that. */
    private List<String> gone(Supplier<Others> others) {
        OvhSession session = bench.session();
        Changes changes = new Changes(session, new Snapshot(session, SERVICE));
        List<String> paths = new ArrayList<>();
        for (Change change : changes.removals(others.get())) {
            Plan plan = changes.plan(change);
            changes.rehearse(plan, new IdsToCome());
            plan.steps().stream()
                    .flatMap(step -> step.knownCall().stream())
                    .map(call -> call.pathText().replace("/ipLoadbalancing/" + SERVICE + "/", ""))
                    .forEach(paths::add);
        }
        return paths;
    }

    private String serverPath(long id) {
        return "udp/farm/%d/server/%d".formatted(farm, id);
    }

    private long server(Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("status", "active");
        return bench.shop().add("udp/server", farm, all);
    }

    private long route(String name) {
        return bench.shop()
                .add(
                        "http/route",
                        Map.of(
                                "displayName",
                                name,
                                "frontendId",
                                frontend,
                                "action",
                                Map.of("type", "reject", "status", 403)));
    }

    private static Optional<Reference> within(String name) {
        return Optional.of(new Reference(name));
    }
}
