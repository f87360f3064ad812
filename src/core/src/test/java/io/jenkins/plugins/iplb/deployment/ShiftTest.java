package io.jenkins.plugins.iplb.deployment;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class ShiftTest {
    private static final String SHIFT = "'farm':'web','from':['old-1','old-2'],'to':['new-1']";

    private Bench bench;
    private long farm;
    private final List<String> checked = new ArrayList<>();
    private String failsAt = "";

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        farm = bench.shop().add("http/farm", Map.of("displayName", "web", "zone", "all", "port", 8080));
        server("old-1", 1, Map.of());
        server("old-2", 2, Map.of());
        server("new-1", 3, Map.of("weight", 0));
        bench.shop().deployed();
    }

    private void server(String name, int number, Map<String, Object> more) {
        Map<String, Object> fields =
                new HashMap<>(Map.of("displayName", name, "address", "192.0.2.4" + number, "status", "active"));
        fields.putAll(more);
        bench.shop().add("http/server", farm, fields);
    }

    @Test
    void theShareRisesStepByStepAndAtTheEndTheOldOnesHaveNothing() {
        Instant before = bench.clock().instant();

        Report report = shift(SHIFT + ",'steps':[5,25,100],'every':'5m'");

        assertThat(checked)
                .containsExactly(
                        "5 {new-1=26, old-1=247, old-2=247}",
                        "25 {new-1=170, old-1=255, old-2=255}",
                        "100 {new-1=1, old-1=0, old-2=0}");
        assertThat(Duration.between(before, bench.clock().instant()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
        assertThat(report.result().path("weights").toString()).isEqualTo("{\"old-1\":0,\"old-2\":0,\"new-1\":1}");
        assertThat(report.result().path("warnings").toString()).contains("drain takes those out");
        assertThat(bench.writes()).filteredOn(call -> call.startsWith("POST")).hasSize(3);
    }

    @Test
    void whereTheCheckFailsTheWeightsAreAsTheyWere() {
        failsAt = "25";

        IplbException failed = Bench.failure(() -> shift(SHIFT + ",'steps':[5,25,100]"));

        assertThat(failed)
                .hasMessage("too many errors, at 25 %%: the weights of http farm 'web' (%d) are as they were"
                        .formatted(farm));
        assertThat(checked).hasSize(2);
        assertThat(weights()).isEqualTo("{new-1=0, old-1=1, old-2=1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'from':['old-1'],'to':['new-1'],'steps':[5]                    | sends traffic to old-2, which is on no side
            'from':['old-1','old-2'],'to':['new-1','old-1'],'steps':[5]    | to: 'old-1' was given; allowed: others than from
            'from':['old-1','old-2'],'to':['new-1'],'steps':[25,5]         | steps: 5 was given; allowed: percentages that rise
            'from':['old-1','old-2'],'to':['new-1'],'steps':[0]            | steps: 0 was given; allowed: 1 to 100
            'from':['old-1','old-2'],'to':['new-2'],'steps':[5]            | has no server 'new-2'; it has old-1 (
            'from':['new-1'],'to':['old-1','old-2'],'steps':[5]            | sends nothing to the servers that it is to move away from
            """)
    void whatCannotBeMeantIsRefusedBeforeAnythingIsSent(String parameters, String message) {
        IplbException refused = Bench.failure(() -> shift("'farm':'web'," + parameters));

        assertThat(refused).hasMessageContaining(message);
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 50", "1, 1, 99", "20, 1, 1", "1, 4, 5", "9, 3, 33", "50, 50, 25"})
    void weightsSayAShareWithinAPercent(int from, int to, int percent) {
        Shares.Weights weights = new Shares(ones(from), ones(to)).of(percent);

        double all = sum(weights.from()) + sum(weights.to());
        assertThat(100 * sum(weights.to()) / all).isBetween(percent - 1.0, percent + 1.0);
        assertThat(weights.from()).allMatch(each -> each >= 1 && each <= 256);
        assertThat(weights.to()).allMatch(each -> each >= 1 && each <= 256);
    }

    @Test
    void whatTheyCannotSayIsRefusedWithTheClosest() {
        assertThatThrownBy(() -> new Shares(ones(1), ones(20)).of(5))
                .isInstanceOf(IplbException.class)
                .hasMessage(
                        "5 % cannot be said by the weights of 1 and 20 servers, which are 1 to 256: the closest is 7.2 %");
    }

    @Test
    void serversOfOneSideKeepTheirProportions() {
        Shares.Weights weights = new Shares(List.of(1, 3), List.of(1)).of(50);

        assertThat(weights.from().get(1)).isEqualTo(3 * weights.from().get(0));
    }

    private static List<Integer> ones(int servers) {
        return Collections.nCopies(servers, 1);
    }

    private static double sum(List<Integer> weights) {
        return weights.stream().mapToInt(each -> each).sum();
    }

    @ParameterizedTest
    @CsvSource({"25 % is live: step 1", "25 % is live, the next step comes"})
    void whatIsCalledOffHasTheWeightsThatItHad(String moment) {
        AtomicReference<Deployment<?>> shift = new AtomicReference<>();
        shift.set(shift(given(SHIFT + ",'steps':[25,100],'every':'5m'"), bench.options(false, status -> {
            if (status.text().startsWith(moment)) {
                shift.get().callOff(new IplbException(FailureKind.TASK_FAILED, "somebody stopped it"));
            }
        })));

        IplbException failed = Bench.failure(() -> bench.ended(shift.get().run()));

        assertThat(failed)
                .hasMessage("somebody stopped it, at 25 %%: the weights of http farm 'web' (%d) are as they were"
                        .formatted(farm));
        assertThat(weights()).isEqualTo("{new-1=0, old-1=1, old-2=1}");
    }

    private Report shift(String parameters) {
        return bench.ended(shift(given(parameters), bench.options(false)).run());
    }

    private static Fields given(String parameters) {
        return new Fields(
                (ObjectNode) Bench.json("{'service':'%s','protocol':'http',%s}".formatted(SERVICE, parameters)));
    }

    private Deployment<?> shift(Fields given, Options options) {
        Operation.Deployment shifting = (Operation.Deployment) DeploymentOperations.SHIFTING.operation(given);
        return Deployment.of(bench.operations(), shifting, options, this::check);
    }

    private CompletableFuture<Void> check(Map<String, String> environment) {
        String share = environment.get(Shift.SHARE);
        checked.add(share + " " + weights());
        return share.equals(failsAt)
                ? CompletableFuture.failedFuture(new IplbException(FailureKind.TASK_FAILED, "too many errors"))
                : CompletableFuture.completedFuture(null);
    }

    /** Live. */
    private String weights() {
        return bench.shop().live("rbx", "http/server").stream()
                .filter(server -> server.parent() == farm)
                .collect(Collectors.toMap(
                        server -> server.text("displayName"),
                        server -> server.text("weight"),
                        (one, other) -> one,
                        TreeMap::new))
                .toString();
    }
}
