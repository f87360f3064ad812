package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A plan of several objects that refer to one another: a farm, a frontend to it, and a route from the one to the other. */
@ExtendWith(SandboxExtension.class)
class PlanTest {
    private final ServiceCalls calls = new ServiceCalls(SERVICE);
    private final NewId farm = Plan.newObject("farmId", Set.of(), other -> false);
    private final NewId frontend = Plan.newObject("frontendId", Set.of(), other -> false);
    private final NewId route = Plan.newObject("routeId", Set.of(), other -> false);
    private final Plan plan = new Plan(
            new About(Effect.ADDED, Subject.of(Kind.ROUTE, "api")),
            List.of(),
            NullNode.instance,
            NullNode.instance,
            List.of(
                    PlannedStep.of(calls.createFarm(Protocol.TCP, farmFields())).creating(farm),
                    PlannedStep.of(created -> calls.createFrontend(Protocol.TCP, frontendFields(created)), farm)
                            .creating(frontend),
                    PlannedStep.of(created -> calls.createRoute(Protocol.TCP, routeFields(created)), frontend, farm)
                            .creating(route)),
            created -> Fields.none()
                    .withPresent("routeId", created.find(route))
                    .with("others", created.of(List.of(frontend, farm)))
                    .json());

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void aStepNamesWhatSeveralEarlierOnesHaveMade() {
        JsonNode result = apply();

        long farmId = bench.id("tcp/farm", "api");
        long frontendId = bench.id("tcp/frontend", "api");
        JsonNode made = bench.read("tcp/route", result.path("routeId"));
        assertThat(made.path("frontendId").asLong()).isEqualTo(frontendId);
        assertThat(made.at("/action/target").asText()).isEqualTo(Long.toString(farmId));
        assertThat(bench.read("tcp/frontend", frontendId).path("defaultFarmId").asLong())
                .isEqualTo(farmId);
        assertThat(result.path("others")).hasToString("[%d,%d]".formatted(frontendId, farmId));
    }

    @Test
    void aStepWhoseAnswerIsLostMakesItsObjectOnce() {
        bench.sandbox().faults().on("POST", "/ipLoadbalancing/**").times(1).cutAfterEffect();

        apply();

        assertThat(bench.writes()).hasSize(3);
    }

    @Test
    void beforeItIsCarriedOutItHasNoIds() {
        assertThat(plan.knownResult()).isEqualTo(json("{'others':[]}"));
    }

    @Test
    void aCallThatNamesNoneOfThemIsNeededAndTheOthersCannotHaveBeenSent() {
        String farms = "/ipLoadbalancing/%s/tcp/farm".formatted(SERVICE);
        String frontends = "/ipLoadbalancing/%s/tcp/frontend".formatted(SERVICE);

        assertThat(plan.needs("POST", farms, farmFields().json())).isTrue();
        assertThat(plan.needs("POST", farms, json("{}"))).isFalse();
        assertThat(plan.needs("POST", frontends, json("{'port':'8443'}"))).isFalse();
    }

    private JsonNode apply() {
        OvhSession session = bench.session();
        Execution execution = new Execution(session, plan, new IdsToCome(), now -> plan, (call, made) -> {});
        execution.make();
        return execution.finish();
    }

    private static Fields farmFields() {
        return Fields.none().with("displayName", "api").with("zone", "gra");
    }

    private Fields frontendFields(CreatedIds created) {
        return Fields.none()
                .with("displayName", "api")
                .with("zone", "gra")
                .with("port", "8443")
                .with("defaultFarmId", created.of(farm));
    }

    private Fields routeFields(CreatedIds created) {
        return Fields.none()
                .with("frontendId", created.of(frontend))
                .with("action", new RouteAction("farm", Long.toString(created.of(farm)), null));
    }
}
