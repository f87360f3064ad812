package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Blue-green. */
@ExtendWith(SandboxExtension.class)
class SwitchFarmTest {
    private static final String SWITCH = "'protocol':'http','frontend':'http','farm':'green'";
    private static final String SWAP = SWITCH + ",'and':'preview'";

    private Bench bench;
    private long blue;
    private long green;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        blue = bench.id("http/farm", "app");
        green = bench.shop().add("http/farm", Map.of("displayName", "green", "zone", "all", "port", 8081));
        bench.shop()
                .add(
                        "http/frontend",
                        Map.of("displayName", "preview", "port", "8080", "zone", "all", "defaultFarmId", green));
        bench.shop().deployed();
    }

    @Test
    void aFrontendGetsTheFarmAndNothingElseIsTouched() {
        Report report = run(SWITCH);

        assertThat(report.headline(false)).isEqualTo("Frontend http changed");
        assertThat(report.diff())
                .extracting(Difference::toString)
                .containsExactly("~ farm: app (%d) -> green (%d)".formatted(blue, green));
        assertThat(report.result().path("previousFarmId").asLong()).isEqualTo(blue);
        assertThat(bench.writeCalls())
                .extracting(call -> call.method() + " " + call.requestBody())
                .containsExactly("PUT {\"defaultFarmId\":%d}".formatted(green), "POST {}");
        assertThat(live("http")).isEqualTo(green);
        assertThat(live("preview")).isEqualTo(green);
    }

    @Test
    void twoFrontendsSwapTheirFarmsWithOneRefreshAndTheFirstOneComesLast() {
        Report report = run(SWAP);

        assertThat(report.diff())
                .extracting(Difference::toString)
                .containsExactly(
                        "~ farm of http frontend 'preview' (%d): green (%d) -> app (%d)"
                                .formatted(bench.id("http/frontend", "preview"), green, blue),
                        "~ farm: app (%d) -> green (%d)".formatted(blue, green));
        assertThat(bench.writeCalls())
                .extracting(call -> call.method() + " " + call.requestBody())
                .containsExactly(
                        "PUT {\"defaultFarmId\":%d}".formatted(blue),
                        "PUT {\"defaultFarmId\":%d}".formatted(green),
                        "POST {}");
        assertThat(live("http")).isEqualTo(green);
        assertThat(live("preview")).isEqualTo(blue);
    }

    @Test
    void askedForAgainItDoesNotSwapBack() {
        run(SWAP);
        bench.forget();

        Report again = run(SWAP);

        assertThat(again.changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
        assertThat(live("preview")).isEqualTo(blue);
    }

    @Test
    void oneThatWasCutOffBetweenTheTwoIsGoneOnWith() {
        bench.sandbox()
                .faults()
                .on("PUT", "/ipLoadbalancing/*/http/frontend/" + bench.id("http/frontend", "http"))
                .times(1)
                .status(400);
        Bench.failure(() -> run(SWAP));
        assertThat(bench.entries()).extracting(RecordedEntry::operation).containsExactly("switch-farm");

        run(SWAP);

        assertThat(live("http")).isEqualTo(green);
        assertThat(live("preview")).isEqualTo(blue);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThat(Bench.failure(() -> run(SWITCH + ",'and':'http'")))
                .hasMessage("and: 'http' was given; allowed: another frontend than frontend");
        Map<String, Object> redirecting = new HashMap<>(Map.of("redirectLocation", "https://a.example/"));
        redirecting.put("defaultFarmId", null);
        bench.shop().alter("http/frontend", bench.id("http/frontend", "http"), redirecting);
        IplbException nothing = Bench.failure(() -> run(SWAP));
        assertThat(nothing).hasMessageContaining("has no default farm, which http frontend 'preview'");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void itsRecordUndoesIt() {
        run(SWAP);

        bench.ended(bench.operations()
                .run(new Operation.Undoing(Rollback.of(bench.entries(), false, true)), bench.options(false)));

        assertThat(live("http")).isEqualTo(blue);
        assertThat(live("preview")).isEqualTo(green);
    }

    private Report run(String parameters) {
        Fields given = new Fields((ObjectNode) Bench.json("{'service':'%s',%s}".formatted(SERVICE, parameters)));
        return bench.ended(bench.operations()
                .run((Operation.OnLoadBalancer) Catalogue.named("switch-farm").operation(given), bench.options(false)));
    }

    private long live(String frontend) {
        return bench.shop().live("rbx", "http/frontend").stream()
                .filter(item -> item.text("displayName").equals(frontend))
                .findFirst()
                .orElseThrow()
                .reference("defaultFarmId");
    }
}
