package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.farm;
import static io.jenkins.plugins.iplb.change.Wishes.sni;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else makes the same, between the plan and the call, or after the call. */
@ExtendWith(SandboxExtension.class)
class GivingWayTest {
    private static final EnsureFarm BLUE = farm(Protocol.HTTP, "blue", "{'zone': 'all', 'port': 8080}");

    private final List<About> told = new ArrayList<>();
    private final List<JsonNode> found = new ArrayList<>();
    private final List<List<Difference>> differences = new ArrayList<>();

    private Bench bench;
    private OvhSession session;
    private Changes changes;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        session = bench.session();
        changes = new Changes(session, new Snapshot(session, SERVICE));
    }

    @Test
    void whoCameLaterRemovesItsOwnAndGoesOnWithTheOther() {
        Plan plan = changes.plan(BLUE);
        long theirs = farmOfSomebodyElse(8000);
        Execution execution = made(BLUE, plan);
        long own = newest("http/farm");

        giveWay(execution);

        assertThat(farms()).containsExactly(theirs);
        assertThat(execution.notes())
                .containsExactly(
                        "somebody else has made farm 'blue' at the same moment: theirs, %d, stays, and what was made here, %d, is removed"
                                .formatted(theirs, own));
        assertThat(execution.finish()).hasToString("{\"farmId\":%d}", theirs);
        assertThat(bench.read("http/farm", theirs).path("port").asInt())
                .as("what is meant of it")
                .isEqualTo(8080);
    }

    @Test
    void itsRecordTellsOfTheOtherFromThenOn() {
        Plan plan = changes.plan(BLUE);
        long theirs = farmOfSomebodyElse(8000);
        Execution execution = made(BLUE, plan);

        giveWay(execution);

        assertThat(told).extracting(About::effect).containsExactly(Effect.UNCHANGED, Effect.CHANGED);
        assertThat(found).extracting(each -> each.path("farmId").asLong()).containsExactly(theirs, theirs);
        assertThat(differences.get(0)).isEmpty();
        assertThat(differences.get(1)).hasToString("[~ port: 8000 -> 8080]");
        assertThat(execution.plan().diff()).isEqualTo(differences.get(1));
    }

    @Test
    void whoCameFirstStays() {
        Execution execution = made(BLUE, changes.plan(BLUE));
        long own = newest("http/farm");
        long theirs = farmOfSomebodyElse(8080);

        giveWay(execution);

        assertThat(farms()).containsExactly(own, theirs);
        assertThat(execution.notes()).isEmpty();
        assertThat(told).isEmpty();
        assertThat(execution.finish().path("farmId").asLong()).isEqualTo(own);
    }

    @Test
    void ofSeveralOthersTheFirstOneStays() {
        Plan plan = changes.plan(BLUE);
        long first = farmOfSomebodyElse(8080);
        long second = farmOfSomebodyElse(8080);
        Execution execution = made(BLUE, plan);

        giveWay(execution);

        assertThat(farms()).as("the second is for its owner to remove").containsExactly(first, second);
        assertThat(execution.finish().path("farmId").asLong()).isEqualTo(first);
    }

    @Test
    void whatMeansSomethingElseIsNoReasonToGiveWay() {
        Plan plan = changes.plan(BLUE);
        bench.shop().add("http/farm", Map.of("displayName", "green", "zone", "all", "port", 8080));
        Execution execution = made(BLUE, plan);
        long own = newest("http/farm");

        giveWay(execution);

        assertThat(execution.notes()).isEmpty();
        assertThat(execution.finish().path("farmId").asLong()).isEqualTo(own);
    }

    @Test
    void whatSomebodyElseHasRemovedAlreadyNeedsNoRemoval() {
        Plan plan = changes.plan(BLUE);
        long theirs = farmOfSomebodyElse(8080);
        Execution execution = made(BLUE, plan);
        removalOfTheFarmIsAnswered(404);

        giveWay(execution);

        assertThat(execution.finish().path("farmId").asLong()).isEqualTo(theirs);
    }

    @Test
    void whatCannotBeRemovedIsAFailure() {
        Plan plan = changes.plan(BLUE);
        farmOfSomebodyElse(8080);
        Execution execution = made(BLUE, plan);
        removalOfTheFarmIsAnswered(403);

        IplbException failure = Bench.failure(() -> giveWay(execution));

        assertThat(failure).hasMessageContaining("403");
    }

    @Test
    void aRouteThatSomebodyElseStillAttachesIsTheirs() {
        EnsureRoute route = tcpRoute("https", "web-http2", "h2", HTTP2);
        Plan plan = changes.plan(route);
        long theirs = bench.shop()
                .add(
                        "tcp/route",
                        Map.of(
                                "displayName",
                                "h2",
                                "action",
                                Map.of("type", "farm", "target", Long.toString(bench.id("tcp/farm", "web-http2")))));
        Execution execution = made(route, plan);

        giveWay(execution);

        assertThat(execution.plan().diff()).isEmpty();
        assertThat(execution.plan().before()).isEqualTo(execution.plan().after());
        assertThat(execution.finish().path("routeId").asLong()).isEqualTo(theirs);
        assertThat(bench.named("tcp/route").get("h2").id()).isEqualTo(theirs);
    }

    @Test
    void ofWhatBelongsToSomethingThatWasThereOnlyThatPartIsGivenUp() {
        apply(tcpRoute("https", "web-http2", "h2", HTTP2));
        long route = bench.id("tcp/route", "h2");
        EnsureRoute both = tcpRoute("https", "web-http2", "h2", HTTP2, sni("a.example"));
        Plan plan = changes.plan(both);
        long theirs = bench.shop()
                .add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "a.example", "negate", false));
        Execution execution = made(both, plan);
        long own = newest("tcp/rule");

        giveWay(execution);

        assertThat(told).isEmpty();
        assertThat(execution.notes())
                .singleElement()
                .asString()
                .contains("rule 'sni is a.example'", "theirs, " + theirs, "made here, " + own);
        assertThat(bench.shop().staged("tcp/rule"))
                .extracting(Item::id)
                .contains(theirs)
                .doesNotContain(own);
        assertThat(execution.finish().path("routeId").asLong()).isEqualTo(route);
    }

    @Test
    void whatIsBegunHasItsPlaceAndWhatIsMadeIsNotInUseYet() {
        EnsureRoute route = tcpRoute("https", "web-http2", "h2", HTTP2, sni("a.example"));
        Execution execution = changes.execution(route, changes.plan(route));

        execution.begin();
        long id = bench.id("tcp/route", "h2");
        assertThat(bench.shop().staged("tcp/rule")).isEmpty();

        execution.make();
        assertThat(bench.shop().staged("tcp/rule")).hasSize(2);
        assertThat(bench.read("tcp/route", id).path("frontendId").isNull()).isTrue();

        execution.finish();
        assertThat(bench.read("tcp/route", id).path("frontendId").asLong())
                .isEqualTo(bench.id("tcp/frontend", "https"));
        assertThat(bench.named("tcp/route")).as("each call once").hasSize(1);
    }

    @Test
    void whatMakesNothingHasNowhereToLook() {
        apply(BLUE);

        assertThat(made(BLUE, changes.plan(BLUE)).collection()).isEmpty();
        EnsureFarm green = farm(Protocol.HTTP, "green", "{'zone': 'all'}");
        assertThat(made(green, changes.plan(green)).collection()).contains("ipLoadbalancing/" + SERVICE + "/http/farm");
    }

    private Execution made(Change change, Plan plan) {
        Execution execution = changes.execution(change, plan);
        execution.make();
        return execution;
    }

    private void giveWay(Execution execution) {
        execution.giveWay(new Snapshot(session, SERVICE), (about, object, lines) -> {
            told.add(about);
            found.add(object);
            differences.add(lines);
        });
    }

    private ObjectNode apply(Change change) {
        Execution execution = changes.execution(change, changes.plan(change));
        execution.make();
        return execution.finish();
    }

    private long farmOfSomebodyElse(int port) {
        return bench.shop().add("http/farm", Map.of("displayName", "blue", "zone", "all", "port", port));
    }

    private void removalOfTheFarmIsAnswered(int status) {
        bench.sandbox()
                .faults()
                .on("DELETE", "/ipLoadbalancing/*/http/farm/*")
                .times(9)
                .status(status);
    }

    private List<Long> farms() {
        return bench.shop().staged("http/farm").stream()
                .filter(each -> each.text("displayName").equals("blue"))
                .map(Item::id)
                .toList();
    }

    private long newest(String kind) {
        return bench.shop().staged(kind).stream().mapToLong(Item::id).max().orElseThrow();
    }
}
