package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Every POST that the core makes, by the operation that makes it on the demo world. */
enum Post {
    ROUTE("/ipLoadbalancing/*/tcp/route", "loadbalancer:apiovh:tcp/route/create") {
        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            return operations.run(Operation.of(route(service)), options);
        }

        @Override
        void assertDone(World world) {
            assertRoute(world, HTTP2, SNI);
        }

        @Override
        void assertUndone(World world) {
            assertThat(shop(world).staged("tcp/route")).isEmpty();
        }
    },

    RULE_OF_A_NEW_ROUTE("/ipLoadbalancing/*/tcp/route/*/rule", "loadbalancer:apiovh:tcp/route/rule/create") {
        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            return operations.run(Operation.of(route(service)), options);
        }

        @Override
        int needed() {
            return 2;
        }

        @Override
        void assertDone(World world) {
            assertRoute(world, HTTP2, SNI);
        }

        /** What there is of the route, no traffic ever meets. */
        @Override
        void assertUndone(World world) {
            assertThat(shop(world).staged("tcp/route"))
                    .allSatisfy(
                            route -> assertThat(route.reference("frontendId")).isZero());
            assertThat(shop(world).staged("tcp/rule")).isEmpty();
        }
    },

    RULE("/ipLoadbalancing/*/tcp/route/*/rule", "loadbalancer:apiovh:tcp/route/rule/create") {
        @Override
        void prepare(World world) {
            shop(world)
                    .add(
                            "tcp/route",
                            Map.of(
                                    "displayName",
                                    NAME,
                                    "frontendId",
                                    id(world, "tcp/frontend", "https"),
                                    "action",
                                    Map.of("type", "farm", "target", "" + id(world, "tcp/farm", "web-http2"))));
        }

        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            return operations.run(
                    Operation.of(new EnsureRule(
                            service,
                            Protocol.TCP,
                            new Reference(Long.toString(id(world, "tcp/route", NAME))),
                            Optional.empty(),
                            HTTP2,
                            null)),
                    options);
        }

        @Override
        void assertDone(World world) {
            assertRoute(world, HTTP2);
        }

        @Override
        void assertUndone(World world) {
            assertThat(shop(world).staged("tcp/rule")).isEmpty();
        }
    },

    FRONTEND("/ipLoadbalancing/*/tcp/frontend", "loadbalancer:apiovh:tcp/frontend/create") {
        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            Change change = new EnsureFrontend(
                    service,
                    Protocol.TCP,
                    Optional.empty(),
                    Fields.none()
                            .with("port", "8443")
                            .with("zone", "all")
                            .with("name", NAME)
                            .with("farm", "web-http1")
                            .with("ips", List.of(DemoWorld.ATTACHED_IP)));
            return operations.run(Operation.of(change), options);
        }

        @Override
        void assertDone(World world) {
            assertThat(shop(world).staged("tcp/frontend"))
                    .hasSize(2)
                    .filteredOn(each -> each.text("displayName").equals(NAME))
                    .singleElement()
                    .satisfies(frontend -> {
                        assertThat(frontend.text("port")).isEqualTo("8443");
                        assertThat(frontend.reference("defaultFarmId")).isEqualTo(id(world, "tcp/farm", "web-http1"));
                        assertThat(frontend.fields().path("dedicatedIpfo").toString())
                                .isEqualTo("[\"" + DemoWorld.ATTACHED_IP + "\"]");
                    });
        }

        @Override
        void assertUndone(World world) {
            assertThat(shop(world).staged("tcp/frontend")).hasSize(1);
        }
    },

    FARM("/ipLoadbalancing/*/tcp/farm", "loadbalancer:apiovh:tcp/farm/create") {
        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            Fields fields = Fields.none()
                    .with("zone", "gra")
                    .with("port", 8080)
                    .with("probe", Map.of("type", "http", "url", "/health"));
            return operations.run(
                    Operation.of(new EnsureFarm(service, Protocol.TCP, Reference.parse("farm", NAME), fields)),
                    options);
        }

        @Override
        void assertDone(World world) {
            assertThat(shop(world).staged("tcp/farm"))
                    .hasSize(3)
                    .filteredOn(each -> each.text("displayName").equals(NAME))
                    .singleElement()
                    .satisfies(farm -> {
                        assertThat(farm.text("zone")).isEqualTo("gra");
                        assertThat(farm.reference("port")).isEqualTo(8080);
                        assertThat(farm.fields().path("probe").path("url").asText())
                                .isEqualTo("/health");
                    });
        }

        @Override
        void assertUndone(World world) {
            assertThat(shop(world).staged("tcp/farm")).hasSize(2);
        }
    },

    SERVER("/ipLoadbalancing/*/tcp/farm/*/server", "loadbalancer:apiovh:tcp/farm/server/create") {
        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            Fields fields = Fields.none().with("address", ADDRESS).with("weight", 0);
            return operations.run(
                    Operation.of(new EnsureServer(
                            service, Protocol.TCP, Reference.parse("farm", "web-http1"), Optional.empty(), fields)),
                    options);
        }

        @Override
        void assertDone(World world) {
            assertThat(shop(world).staged("tcp/server"))
                    .hasSize(5)
                    .filteredOn(each -> each.text("address").equals(ADDRESS))
                    .singleElement()
                    .satisfies(server -> {
                        assertThat(server.parent()).isEqualTo(id(world, "tcp/farm", "web-http1"));
                        assertThat(server.text("status")).isEqualTo("active");
                        assertThat(server.text("weight")).isEqualTo("0");
                    });
        }

        @Override
        void assertUndone(World world) {
            assertThat(shop(world).staged("tcp/server")).hasSize(4);
        }
    },

    REFRESH("/ipLoadbalancing/*/refresh", "loadbalancer:apiovh:refresh") {
        @Override
        void prepare(World world) {
            shop(world).add("tcp/farm", Map.of("zone", "all", "displayName", NAME));
        }

        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            return operations.run(Operation.of(new RefreshRequest(service, List.of(), false, true)), options);
        }

        @Override
        void assertDone(World world) {
            assertThat(shop(world).refreshes()).hasSize(1);
            assertThat(shop(world).pending()).isEmpty();
            assertThat(shop(world).live("rbx", "tcp/farm"))
                    .anyMatch(farm -> farm.text("displayName").equals(NAME));
        }

        @Override
        void assertUndone(World world) {
            assertThat(shop(world).refreshes()).isEmpty();
            assertThat(shop(world).pending()).containsOnlyKeys("gra", "rbx");
        }
    },

    MOVE("/ip/*/move", "ip:apiovh:move") {
        @Override
        CompletableFuture<Report> start(Operations operations, World world, String service, Options options) {
            return operations.run(
                    Operation.of(new MoveFailover(IpBlock.parse("ip", DemoWorld.MOVABLE_IP), service)), options);
        }

        @Override
        void assertDone(World world) {
            assertThat(world.routedTo(DemoWorld.MOVABLE_IP)).contains(DemoWorld.SERVICE);
            assertThat(moves(world)).isOne();
        }

        @Override
        void assertUndone(World world) {
            assertThat(world.routedTo(DemoWorld.MOVABLE_IP)).contains(DemoWorld.DEDICATED_SERVER);
            assertThat(moves(world)).isZero();
        }

        private int moves(World world) {
            return world.inside(
                    () -> world.ip(DemoWorld.MOVABLE_IP).orElseThrow().moves().size());
        }
    };

    static final RuleSpec HTTP2 = new RuleSpec("protocol", null, "is", false, "http/2.0");
    static final RuleSpec SNI = new RuleSpec("sni", null, "is", true, "old.shop.example");

    private static final String NAME = "made by a test";
    private static final String ADDRESS = "192.0.2.99";

    private final String path;
    private final String action;

    Post(String path, String action) {
        this.path = path;
        this.action = action;
    }

    /** Pattern of its path. */
    String path() {
        return path;
    }

    /** The IAM action that it takes. */
    String action() {
        return action;
    }

    /** How often it must have its effect. */
    int needed() {
        return 1;
    }

    /** Stages what must be there before. */
    void prepare(World world) {}

    /** @param service the load balancer to do it to */
    abstract CompletableFuture<Report> start(Operations operations, World world, String service, Options options);

    /** Everything is as wished, and nothing is there twice. */
    abstract void assertDone(World world);

    /** Nothing is different from before, as far as traffic is concerned. */
    abstract void assertUndone(World world);

    static EnsureRoute route(String service) {
        return new EnsureRoute(
                service,
                Protocol.TCP,
                Optional.of(Reference.parse("frontend", "https")),
                new ToFarm(Reference.parse("farm", "web-http2")),
                Optional.empty(),
                NAME,
                Optional.of(List.of(HTTP2, SNI)),
                Map.of());
    }

    static ServiceSeed shop(World world) {
        return world.service(DemoWorld.SERVICE);
    }

    static void assertRoute(World world, RuleSpec... rules) {
        assertThat(shop(world).staged("tcp/route")).singleElement().satisfies(route -> {
            assertThat(route.text("displayName")).isEqualTo(NAME);
            assertThat(route.reference("frontendId")).isEqualTo(id(world, "tcp/frontend", "https"));
            assertThat(route.targetFarm()).isEqualTo(id(world, "tcp/farm", "web-http2"));
            assertThat(shop(world).staged("tcp/rule"))
                    .allMatch(rule -> rule.parent() == route.id())
                    .extracting(Post::spec)
                    .containsExactlyInAnyOrder(rules);
        });
    }

    static long id(World world, String kind, String name) {
        return shop(world).staged(kind).stream()
                .filter(item -> item.text("displayName").equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static RuleSpec spec(Item rule) {
        return new RuleSpec(
                rule.text("field"),
                rule.fields().path("subField").asText(null),
                rule.text("match"),
                rule.flag("negate"),
                rule.text("pattern"));
    }
}
