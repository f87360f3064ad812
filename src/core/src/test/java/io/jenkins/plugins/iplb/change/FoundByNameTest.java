package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.farm;
import static io.jenkins.plugins.iplb.change.Wishes.fields;
import static io.jenkins.plugins.iplb.change.Wishes.frontend;
import static io.jenkins.plugins.iplb.change.Wishes.ref;
import static io.jenkins.plugins.iplb.change.Wishes.remove;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users keep one frontend and one farm per zone under one name: what is found by it, and what is not. */
@ExtendWith(SandboxExtension.class)
class FoundByNameTest {
    private static final String GRA = "{'name': 'ingress', 'port': '8443', 'zone': 'gra'}";
    private static final String RBX = "{'name': 'ingress', 'port': '8443', 'zone': 'rbx'}";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    // ---- frontends

    @Test
    void aFrontendOfTheSameNameInAnotherZoneIsAnotherFrontend() {
        long gra = make(frontend(Protocol.TCP, GRA));
        long rbx = make(frontend(Protocol.TCP, RBX));

        assertThat(rbx).isNotEqualTo(gra);
        assertThat(zones("tcp/frontend", "ingress")).containsExactlyInAnyOrder("gra", "rbx");
        assertThat(bench.apply(frontend(Protocol.TCP, GRA)).changed()).isFalse();
        assertThat(bench.apply(frontend(Protocol.TCP, RBX)).changed()).isFalse();
    }

    @Test
    void inItsZoneAFrontendIsFoundByItsNameAndNeedsNoPort() {
        make(frontend(Protocol.TCP, GRA));
        long rbx = make(frontend(Protocol.TCP, RBX));

        Report report = bench.apply(frontend(Protocol.TCP, "{'name': 'ingress', 'zone': 'rbx', 'ssl': true}"));

        assertThat(report.result().path("frontendId").longValue()).isEqualTo(rbx);
        assertThat(report.diff())
                .singleElement()
                .satisfies(each -> assertThat(each.path()).isEqualTo("ssl"));
    }

    @Test
    void withoutAZoneTheOnlyOneOfANameIsMeantAndOfSeveralTheZoneIsAskedFor() {
        make(frontend(Protocol.TCP, GRA));
        assertThat(bench.apply(frontend(Protocol.TCP, "{'name': 'ingress'}")).changed())
                .isFalse();
        make(frontend(Protocol.TCP, RBX));

        IplbException failure = bench.refusal(frontend(Protocol.TCP, "{'name': 'ingress', 'ssl': true}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessageContaining("more than one frontend is named 'ingress'")
                .hasMessageEndingWith("give its zone or its id");
    }

    @Test
    void aZoneIsNeverChangedByAMention() {
        long gra = make(frontend(Protocol.TCP, GRA));

        IplbException failure = bench.refusal(new EnsureFrontend(
                SERVICE, Protocol.TCP, Optional.of(ref(gra)), fields("{'zone': 'rbx', 'ssl': true}")));

        assertThat(failure)
                .hasMessage(
                        "tcp frontend 'ingress' (%d) is in zone gra, and stays there: make another one for rbx", gra);
        assertThat(zones("tcp/frontend", "ingress")).containsExactly("gra");
    }

    @Test
    void whatIsMissingToMakeOneIsNamedWithWhereThereAreOthers() {
        make(frontend(Protocol.TCP, GRA));

        assertThat(bench.refusal(frontend(Protocol.TCP, "{'name': 'ingress', 'zone': 'rbx'}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "port: nothing was given; allowed: a port: there is no tcp frontend 'ingress' in zone rbx yet, but in zone gra");
        assertThat(bench.refusal(frontend(Protocol.TCP, "{'name': 'new', 'port': '9000'}")))
                .hasMessage("zone: nothing was given; allowed: a zone: there is no tcp frontend 'new' yet");
        assertThat(bench.refusal(frontend(Protocol.TCP, "{'port': '9000'}")))
                .hasMessage("zone: nothing was given; allowed: a zone: there is no tcp frontend on port 9000 yet");
    }

    @Test
    void theOnlyFrontendOnAPortNeedsNoZone() {
        assertThat(bench.apply(frontend(Protocol.TCP, "{'port': '443'}"))
                        .result()
                        .path("frontendId")
                        .longValue())
                .isEqualTo(bench.id("tcp/frontend", "https"));
    }

    @Test
    void aFrontendWithoutANameGetsTheOneThatItsPortIsMentionedWith() {
        long nameless = make(frontend(Protocol.TCP, "{'port': '8443', 'zone': 'gra'}"));

        Report report = bench.apply(frontend(Protocol.TCP, GRA));

        assertThat(report.result().path("frontendId").longValue()).isEqualTo(nameless);
        assertThat(report.changed()).isTrue();
        assertThat(bench.id("tcp/frontend", "ingress")).isEqualTo(nameless);
    }

    @Test
    void aFrontendThatIsGivenByItsIdIsRenamed() {
        long https = bench.id("tcp/frontend", "https");

        bench.apply(new EnsureFrontend(SERVICE, Protocol.TCP, Optional.of(ref(https)), fields("{'name': 'tls'}")));

        assertThat(bench.id("tcp/frontend", "tls")).isEqualTo(https);
    }

    @Test
    void theWordForWhichIsTheSameAsForFarms() {
        long made = make(new EnsureFrontend(
                SERVICE, Protocol.TCP, Optional.of(ref("ingress")), fields("{'port': '8443', 'zone': 'gra'}")));

        assertThat(bench.id("tcp/frontend", "ingress")).isEqualTo(made);
        assertThat(bench.apply(frontend(Protocol.TCP, GRA)).changed()).isFalse();
    }

    // ---- farms

    @Test
    void aFarmOfTheSameNameInAnotherZoneIsAnotherFarm() {
        long gra = make(farm(Protocol.TCP, "pods", "{'zone': 'gra'}"));
        long rbx = make(farm(Protocol.TCP, "pods", "{'zone': 'rbx'}"));

        assertThat(rbx).isNotEqualTo(gra);
        assertThat(zones("tcp/farm", "pods")).containsExactlyInAnyOrder("gra", "rbx");
        assertThat(bench.apply(farm(Protocol.TCP, "pods", "{'zone': 'rbx', 'balance': 'first'}"))
                        .result()
                        .path("farmId")
                        .longValue())
                .isEqualTo(rbx);
        assertThat(bench.refusal(farm(Protocol.TCP, "pods", "{'balance': 'first'}")))
                .hasMessageEndingWith("give its zone or its id");
    }

    @Test
    void ofSeveralFarmsOfANameTheOneInTheZoneOfTheFrontendIsMeant() {
        make(farm(Protocol.TCP, "pods", "{'zone': 'gra'}"));
        long rbx = make(farm(Protocol.TCP, "pods", "{'zone': 'rbx'}"));

        Report report = bench.apply(
                frontend(Protocol.TCP, "{'name': 'ingress', 'port': '8443', 'zone': 'rbx', 'farm': 'pods'}"));

        assertThat(bench.named("tcp/frontend").get("ingress").text("defaultFarmId"))
                .isEqualTo(Long.toString(rbx));
        assertThat(report.result().has("warnings")).isFalse();
    }

    // ---- a zone tells several of one name apart

    @Test
    void whateverFindsAFarmByItsNameFindsTheOneInTheZone() {
        long gra = make(farm(Protocol.TCP, "pods", "{'zone': 'gra'}"));
        long rbx = make(farm(Protocol.TCP, "pods", "{'zone': 'rbx'}"));

        bench.apply(new SetStickiness(SERVICE, Protocol.TCP, in("rbx", "pods"), "sourceIp"));
        assertThat(bench.read("tcp/farm", rbx).path("stickiness").textValue()).isEqualTo("sourceIp");
        assertThat(bench.read("tcp/farm", gra).path("stickiness").isNull()).isTrue();

        Report server = bench.apply(new EnsureServer(
                SERVICE, Protocol.TCP, in("gra", "pods"), Optional.empty(), fields("{'address': '192.0.2.50'}")));
        assertThat(server.result().path("farmId").longValue()).isEqualTo(gra);
        ServerKey there = new ServerKey(Optional.empty(), Optional.of("192.0.2.50"), Optional.empty());
        assertThat(bench.apply(remove(Protocol.TCP, new Removable.Server(in("rbx", "pods"), there)))
                        .changed())
                .isFalse();
        assertThat(bench.apply(remove(Protocol.TCP, new Removable.Server(in("gra", "pods"), there)))
                        .changed())
                .isTrue();

        Report route = bench.apply(route(Optional.empty(), in("rbx", "pods"), "later"));
        assertThat(bench.read("tcp/route", route.result().path("routeId").longValue())
                        .at("/action/target")
                        .asLong())
                .isEqualTo(rbx);
    }

    @Test
    void whateverFindsAFrontendByItsNameFindsTheOneInTheZone() {
        long gra = make(frontend(Protocol.TCP, GRA));
        long rbx = make(frontend(Protocol.TCP, RBX));

        bench.apply(route(Optional.of(in("gra", "ingress")), ref("web-http2"), "beta"));
        bench.apply(route(Optional.of(in("rbx", "ingress")), ref("web-http2"), "beta"));
        assertThat(bench.shop().staged("tcp/route"))
                .extracting(each -> each.text("frontendId"))
                .containsExactlyInAnyOrder(Long.toString(gra), Long.toString(rbx));

        bench.apply(new DedicateFailover(SERVICE, Protocol.TCP, in("rbx", "ingress"), Wishes.ips("198.51.100.24")));
        assertThat(bench.read("tcp/frontend", rbx).path("dedicatedIpfo")).hasSize(1);
        assertThat(bench.read("tcp/frontend", gra).path("dedicatedIpfo")).isEmpty();
    }

    @Test
    void aRouteIsToldByItsFrontendOrByTheZoneOfThat() {
        make(frontend(Protocol.TCP, GRA));
        make(frontend(Protocol.TCP, RBX));
        long gra = routeOn("gra");
        long rbx = routeOn("rbx");
        Optional<Reference> ingress = Optional.of(ref("ingress"));

        assertThat(bench.apply(new EnsureRule(SERVICE, Protocol.TCP, in("rbx", "beta"), Optional.empty(), HTTP2, null))
                        .result()
                        .path("routeId")
                        .longValue())
                .isEqualTo(rbx);
        assertThat(bench.apply(new EnsureRule(SERVICE, Protocol.TCP, in("gra", "beta"), ingress, HTTP2, null))
                        .result()
                        .path("routeId")
                        .longValue())
                .isEqualTo(gra);
        Removable rule = new Removable.Rule(in("gra", "beta"), Optional.empty(), Optional.empty(), Optional.of(HTTP2));
        assertThat(bench.apply(remove(Protocol.TCP, rule)).changed()).isTrue();
        assertThat(bench.apply(remove(Protocol.TCP, rule)).changed()).isFalse();
        bench.apply(remove(Protocol.TCP, new Removable.Route(in("rbx", "beta"), ingress)));
        assertThat(bench.shop().staged("tcp/route")).extracting(Item::id).containsExactly(gra);
    }

    @Test
    void aRouteThatIsOnAFrontendLeadsToTheFarmThereAndIsWarnedOfOneElsewhere() {
        make(frontend(Protocol.TCP, GRA));
        long gra = make(farm(Protocol.TCP, "pods", "{'zone': 'gra'}"));
        long rbx = make(farm(Protocol.TCP, "pods", "{'zone': 'rbx'}"));
        long beta = routeOn("gra");

        bench.apply(route(Optional.empty(), ref("pods"), "beta"));
        assertThat(bench.read("tcp/route", beta).at("/action/target").asLong()).isEqualTo(gra);

        assertThat(warnings(bench.apply(route(Optional.empty(), in("rbx", "pods"), "beta"))))
                .singleElement()
                .asString()
                .contains("is in zone gra", "is in zone rbx");
        assertThat(bench.read("tcp/route", beta).at("/action/target").asLong()).isEqualTo(rbx);
    }

    @Test
    void whereSeveralAreMeantTheIdsAndPlacesAreListedWithTheWordThatNarrows() {
        long gra = make(farm(Protocol.TCP, "pods", "{'zone': 'gra'}"));
        long rbx = make(farm(Protocol.TCP, "pods", "{'zone': 'rbx'}"));
        long web = make(frontend(Protocol.TCP, GRA));
        long other = make(frontend(Protocol.TCP, RBX));
        long first = routeOn("gra");
        long second = routeOn("rbx");

        assertThat(bench.refusal(new SetStickiness(SERVICE, Protocol.TCP, ref("pods"), "none")))
                .hasMessage(
                        "more than one farm is named 'pods': ids %d in zone gra and %d in zone rbx; give its zone or its id",
                        gra, rbx);
        assertThat(bench.refusal(route(Optional.of(ref("ingress")), ref("pods"), "more")))
                .hasMessage(
                        "more than one frontend is named 'ingress': ids %d in zone gra and %d in zone rbx;"
                                + " give its zone or its id",
                        web, other);
        assertThat(bench.refusal(new EnsureRule(SERVICE, Protocol.TCP, ref("beta"), Optional.empty(), HTTP2, null)))
                .hasMessage(
                        "more than one route is named 'beta': ids %d on frontend %d and %d on frontend %d;"
                                + " give its frontend or its id",
                        first, web, second, other);
    }

    @Test
    void whatIsNotInTheZoneIsNamedWithWhereItIs() {
        long gra = make(farm(Protocol.TCP, "pods", "{'zone': 'gra'}"));

        assertThat(bench.refusal(new SetStickiness(SERVICE, Protocol.TCP, in("rbx", "pods"), "none")))
                .hasMessage("%s has no tcp farm named 'pods' in zone rbx, but in zone gra", SERVICE);
        assertThat(bench.refusal(new SetStickiness(SERVICE, Protocol.TCP, in("rbx", gra), "none")))
                .hasMessage("tcp farm 'pods' (%d) is in zone gra, not in zone rbx", gra);
    }

    private long routeOn(String zone) {
        return bench.apply(route(Optional.of(in(zone, "ingress")), ref("web-http2"), "beta"))
                .result()
                .path("routeId")
                .longValue();
    }

    private static EnsureRoute route(Optional<Reference> frontend, Reference farm, String name) {
        return new EnsureRoute(
                SERVICE,
                Protocol.TCP,
                frontend,
                new RouteTarget.ToFarm(farm),
                Optional.empty(),
                name,
                Optional.empty(),
                Map.of());
    }

    private static Reference in(String zone, Object idOrName) {
        return ref(idOrName).in(Optional.of(zone));
    }

    // ---- removal

    @Test
    void onlyTheOneInTheZoneIsRemoved() {
        make(frontend(Protocol.TCP, GRA));
        make(frontend(Protocol.TCP, RBX));

        bench.apply(remove(Protocol.TCP, new Removable.Frontend(ref("ingress").in(Optional.of("rbx")))));
        assertThat(zones("tcp/frontend", "ingress")).containsExactly("gra");
        assertThat(bench.apply(remove(
                                Protocol.TCP,
                                new Removable.Frontend(ref("ingress").in(Optional.of("rbx")))))
                        .changed())
                .isFalse();

        make(farm(Protocol.TCP, "pods", "{'zone': 'gra'}"));
        assertThat(bench.apply(remove(
                                Protocol.TCP, new Removable.Farm(ref("pods").in(Optional.of("rbx")))))
                        .changed())
                .isFalse();
        bench.apply(remove(Protocol.TCP, new Removable.Farm(ref("pods").in(Optional.of("gra")))));
        assertThat(zones("tcp/farm", "pods")).isEmpty();
    }

    // ---- ports

    @ParameterizedTest
    @ValueSource(strings = {"8190,8191", "8191,8190", "8190-8191", "8191, 8190-8191"})
    void portsAreASet(String same) {
        make(frontend(Protocol.TCP, "{'name': 'range', 'port': '8190,8191', 'zone': 'gra'}"));

        assertThat(bench.apply(frontend(Protocol.TCP, "{'name': 'range', 'port': '%s', 'zone': 'gra'}".formatted(same)))
                        .changed())
                .isFalse();
        assertThat(bench.apply(frontend(Protocol.TCP, "{'port': '%s', 'zone': 'gra'}".formatted(same)))
                        .changed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TCP  | {'name': 'b', 'port': '8443', 'zone': 'gra'}      | true",
                "HTTP | {'name': 'b', 'port': '8443', 'zone': 'gra'}      | true",
                "TCP  | {'name': 'b', 'port': '8440-8450', 'zone': 'gra'} | true",
                "TCP  | {'name': 'b', 'port': '81,8443', 'zone': 'all'}   | true",
                "TCP  | {'name': 'b', 'port': '8443', 'zone': 'rbx'}      | false",
                "TCP  | {'name': 'b', 'port': '8444', 'zone': 'gra'}      | false",
                "UDP  | {'name': 'b', 'port': '8443', 'zone': 'gra'}      | false",
                "TCP  | {'name': 'b', 'port': '8443', 'zone': 'gra', 'disabled': true}            | false",
                "TCP  | {'name': 'b', 'port': '8443', 'zone': 'gra', 'ips': ['198.51.100.24']}    | false"
            })
    void frontendsOfOneZoneDoNotShareAPort(Protocol protocol, String wish, boolean refused) {
        long there = make(frontend(Protocol.TCP, "{'name': 'a', 'port': '8443', 'zone': 'gra'}"));
        bench.forget();

        if (!refused) {
            assertThat(bench.apply(frontend(protocol, wish)).changed()).isTrue();
            return;
        }
        IplbException failure = bench.refusal(frontend(protocol, wish));
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessageContaining("port 8443 of zone ")
                .hasMessageContaining("is taken by tcp frontend 'a' (%d), which listens on 8443 in zone gra", there);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFrontendDoesNotComeToShareAPortEither() {
        make(frontend(Protocol.TCP, "{'name': 'a', 'port': '8443', 'zone': 'gra'}"));
        make(frontend(Protocol.TCP, "{'name': 'b', 'port': '8443', 'zone': 'gra', 'disabled': true}"));
        make(frontend(Protocol.TCP, "{'name': 'c', 'port': '8444', 'zone': 'gra'}"));

        for (String wish : List.of("{'name': 'b', 'disabled': false}", "{'name': 'c', 'port': '8443-8444'}")) {
            assertThat(bench.refusal(frontend(Protocol.TCP, wish)))
                    .hasMessageContaining("is taken by tcp frontend 'a'");
        }
        // What has nothing to do with it can be changed all the same.
        assertThat(bench.apply(frontend(Protocol.TCP, "{'name': 'b', 'ssl': true}"))
                        .changed())
                .isTrue();
    }

    // ---- zones

    @Test
    void aFrontendInOneZoneWithAFarmInAnotherIsWarnedOf() {
        long pods = make(farm(Protocol.TCP, "pods", "{'zone': 'rbx'}"));
        Change frontend = frontend(Protocol.TCP, "{'name': 'ingress', 'port': '8443', 'zone': 'gra', 'farm': 'pods'}");

        assertThat(warnings(bench.apply(frontend)))
                .containsExactly(
                        "tcp frontend 'ingress' is in zone gra, and tcp farm 'pods' (%d), which it leads to, is in zone rbx"
                                .formatted(pods));
        String known =
                "tcp frontend 'ingress' (%d) is in zone gra, and tcp farm 'pods' (%d), which it leads to, is in zone rbx"
                        .formatted(bench.id("tcp/frontend", "ingress"), pods);
        assertThat(warnings(bench.apply(frontend))).containsExactly(known);
        assertThat(warnings(bench.apply(tcpRoute("ingress", "pods", "more", HTTP2))))
                .containsExactly(known);
    }

    private static List<String> warnings(Report report) {
        return StreamSupport.stream(report.result().path("warnings").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private long make(Change change) {
        Report report = bench.apply(change);
        assertThat(report.changed()).isTrue();
        return report.result()
                .path(change instanceof EnsureFarm ? "farmId" : "frontendId")
                .longValue();
    }

    private List<String> zones(String collection, String name) {
        return bench.shop().staged(collection).stream()
                .filter(each -> each.text("displayName").equals(name))
                .map(each -> each.text("zone"))
                .toList();
    }
}
