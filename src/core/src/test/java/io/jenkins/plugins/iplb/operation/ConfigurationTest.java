package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole configurations, as change files say them. */
@ExtendWith(SandboxExtension.class)
class ConfigurationTest {
    private static final String BLUE_GREEN = """
            http:
              farms:
                blue: &farm
                  zone: all
                  port: 80
                  stickiness: cookie
                  servers:
                    192.0.2.10:8080: {weight: 10}
                    192.0.2.11:8080:
                green:
                  <<: *farm
                  port: 81
              frontends:
                site:
                  zone: all
                  port: 8088
                  farm: blue
                  routes:
                    api: {farm: green, weight: 3, rules: [uri startswith /api]}
                    bots: {reject: true, rules: [uri startswith /wp-login]}
            """;

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
    }

    @Test
    void aPlanSaysWhatWouldChangeAndWritesNothing() {
        Report plan = plan(BLUE_GREEN);

        assertThat(plan.changed()).isTrue();
        assertThat(plan.result().at("/counts/added").asInt()).isEqualTo(9);
        assertThat(plan.result().at("/counts/kinds/server/added").asInt()).isEqualTo(4);
        assertThat(plan.result().at("/counts/kinds/frontend/removed").asInt()).isZero();
        assertThat(messages(plan))
                .containsExactly(
                        "Farm blue would be added",
                        "Farm green would be added",
                        "Server 192.0.2.10:8080 would be added to farm blue",
                        "Server 192.0.2.11:8080 would be added to farm blue",
                        "Server 192.0.2.10:8080 would be added to farm green",
                        "Server 192.0.2.11:8080 would be added to farm green",
                        "Frontend site would be added",
                        "Route api would be added to frontend site",
                        "Route bots would be added to frontend site");
        assertThat(plan.diff())
                .extracting(Object::toString)
                .contains(
                        "+ frontend site: farm: blue",
                        "+ route api: farm: green",
                        "+ route api: rule: uri startswith /api");
        assertThat(plan.toString()).doesNotContain("-92233720");
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void whatIsPlannedIsAppliedInAnOrderInWhichNothingComesBeforeWhatItNeeds() {
        Report report = apply(BLUE_GREEN);

        assertThat(report.changed()).isTrue();
        List<String> writes = bench.writes().stream()
                .map(call -> call.replace("/ipLoadbalancing/" + SERVICE, "").replaceAll("\\d+", "*"))
                .toList();
        assertThat(writes.subList(0, 2)).containsOnly("POST /http/farm");
        assertThat(writes.get(2)).isEqualTo("POST /http/frontend");
        assertThat(writes).filteredOn("POST /http/farm/*/server"::equals).hasSize(4);
        assertThat(writes.indexOf("POST /http/route/*/rule")).isGreaterThan(writes.indexOf("POST /http/route"));
        assertThat(writes).endsWith("POST /refresh").hasSize(14);
        assertThat(staged("http/frontend", "site").path("defaultFarmId").asLong())
                .isEqualTo(bench.id("http/farm", "blue"));
        assertThat(staged("http/route", "api").path("action").path("target").asText())
                .isEqualTo(Long.toString(bench.id("http/farm", "green")));
        assertThat(staged("http/route", "api").path("frontendId").asLong())
                .isEqualTo(bench.id("http/frontend", "site"));
    }

    @Test
    void serversOfAFarmAndRoutesOfOneWeightAreMadeInTheOrderOfTheFile() {
        apply("""
                http:
                  farms:
                    hashed:
                      zone: all
                      port: 80
                      balance: source
                      servers: {192.0.2.9: , 192.0.2.3: , 192.0.2.7: , 192.0.2.1: }
                  frontends:
                    site:
                      zone: all
                      port: 8088
                      routes:
                        z: {reject: true, rules: [uri startswith /z]}
                        a: {reject: true, rules: [uri startswith /a]}
                        m: {reject: true, rules: [uri startswith /m]}
                """);

        assertThat(bench.calls("POST", "/http/farm/*/server"))
                .extracting(call ->
                        Json.MAPPER.readTree(call.requestBody()).path("address").asText())
                .containsExactly("192.0.2.9", "192.0.2.3", "192.0.2.7", "192.0.2.1");
        assertThat(bench.calls("POST", "/http/route"))
                .extracting(call -> Json.MAPPER
                        .readTree(call.requestBody())
                        .path("displayName")
                        .asText())
                .containsExactly("z", "a", "m");
    }

    @Test
    void whatIsAppliedIsNothingToPlan() {
        apply(BLUE_GREEN);
        bench.forget();

        Report again = plan(BLUE_GREEN);

        assertThat(again.changed()).isFalse();
        assertThat(again.result().at("/counts/unchanged").asInt()).isEqualTo(9);
        assertThat(messages(again)).isEmpty();
        assertThat(apply(BLUE_GREEN).changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void eachChangeHasAnEntryOfItsOwnInTheRecordWithOvhsIds() {
        apply(BLUE_GREEN);

        assertThat(bench.entries())
                .extracting(RecordedEntry::operation)
                .containsExactlyInAnyOrder(
                        "ensure-farm",
                        "ensure-farm",
                        "ensure-server",
                        "ensure-server",
                        "ensure-server",
                        "ensure-server",
                        "ensure-frontend",
                        "add-route",
                        "add-route",
                        "refresh");
        assertThat(bench.entries()).noneMatch(RecordedEntry::open);
        assertThat(Json.MAPPER.<JsonNode>valueToTree(bench.entries()).toString())
                .doesNotContain("-92233720");
    }

    @Test
    void oneFieldThatIsDifferentIsOneCall() {
        apply(BLUE_GREEN);
        bench.forget();

        Report report = apply(BLUE_GREEN.replace("weight: 10", "weight: 20"));

        assertThat(report.diff())
                .extracting(Object::toString)
                .containsExactly(
                        "~ server 192.0.2.10:8080: weight: 10 -> 20", "~ server 192.0.2.10:8080: weight: 10 -> 20");
        assertThat(bench.writes()).hasSize(3);
    }

    @Test
    void whatIsAbsentOrNotNamedWhereNothingElseIsToBeGoesWithWhatHangsOnIt() {
        apply(BLUE_GREEN);
        bench.forget();

        Report report = apply("""
                http:
                  farms:
                    green: {state: absent}
                    blue:
                      servers:
                        exact: true
                        192.0.2.11:8080:
                  frontends:
                    site: {state: absent}
                """);

        assertThat(messages(report))
                .containsExactlyInAnyOrder(
                        "Route api removed from frontend site",
                        "Route bots removed from frontend site",
                        "Frontend site removed",
                        "Server 192.0.2.10:8080 removed from farm blue",
                        "Farm green removed");
        assertThat(bench.named("http/frontend")).doesNotContainKey("site");
        assertThat(bench.named("http/farm")).doesNotContainKey("green").containsKey("blue");
        assertThat(bench.entries()).noneMatch(RecordedEntry::open);
    }

    @Test
    void aPlanThatWasApprovedIsAppliedOnlyWhereItIsStillTheSame() {
        apply(BLUE_GREEN);
        String wanted = BLUE_GREEN.replace("weight: 10", "weight: 20");
        JsonNode approved = plan(wanted).result().path(Configuration.CHANGES);
        apply(BLUE_GREEN.replace("weight: 10", "weight: 15"));
        bench.forget();

        assertThat(Bench.failure(() -> apply(wanted, approved)))
                .hasMessageContaining("is no longer as it was when this was planned; plan it again.")
                .hasMessageContaining("Server 192.0.2.10:8080 of farm blue would be changed: weight was 10, is 15");
        assertThat(bench.writes()).isEmpty();

        JsonNode again = plan(wanted).result().path(Configuration.CHANGES);
        assertThat(apply(wanted, again).changed()).isTrue();
        assertThat(Bench.failure(() -> apply(wanted, again))).hasMessageContaining("nothing is left to do");
    }

    /** As a controller does that goes down in the middle, and comes back. */
    @Test
    void aPlanThatWasApprovedAndBegunIsGoneOnWithAndWithNothingElse() {
        JsonNode approved = plan(BLUE_GREEN).result().path(Configuration.CHANGES);
        Options first = leavingBefore("frontend");
        CompletableFuture<Report> left =
                bench.operations().run(wanted(BLUE_GREEN).approved(approved), first);
        assertThatThrownBy(() -> bench.ended(left)).isInstanceOf(RejectedExecutionException.class);
        assertThat(bench.named("http/farm")).containsKeys("blue", "green");
        assertThat(bench.named("http/frontend")).doesNotContainKey("site");

        bench.ended(bench.operations().run(wanted(BLUE_GREEN).approved(approved), again(first)));

        assertThat(bench.named("http/frontend")).containsKey("site");
        assertThat(plan(BLUE_GREEN).changed()).isFalse();
        assertThat(bench.writes())
                .filteredOn(call -> call.endsWith("/http/farm"))
                .hasSize(2);
        String other = BLUE_GREEN.replace("weight: 10", "weight: 20");
        assertThat(Bench.failure(
                        () -> bench.ended(bench.operations().run(wanted(other).approved(approved), again(first)))))
                .hasMessageContaining("was not in the plan");
    }

    @Test
    void whoStartsItAgainIsToldWhatAnEarlierLifeOfItHasChanged() {
        Operation.Configuring staged =
                wanted(BLUE_GREEN).approved(plan(BLUE_GREEN).result().path(Configuration.CHANGES));
        Operation.Configuring unrefreshed =
                new Operation.Configuring(staged.service(), staged.wishes(), staged.others(), staged.approved(), false);
        Options first = bench.options(false);
        bench.ended(bench.operations().run(unrefreshed, first));
        bench.forget();

        Report again = bench.ended(bench.operations().run(unrefreshed, again(first)));

        assertThat(again.changed()).isTrue();
        assertThat(bench.writes()).isEmpty();
    }

    private Options leavingBefore(String kind) {
        Options options = bench.options(false);
        CallObserver watcher = new CallObserver() {
            @Override
            public void wanted(ApiCall call) {
                if (call.method() == ApiCall.Method.POST && call.path().contains(kind)) {
                    throw new RejectedExecutionException("goes down");
                }
            }

            @Override
            public void reading(ApiCall call) {}

            @Override
            public Sent writing(ApiCall call) {
                return NONE.writing(call);
            }

            @Override
            public void settled(ApiCall call, boolean tookEffect) {}
        };
        return new Options(
                options.id(), options.deadline(), options.check(), options.progress(), options.by(), watcher);
    }

    private Options again(Options first) {
        return bench.options(false).named(first.id());
    }

    @Test
    void whatCannotBeIsToldWithItsPlaceBeforeAnythingIsSent() {
        IplbException failure = Bench.failure(() -> apply("""
                http:
                  farms:
                    new: {zone: all, port: 80}
                    other: {port: 80}
                """));

        assertThat(failure)
                .hasMessageStartingWith("iplb.yaml:5:5: zone: nothing was given; allowed: all, or a zone of");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void frontendsMayExchangeTheirPorts() {
        String two = """
                http:
                  frontends:
                    live: {zone: all, port: 8088}
                    next: {zone: all, port: 8089}
                """;
        apply(two.replace("}", ", redirectLocation: 'https://www.example'}"));

        apply(two.replace("8088", "8090").replace("8089", "8088").replace("8090", "8089"));

        assertThat(staged("http/frontend", "live").path("port").asText()).isEqualTo("8089");
        assertThat(staged("http/frontend", "next").path("port").asText()).isEqualTo("8088");
    }

    @Test
    void frontendsThatWouldShareAPortInTheEndAreRefusedWithTheirPlace() {
        IplbException failure = Bench.failure(() -> apply("""
                http:
                  frontends:
                    live: {zone: all, port: 8088, redirectLocation: 'https://www.example'}
                tcp:
                  frontends:
                    next: {zone: gra, port: 8000-8100}
                """));

        assertThat(failure).hasMessageMatching("(?s)iplb.yaml:\\d+:5: port 8088 of zone (all|gra) is taken by .*");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void whetherItCanBeRefreshedIsLookedAtAsItWillBe() {
        bench.shop().add("http/frontend", Map.of("displayName", "idle", "zone", "all", "port", "8090"));

        Report mended = plan("""
                http:
                  farms: {new: {zone: all, port: 80, stickiness: sourceIp}}
                  frontends: {idle: {farm: new}}
                """);
        assertThat(mended.result().path("warnings").toString()).contains("http farm 'new'");
        assertThat(mended.result().toString()).doesNotContain("-92233720");

        assertThat(Bench.failure(() -> plan("http: {frontends: {worse: {zone: all, port: 8091}}}")))
                .hasMessageContaining("'idle'")
                .hasMessageContaining("'worse'");
    }

    private JsonNode staged(String kind, String name) {
        return Json.MAPPER.valueToTree(bench.named(kind).get(name).fields());
    }

    private Report plan(String file) {
        return run(file, Optional.empty(), true);
    }

    private Report apply(String file) {
        return run(file, Optional.empty(), false);
    }

    private Report apply(String file, JsonNode approved) {
        return run(file, Optional.of(approved), false);
    }

    private Report run(String file, Optional<JsonNode> approved, boolean check) {
        Operation.Configuring wanted = wanted(file);
        return bench.ended(bench.operations().run(approved.map(wanted::approved).orElse(wanted), bench.options(check)));
    }

    private static Operation.Configuring wanted(String file) {
        return ChangeFile.read("iplb.yaml", "loadBalancer: %s\n%s".formatted(SERVICE, file), name -> Optional.empty())
                .of(SERVICE)
                .operation(true);
    }

    private static List<String> messages(Report report) {
        return report.result().path(Configuration.CHANGES).findValuesAsText("msg");
    }
}
