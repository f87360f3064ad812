package io.jenkins.plugins.iplb.file;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.EnsureVrackNetwork;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.Gathering;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class ExportTest {
    private static final String LISTS = "/ipLoadbalancing/" + SERVICE + "/";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
    }

    @Test
    void theFileSaysWhatIsThereInTheWordsThatPeopleWrite() {
        long blue = bench.shop()
                .add(
                        "http/farm",
                        Map.of(
                                "displayName",
                                "blue",
                                "zone",
                                "all",
                                "port",
                                80,
                                "probe",
                                Map.of("type", "http", "url", "/health")));
        bench.shop()
                .add(
                        "http/server",
                        blue,
                        Map.of("address", "192.0.2.10", "port", 8080, "weight", 7, "status", "active"));
        long site = bench.shop()
                .add(
                        "http/frontend",
                        Map.of("displayName", "site", "zone", "all", "port", "8088", "defaultFarmId", blue));
        long route = bench.shop()
                .add(
                        "http/route",
                        Map.of(
                                "displayName",
                                "old",
                                "frontendId",
                                site,
                                "weight",
                                2,
                                "action",
                                Map.of("type", "redirect", "target", "https://${host}/${NEW}", "status", 301)));
        bench.shop().add("http/rule", route, Map.of("field", "uri", "match", "startswith", "pattern", "/old"));

        assertThat(export()).contains("""
                http:
                """).contains("""
                    blue:
                      zone: all
                      port: 80
                """).contains("""
                        192.0.2.10:8080:
                          status: active
                          weight: 7
                """).contains("""
                    site:
                      port: '8088'
                      zone: all
                      farm: blue
                      routes:
                        old:
                          redirect: https://${host}/$${NEW}
                          status: 301
                          weight: 2
                          rules:
                            - uri startswith /old
                """);
    }

    @Test
    void planningItFindsNothingToDo() {
        for (String zone : List.of("gra", "rbx")) {
            long farm = bench.shop().add("tcp/farm", Map.of("displayName", "mail", "zone", zone, "port", 25));
            bench.shop().add("tcp/server", farm, Map.of("address", "192.0.2.20", "status", "active"));
            bench.shop().add("tcp/server", farm, Map.of("address", "192.0.2.20", "status", "inactive", "port", 26));
            long frontend = bench.shop()
                    .add(
                            "tcp/frontend",
                            Map.of("displayName", "mail", "zone", zone, "port", "2525", "defaultFarmId", farm));
            long nameless =
                    bench.shop().add("tcp/frontend", Map.of("zone", zone, "port", "2526", "defaultFarmId", farm));
            for (long on : List.of(frontend, nameless)) {
                long route = bench.shop()
                        .add(
                                "tcp/route",
                                Map.of(
                                        "frontendId",
                                        on,
                                        "weight",
                                        3,
                                        "action",
                                        Map.of("type", "farm", "target", Long.toString(farm))));
                bench.shop().add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "mx.example"));
            }
            bench.shop().add("udp/farm", Map.of("displayName", "123", "zone", zone, "port", 53));
        }
        bench.shop().property("vrackName", "pn-1234");
        bench.apply(new EnsureVrackNetwork(
                SERVICE,
                new Reference("app"),
                Fields.none().with("subnet", "10.0.0.0/16").with("natIp", "10.0.8.0/24"),
                Optional.empty()));
        long certificate = bench.shop().certificate("CN=shop.example");
        bench.shop()
                .add(
                        "http/frontend",
                        Map.of(
                                "displayName",
                                "tls",
                                "zone",
                                "all",
                                "port",
                                "8443",
                                "ssl",
                                true,
                                "defaultSslId",
                                certificate));
        bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject")));
        String file = export();

        Report plan = bench.ended(bench.operations()
                .run(
                        ChangeFile.read("iplb.yaml", file, name -> Optional.empty())
                                .loadBalancers()
                                .get(0)
                                .operation(false),
                        bench.options(true)));

        assertThat(plan.diff()).as(file).isEmpty();
        assertThat(plan.changed()).isFalse();
        assertThat(plan.result().at("/counts/unchanged").asInt()).isGreaterThan(20);
        assertThat(file)
                .contains("# tcp route ", " is on no frontend, and not in this file")
                .contains("# certificate CN=shop.example (", "OVH gives neither its text nor its key")
                .contains("\nsettings:\n", "\nips:\n  198.51.100.24/32: null\n", "\nnetworks:\n  app:\n");
    }

    @Test
    void listsAreReadSideBySideAndAfterThemTheServersOfAllFarms() {
        Gathering lists = Gathering.of(10, bench.sandbox(), call -> call.path().startsWith(LISTS));
        Gathering servers = Gathering.of(3, bench.sandbox(), call -> call.path().endsWith("/server"));

        export();

        assertThat(lists.wasComplete()).isTrue();
        assertThat(servers.wasComplete()).isTrue();
        assertThat(bench.reads()).hasSize(11 + 3);
    }

    @Test
    void ofSomePartsNothingElseIsRead() {
        Export.of(new Snapshot(bench.session(), SERVICE), Parts.parse(List.of("tcp/farms", "ips")));

        String list = "GET " + LISTS;
        assertThat(bench.reads())
                .containsExactlyInAnyOrder(
                        list + "failover",
                        list + "tcp/farm",
                        list + "tcp/farm/%d/server".formatted(bench.id("tcp/farm", "web-http1")),
                        list + "tcp/farm/%d/server".formatted(bench.id("tcp/farm", "web-http2")));
    }

    private String export() {
        return Export.of(new Snapshot(bench.session(), SERVICE), Parts.ALL);
    }
}
