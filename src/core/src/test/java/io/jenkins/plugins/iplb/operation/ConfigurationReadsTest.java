package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.WantedState;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What 45 routes, 20 farms and 100 servers in two protocols cost, whatever else there is. */
@ExtendWith(SandboxExtension.class)
class ConfigurationReadsTest {
    private static final int FARMS = 20;
    private static final int MOST = 12;
    private static final String FARM_SERVERS = ".*/farm/\\d+/server";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200})
    void aPlanFromNothingReadsEachListOnceAndNoServers(int others) {
        fill(others);

        Report plan = run(file(1), true);

        assertThat(plan.result().at("/counts/added").asInt()).isEqualTo(167);
        assertThat(bench.reads()).hasSizeLessThanOrEqualTo(MOST).doesNotHaveDuplicates();
        assertThat(plan.reads()).isEqualTo(bench.reads().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200})
    void aPlanOfWhatIsThereReadsTheServersOfEachFarmToo(int others) {
        fill(others);
        run(file(1), false);
        bench.forget();

        Report plan = run(file(2), true);

        assertThat(plan.result().at("/counts/changed").asInt()).isOne();
        List<String> servers = bench.reads().stream()
                .filter(read -> read.matches(FARM_SERVERS))
                .toList();
        assertThat(servers).hasSize(FARMS).doesNotHaveDuplicates();
        assertThat(bench.reads()).hasSizeLessThanOrEqualTo(FARMS + MOST).doesNotHaveDuplicates();
    }

    @Test
    void applyingReadsNoMoreThanThePlan() {
        run(file(1), false);
        bench.forget();

        Report report = bench.ended(bench.operations().run(wanted(file(2)).operation(false), bench.options(false)));

        assertThat(report.writes()).isOne();
        assertThat(bench.reads()).hasSizeLessThanOrEqualTo(FARMS + MOST).doesNotHaveDuplicates();
    }

    /** Who makes something looks once whether somebody else has made it at the same moment. */
    @Test
    void applyingFromNothingLooksOnceMoreAtEachListInWhichSomethingWasMade() {
        Report report = bench.ended(bench.operations().run(wanted(file(1)).operation(false), bench.options(false)));

        List<String> lists = bench.reads().stream().distinct().toList();
        assertThat(lists).hasSizeLessThanOrEqualTo(FARMS + MOST);
        assertThat(lists)
                .allSatisfy(list -> assertThat(bench.reads().stream().filter(list::equals))
                        .hasSizeLessThanOrEqualTo(list.matches(FARM_SERVERS) ? 1 : 2));
        assertThat(report.reads()).isEqualTo(bench.reads().size());
    }

    /** Servers and farms that nobody mentions. */
    private void fill(int others) {
        for (int i = 0; i < others; i++) {
            String protocol = i % 2 == 0 ? "http" : "tcp";
            long farm = bench.shop().add(protocol + "/farm", Map.of("displayName", "other-" + i, "zone", "all"));
            bench.shop().add(protocol + "/server", farm, Map.of("address", "198.51.100.7", "status", "active"));
        }
        bench.shop().deployed();
    }

    /** @param weight of the first server */
    private static String file(int weight) {
        return "loadBalancer: %s\n".formatted(SERVICE)
                + family("http", weight, 30, "uri startswith /")
                + family("tcp", 1, 15, "sni endswith .");
    }

    private static String family(String protocol, int weight, int routes, String rule) {
        String farms = IntStream.range(0, FARMS / 2)
                .mapToObj(farm -> "    farm-%d: {zone: all, port: 80, servers: {%s}}\n"
                        .formatted(
                                farm,
                                IntStream.range(0, 5)
                                        .mapToObj(server -> "192.0.2.%d:8080: {weight: %d}"
                                                .formatted(server + 1, farm + server == 0 ? weight : 1))
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
        String all = IntStream.range(0, routes)
                .mapToObj(route -> "        route-%d: {farm: farm-%d, rules: ['%s%d']}\n"
                        .formatted(route, route % (FARMS / 2), rule, route))
                .collect(Collectors.joining());
        return "%s:\n  farms:\n%s  frontends:\n    site:\n      {port: %s, zone: all, farm: farm-0, routes:\n      {%s}}\n"
                .formatted(protocol, farms, protocol.equals("http") ? 8000 : 8001, all.replace("\n", ",\n"));
    }

    private Report run(String file, boolean check) {
        Operations unrecorded = bench.operations(Journal.none(), Runnable::run);
        return bench.ended(unrecorded.run(wanted(file).operation(true), bench.options(check)));
    }

    private static WantedState wanted(String file) {
        return ChangeFile.read("iplb.yaml", file, name -> Optional.empty())
                .loadBalancers()
                .get(0);
    }
}
