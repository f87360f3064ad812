package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class FileUpdateTest {
    private static final String SERVICE = "loadbalancer-1";

    private Bench bench;
    private long blue;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
        var shop = sandbox.world().service(SERVICE).zones("gra");
        blue = shop.add("http/farm", Map.of("displayName", "blue", "zone", "all", "port", 81));
        shop.add("http/farm", Map.of("displayName", "green", "zone", "all", "port", 80));
        shop.add("http/server", blue, Map.of("address", "192.0.2.10", "port", 8080, "weight", 7, "status", "active"));
        shop.add("http/server", blue, Map.of("address", "192.0.2.12", "status", "active"));
        shop.add("http/frontend", Map.of("displayName", "site", "zone", "all", "port", "8080", "defaultFarmId", blue));
    }

    @Test
    void whatDiffersIsChangedInItsOwnLineAndAllElseStays() {
        FileUpdate update = update("""
                # the shop
                loadBalancer: loadbalancer-1
                http:
                    farms:
                        blue:   # live
                            zone: "all"
                            # as agreed
                            port: '80'    # not 81
                            servers:
                                192.0.2.10:8080: { weight: 10 }  # old

                                # spare
                                192.0.2.11:
                    frontends:
                        site:
                            port: 8080
                            zone: all
                            farm: ${LIVE:-blue}
                """);

        assertThat(update.text()).isEqualTo("""
                # the shop
                loadBalancer: loadbalancer-1
                http:
                    farms:
                        blue:   # live
                            zone: "all"
                            # as agreed
                            port: '81'    # not 81
                            servers:
                                192.0.2.10:8080: { weight: 7 }  # old

                                # spare
                                192.0.2.12:
                                    status: active
                        green:
                            zone: all
                            port: 80
                    frontends:
                        site:
                            port: 8080
                            zone: all
                            farm: ${LIVE:-blue}
                """);
        assertThat(update.changes())
                .containsExactlyInAnyOrder(
                        "~ http/farms/blue: port: '80' -> 81",
                        "~ http/farms/blue/servers/192.0.2.10:8080: weight: 10 -> 7",
                        "- http/farms/blue/servers/192.0.2.11",
                        "+ http/farms/blue/servers/192.0.2.12",
                        "+ http/farms/green");
    }

    @Test
    void aFileThatSaysWhatIsThereStaysAsItIs() {
        String text = update("loadBalancer: loadbalancer-1\nhttp: {farms: }\n").text();

        assertThat(update(text)).isEqualTo(new FileUpdate(text, List.of(), List.of()));
    }

    @Test
    void whoTakesFieldsFromAnotherSaysItselfWhatDiffers() {
        assertThat(update("""
                        loadBalancer: loadbalancer-1
                        http:
                          farms:
                            blue: &farm {zone: all, port: 80}
                            green: *farm
                        """).text()).isEqualTo("""
                        loadBalancer: loadbalancer-1
                        http:
                          farms:
                            blue: &farm {zone: all, port: 81}
                            green: {<<: *farm, port: 80}
                        """);
    }

    @Test
    void onlyWhatIsChosenIsChanged() {
        String text = """
                loadBalancer: loadbalancer-1
                http:
                  farms:
                    blue: {port: 80, zone: all}
                    old: {port: 1}
                """;

        assertThat(update(text, "farms/blue").text()).isEqualTo(text.replace("port: 80", "port: 81"));
        assertThat(update(text, "http/frontends").text()).isEqualTo(text + """
                  frontends:
                    site:
                      port: '8080'
                      zone: all
                      farm: blue
                """);
    }

    @Test
    void severalDocumentsAreEachTheirOwnLoadBalancers() {
        String other = "\n--- # another\nloadBalancer: loadbalancer-2\nhttp: {farms: {blue: {port: 1}}}\n";

        assertThat(update(
                                "loadBalancer: loadbalancer-1\nhttp: {farms: {blue: {zone: all, port: 1}}}" + other,
                                "farms/blue")
                        .text())
                .isEqualTo("loadBalancer: loadbalancer-1\nhttp: {farms: {blue: {zone: all, port: 81}}}" + other);
    }

    @Test
    void whatCannotBeChangedWhereItStandsIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> update("""
                        loadBalancer: loadbalancer-1
                        http:
                          farms:
                            old: &farm {zone: all}
                            green: {<<: *farm, port: 80}
                        """))
                .hasMessage("iplb.yaml:4:10: &farm is to go, and line 5 takes it: write there what it says first");
        assertThatThrownBy(() -> update("""
                        loadBalancer: loadbalancer-1
                        http:
                          farms:
                            green: {zone: all,
                              # gone soon
                              stickiness: cookie, port: 80}
                        """))
                .hasMessage("iplb.yaml:6:7: there is a comment in what is gone: # gone soon");
    }

    @Test
    void whatIsNotThereIsToldWithWhatIs() {
        assertThatThrownBy(() -> Parts.parse(List.of("farm/blue")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("only: 'farm/blue' was given; allowed: settings, ips, networks, farms, frontends")
                .hasMessageEndingWith("did you mean farms?");
        assertThatThrownBy(() -> Export.of(lb(), Parts.parse(List.of("http/farms/blu"))))
                .hasMessage("only: 'http/farms/blu' was given; allowed: blue, green; did you mean blue?");
        assertThat(Export.of(lb(), Parts.parse(List.of("farms/green")))).isEqualTo("""
                loadBalancer: loadbalancer-1
                http:
                  farms:
                    green:
                      zone: all
                      port: 80
                """);
    }

    private FileUpdate update(String text, String... only) {
        return FileUpdate.of("iplb.yaml", text, name -> Optional.empty(), lb(), Parts.parse(List.of(only)));
    }

    private Snapshot lb() {
        return new Snapshot(bench.session(), SERVICE);
    }
}
