package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HAProxy 2.6.12: with {@code balance source} another order of the servers, the first one gone or weight 0 on one moves most
 * clients of all servers, with a consistent hash too.
 */
@ExtendWith(SandboxExtension.class)
class SourceHashTest {
    private Bench bench;
    private long hashed;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        hashed = farm("hashed", Map.of("balance", "source"));
        farm("even", Map.of("balance", "roundrobin"));
        bench.shop().deployed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remove-server | {'address':'192.0.2.51'}
            ensure-server | {'address':'192.0.2.51','weight':0}
            ensure-server | {'address':'192.0.2.51','status':'inactive'}
            ensure-server | {'address':'192.0.2.53'}
            """)
    void whereAServerComesGoesOrIsDrainedTheFarmIsNamedBeforeAnythingIsSent(String operation, String server) {
        String warning =
                "tcp farm 'hashed' (%d) is balanced by source, which knows its servers by their places: most of its clients go to other servers"
                        .formatted(hashed);

        assertThat(warnings(check(operation, "hashed", server))).containsExactly(warning);
        assertThat(bench.writes()).isEmpty();

        assertThat(warnings(check(operation, "even", server))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remove-server | {'address':'192.0.2.99'}
            ensure-server | {'address':'192.0.2.51','status':'active'}
            ensure-server | {'address':'192.0.2.51','probe':true}
            """)
    void whatMovesNobodyIsNotWarnedOf(String operation, String server) {
        assertThat(warnings(check(operation, "hashed", server))).isEmpty();
    }

    @Test
    void aCookieComesBeforeTheHash() {
        long sticky = bench.shop()
                .add(
                        "http/farm",
                        Map.of("displayName", "sticky", "zone", "all", "balance", "source", "stickiness", "cookie"));
        bench.shop().add("http/server", sticky, Map.of("address", "192.0.2.61", "status", "active"));

        Report report = check("remove-server", "sticky", "{'protocol':'http','address':'192.0.2.61'}");

        assertThat(report.changed()).isTrue();
        assertThat(warnings(report)).isEmpty();
    }

    @Test
    void aRefreshNamesThem() {
        Report report = bench.refresh(new RefreshRequest(SERVICE, List.of(), true, true));

        assertThat(warnings(report))
                .singleElement()
                .asString()
                .endsWith("most clients of farms balanced by source go to other servers: tcp farm %d 'hashed'"
                        .formatted(hashed));
    }

    private long farm(String name, Map<String, ?> fields) {
        long farm = bench.shop().add("tcp/farm", with(fields, Map.of("displayName", name, "zone", "all")));
        bench.shop().add("tcp/server", farm, Map.of("address", "192.0.2.51", "status", "active"));
        bench.shop().add("tcp/server", farm, Map.of("address", "192.0.2.52", "status", "active"));
        return farm;
    }

    private static Map<String, Object> with(Map<String, ?> some, Map<String, ?> others) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private Report check(String operation, String farm, String server) {
        ObjectNode given = ((ObjectNode) json("{'service':'%s','protocol':'tcp','farm':'%s'}".formatted(SERVICE, farm)))
                .setAll((ObjectNode) json(server));
        Operation.Changing changing =
                (Operation.Changing) Catalogue.named(operation).operation(new Fields(given));
        return bench.check(changing.change());
    }

    private static List<String> warnings(Report report) {
        return report.result()
                .path("warnings")
                .valueStream()
                .map(each -> each.textValue())
                .toList();
    }
}
