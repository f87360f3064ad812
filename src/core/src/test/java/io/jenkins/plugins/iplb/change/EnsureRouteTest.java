package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.host;
import static io.jenkins.plugins.iplb.change.Wishes.http2Route;
import static io.jenkins.plugins.iplb.change.Wishes.httpRoute;
import static io.jenkins.plugins.iplb.change.Wishes.httpRouteOfAnyRules;
import static io.jenkins.plugins.iplb.change.Wishes.ref;
import static io.jenkins.plugins.iplb.change.Wishes.rule;
import static io.jenkins.plugins.iplb.change.Wishes.sni;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.RouteTarget.Redirect;
import io.jenkins.plugins.iplb.change.RouteTarget.Reject;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class EnsureRouteTest {
    private static final RouteTarget APP = new ToFarm(ref("app"));

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Nested
    class Making {
        @Test
        void theRouteOfTheHttp2GuideIsStagedDetachedGetsItsRuleAndIsAttachedLast() {
            Report report = bench.apply(http2Route());

            long route = report.result().path("routeId").asLong();
            assertThat(bench.writes())
                    .containsExactly(
                            "POST /ipLoadbalancing/" + SERVICE + "/tcp/route",
                            "POST /ipLoadbalancing/" + SERVICE + "/tcp/route/" + route + "/rule",
                            "PUT /ipLoadbalancing/" + SERVICE + "/tcp/route/" + route);
            assertThat(body(0))
                    .isEqualTo(json("{'action': {'type': 'farm', 'target': '%d'}}"
                            .formatted(bench.id("tcp/farm", "web-http2"))));
            assertThat(body(1))
                    .isEqualTo(json("{'field':'protocol','match':'is','negate':false,'pattern':'http/2.0'}"));
            assertThat(body(2)).isEqualTo(json("{'frontendId': %d}".formatted(bench.id("tcp/frontend", "https"))));
            assertThat(rules(route)).containsExactly("protocol is http/2.0");
            assertThat(report.result().path("ruleIds")).hasSize(1);
        }

        @Test
        void idsDoAsWellAsNames() {
            long frontend = bench.id("tcp/frontend", "https");
            long farm = bench.id("tcp/farm", "web-http2");

            Report byId = bench.apply(tcpRoute(frontend, farm, null, HTTP2));
            Report byName = bench.apply(http2Route());

            assertThat(byId.changed()).isTrue();
            assertThat(byName.changed()).isFalse();
            assertThat(byName.result().path("routeId").asLong())
                    .isEqualTo(byId.result().path("routeId").asLong());
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {"301", "302", "303", "307", "308", "-"})
        void aRedirectKeepsItsTemplateAndItsStatus(Integer status) {
            Report report =
                    bench.apply(httpRoute(new Redirect("https://${host}${path}", status), null, null, host("a")));

            ObjectNode action = (ObjectNode) route(report).path("action");
            assertThat(action.path("type").asText()).isEqualTo("redirect");
            assertThat(action.path("target").asText()).isEqualTo("https://${host}${path}");
            assertThat(action.path("status").asInt(0)).isEqualTo(status == null ? 0 : status);
        }

        @Test
        void aRejectHasNoTarget() {
            Report report = bench.apply(httpRoute(new Reject(503), 255, "maintenance", host("a")));

            assertThat(body(0))
                    .isEqualTo(
                            json("{'action':{'type':'reject','status':503},'weight':255,'displayName':'maintenance'}"));
            assertThat(route(report).path("weight").asInt()).isEqualTo(255);
        }

        @Test
        void tcpRoutesRejectWithoutAStatus() {
            EnsureRoute wish = new EnsureRoute(
                    SERVICE,
                    Protocol.TCP,
                    Optional.of(ref("https")),
                    new Reject(null),
                    Optional.empty(),
                    null,
                    Optional.of(List.of(sni("old.shop.example"))),
                    Map.of());

            bench.apply(wish);

            assertThat(body(0)).isEqualTo(json("{'action':{'type':'reject'}}"));
        }

        @Test
        void aRouteWithoutRulesIsAttachedAtOnce() {
            bench.apply(httpRoute(APP, null, "all"));

            assertThat(bench.writes()).hasSize(1);
            assertThat(body(0).path("frontendId").asLong()).isEqualTo(bench.id("http/frontend", "http"));
        }

        @Test
        void weightZeroIsSentAndAWeightThatIsNotMentionedIsNot() {
            bench.apply(httpRoute(APP, 0, "zero", host("a")));
            assertThat(body(0).path("weight").isIntegralNumber()).isTrue();

            bench.forget();
            bench.apply(httpRoute(APP, null, "none", host("b")));
            assertThat(body(0).has("weight")).isFalse();
        }

        @Test
        void theSameRuleTwiceIsOneRule() {
            Report report = bench.apply(tcpRoute("https", "web-http2", null, HTTP2, HTTP2));

            assertThat(rules(report.result().path("routeId").asLong())).containsExactly("protocol is http/2.0");
        }

        @Test
        void aFarmOfAnotherProtocolIsUnknown() {
            IplbException failure = bench.refusal(tcpRoute("https", "app", null, HTTP2));

            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failure)
                    .hasMessage(
                            "%s has no tcp farm named 'app'; there are 'web-http1' (%d), 'web-http2' (%d)",
                            SERVICE, bench.id("tcp/farm", "web-http1"), bench.id("tcp/farm", "web-http2"));
            assertThat(bench.writes()).isEmpty();
        }

        @Test
        void anIdThatIsNotThereIsRefusedByName() {
            IplbException failure = bench.refusal(tcpRoute("https", 99, null, HTTP2));

            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "%s has no tcp farm with the id 99; there are 'web-http1' (".formatted(SERVICE));
            assertThat(bench.writes()).isEmpty();
        }

        @Test
        void aLoadBalancerThatIsNotThereIsNamed() {
            EnsureRoute wish = new EnsureRoute(
                    "loadbalancer-0000",
                    Protocol.TCP,
                    Optional.of(ref("https")),
                    new ToFarm(ref("web-http2")),
                    Optional.empty(),
                    null,
                    Optional.empty(),
                    Map.of());

            IplbException failure = bench.refusal(wish);

            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "load balancer loadbalancer-0000 does not exist or is not visible to these credentials (");
        }

        @Test
        void aRuleThatOvhRefusesLeavesTheRouteDetached() {
            IplbException failure =
                    bench.refusal(tcpRoute("https", "web-http2", null, rule("host", "is", "www.shop.example")));

            assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
            assertThat(failure).hasMessageContaining("host");
            assertThat(bench.shop().staged("tcp/route"))
                    .singleElement()
                    .satisfies(route -> assertThat(
                                    route.fields().path("frontendId").isNull())
                            .isTrue());
        }
    }

    @Nested
    class Identity {
        @Test
        void theSameNameOnTheSameFrontendIsTheSameRoute() {
            long first = id(bench.apply(httpRoute(APP, 1, "canary", host("a"))));

            long second = id(bench.apply(httpRoute(new Reject(403), 2, "canary", host("b"))));

            assertThat(second).isEqualTo(first);
            assertThat(bench.shop().staged("http/route")).hasSize(1);
            assertThat(route(second).path("action").path("type").asText()).isEqualTo("reject");
            assertThat(route(second).path("weight").asInt()).isEqualTo(2);
        }

        @Test
        void theSameNameOnAnotherFrontendIsAnotherRoute() {
            long other = bench.shop()
                    .add(
                            "tcp/frontend",
                            Map.of(
                                    "port",
                                    "8443",
                                    "zone",
                                    "all",
                                    "ssl",
                                    true,
                                    "defaultFarmId",
                                    bench.id("tcp/farm", "web-http1")));
            long first = id(bench.apply(tcpRoute("https", "web-http2", "h2", HTTP2)));

            long second = id(bench.apply(tcpRoute(other, "web-http2", "h2", HTTP2)));

            assertThat(second).isNotEqualTo(first);
        }

        @Test
        void anotherNameIsAnotherRouteEvenWhenItDoesTheSame() {
            long first = id(bench.apply(httpRoute(APP, null, "one", host("a"))));

            long second = id(bench.apply(httpRoute(APP, null, "two", host("a"))));

            assertThat(second).isNotEqualTo(first);
            assertThat(route(first).path("displayName").asText()).isEqualTo("one");
        }

        @Test
        void twoOfOneNameAreAConflictThatListsBoth() {
            long first = seeded("twin", "a");
            long second = seeded("twin", "b");

            IplbException failure = bench.refusal(httpRoute(APP, null, "twin", host("a")));

            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure)
                    .hasMessage(
                            "more than one route is named 'twin': ids %d and %d; give the id, or rename all but one",
                            first, second);
            assertThat(bench.writes()).isEmpty();
        }

        @Test
        void twoFarmsOfOneNameAreAConflictThatListsBoth() {
            long first = bench.id("tcp/farm", "web-http2");
            long second = bench.shop().add("tcp/farm", Map.of("zone", "all", "displayName", "web-http2"));

            IplbException failure = bench.refusal(http2Route());

            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure).hasMessageContaining("ids %d and %d".formatted(first, second));
            assertThat(bench.writes()).isEmpty();
        }

        @Test
        void withoutANameARouteThatDoesTheSameUnderTheSameRulesIsIt() {
            long named = id(bench.apply(httpRoute(APP, null, "one", host("a"), host("b"))));

            Report report = bench.apply(httpRoute(APP, null, null, host("b"), host("a")));

            assertThat(report.changed()).isFalse();
            assertThat(id(report)).isEqualTo(named);
        }

        @Test
        void withoutANameOtherRulesAreAnotherRoute() {
            long first = id(bench.apply(httpRoute(APP, null, null, host("a"))));

            long second = id(bench.apply(httpRoute(APP, null, null, host("a"), host("b"))));

            assertThat(second).isNotEqualTo(first);
        }

        @Test
        void withoutANameAnotherStatusIsAnotherRouteButAStatusNotMentionedIsAny() {
            long found = id(bench.apply(httpRoute(new Reject(503), null, null, host("a"))));

            assertThat(id(bench.apply(httpRoute(new Reject(null), null, null, host("a")))))
                    .isEqualTo(found);
            assertThat(id(bench.apply(httpRoute(new Reject(405), null, null, host("a")))))
                    .isNotEqualTo(found);
        }

        @Test
        void withoutNameAndRulesTheOneRouteThatDoesItIsIt() {
            long found = id(bench.apply(httpRoute(APP, null, null, host("a"))));

            Report report = bench.apply(httpRouteOfAnyRules(APP, 7, null));

            assertThat(id(report)).isEqualTo(found);
            assertThat(route(found).path("weight").asInt()).isEqualTo(7);
            assertThat(rules(found)).containsExactly("host is a");
        }

        @Test
        void withoutNameAndRulesSeveralRoutesThatDoItAreAConflictThatListsThem() {
            long first = id(bench.apply(httpRoute(APP, null, null, host("a"))));
            long second = id(bench.apply(httpRoute(APP, null, null, host("b"))));
            bench.forget();

            IplbException failure = bench.refusal(httpRouteOfAnyRules(APP, 7, null));

            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure).hasMessageContaining("ids %d and %d".formatted(first, second));
            assertThat(bench.writes()).isEmpty();
        }
    }

    @Nested
    class Mending {
        @Test
        void rulesThatAreNotMentionedAreLeftAlone() {
            long route = id(bench.apply(httpRoute(APP, null, "r", host("a"), host("b"))));
            bench.forget();

            Report report = bench.apply(httpRouteOfAnyRules(APP, 9, "r"));

            assertThat(id(report)).isEqualTo(route);
            assertThat(bench.writes())
                    .containsExactly("PUT /ipLoadbalancing/%s/http/route/%d".formatted(SERVICE, route));
            assertThat(body(0)).isEqualTo(json("{'weight': 9}"));
            assertThat(rules(route)).containsExactly("host is a", "host is b");
        }

        @Test
        void noRulesMeansThatAllAreRemoved() {
            long route = id(bench.apply(httpRoute(APP, null, "r", host("a"), host("b"))));

            bench.apply(httpRoute(APP, null, "r"));

            assertThat(rules(route)).isEmpty();
        }

        @Test
        void aWeightThatIsNotMentionedStaysAndZeroResetsIt() {
            long route = id(bench.apply(httpRoute(APP, 20, "r", host("a"))));

            assertThat(bench.apply(httpRoute(APP, null, "r", host("a"))).changed())
                    .isFalse();
            assertThat(route(route).path("weight").asInt()).isEqualTo(20);

            assertThat(bench.apply(httpRoute(APP, 0, "r", host("a"))).changed()).isTrue();
            assertThat(route(route).path("weight").asInt()).isZero();
        }

        @Test
        void oneOtherRuleIsOneCallThatResetsWhatTheOldOneHadMore() {
            RuleSpec header = new RuleSpec("header", "X-Env", "is", true, "preprod");
            long route = id(bench.apply(httpRoute(APP, null, "r", header)));
            bench.forget();

            bench.apply(httpRoute(APP, null, "r", host("a")));

            assertThat(bench.writes())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("PUT ")
                    .contains("/rule/");
            assertThat(body(0))
                    .isEqualTo(json("{'field':'host','match':'is','negate':false,'pattern':'a','subField':null}"));
            assertThat(rules(route)).containsExactly("host is a");
        }

        @Test
        void theRulesThatStayAreNotTouched() {
            long route = id(bench.apply(httpRoute(APP, null, "r", host("a"), host("b"), host("c"))));
            Map<String, Long> before = ruleIds(route);

            Report report = bench.apply(httpRoute(APP, null, "r", host("c"), host("d"), host("a")));

            Map<String, Long> after = ruleIds(route);
            assertThat(after.keySet()).containsExactlyInAnyOrder("host is a", "host is c", "host is d");
            assertThat(after).containsEntry("host is a", before.get("host is a"));
            assertThat(after).containsEntry("host is c", before.get("host is c"));
            assertThat(StreamSupport.stream(report.result().path("ruleIds").spliterator(), false)
                            .map(JsonNode::asLong))
                    .containsExactlyInAnyOrderElementsOf(after.values());
        }

        @Test
        void fiveRulesBecomeFiveOthersWithinOvhsLimit() {
            RuleSpec[] old = {host("a"), host("b"), host("c"), host("d"), host("e")};
            long route = id(bench.apply(httpRoute(APP, null, "r", old)));

            bench.apply(httpRoute(APP, null, "r", host("v"), host("w"), host("x"), host("y"), host("c")));

            assertThat(ruleIds(route).keySet())
                    .containsExactlyInAnyOrder("host is v", "host is w", "host is x", "host is y", "host is c");
        }

        @Test
        void anotherTargetIsWrittenWithNothingElse() {
            long route = id(bench.apply(tcpRoute("https", "web-http1", "r", HTTP2)));
            bench.forget();

            bench.apply(tcpRoute("https", "web-http2", "r", HTTP2));

            assertThat(bench.writes()).hasSize(1);
            assertThat(body(0))
                    .isEqualTo(json("{'action': {'type': 'farm', 'target': '%d'}}"
                            .formatted(bench.id("tcp/farm", "web-http2"))));
            assertThat(bench.read("tcp/route", route).at("/action/target").asLong())
                    .isEqualTo(bench.id("tcp/farm", "web-http2"));
        }
    }

    @Nested
    class OnNoFrontend {
        @Test
        void aRouteIsMadeForLaterAndIsPutOnAFrontendByItsName() {
            Report made = bench.apply(later("beta", host("a")));

            assertThat(route(made).path("frontendId").isNull()).isTrue();
            assertThat(rules(id(made))).containsExactly("host is a");
            assertThat(made.diff()).extracting(Difference::path).containsExactly("farm", "name", "rule");
            assertThat(bench.lastEntry().about().sentence(Stage.DONE)).isEqualTo("Route beta added");
            assertThat(bench.apply(later("beta", host("a"))).changed()).isFalse();

            Report put = bench.apply(httpRouteOfAnyRules(APP, null, "beta"));

            assertThat(id(put)).isEqualTo(id(made));
            assertThat(put.diff()).extracting(Difference::path).containsExactly("frontend");
            assertThat(route(put).path("frontendId").asLong()).isEqualTo(bench.id("http/frontend", "http"));
            assertThat(rules(id(put))).containsExactly("host is a");
        }

        @Test
        void oneThatIsOnAFrontendStaysThere() {
            long attached = id(bench.apply(httpRoute(APP, null, "beta", host("a"))));

            Report report = bench.apply(later("beta", host("b")));

            assertThat(id(report)).isEqualTo(attached);
            assertThat(rules(attached)).containsExactly("host is b");
            assertThat(route(attached).path("frontendId").asLong()).isEqualTo(bench.id("http/frontend", "http"));
            assertThat(bench.lastEntry().about().sentence(Stage.DONE))
                    .startsWith("Route beta of frontend ")
                    .endsWith("changed");
        }

        @Test
        void withoutANameOneThatIsOnAFrontendIsAnother() {
            long attached = id(bench.apply(httpRoute(APP, null, null, host("a"))));

            Report report = bench.apply(later(null, host("a")));

            assertThat(id(report)).isNotEqualTo(attached);
            assertThat(bench.apply(later(null, host("a"))).changed()).isFalse();
        }

        @Test
        void ofSeveralOfANameTheFrontendIsAskedFor() {
            seeded("beta", "a");
            seededRoute(
                    Map.of(
                            "action",
                            Map.of("type", "farm", "target", Long.toString(bench.id("http/farm", "app"))),
                            "displayName",
                            "beta"),
                    "a");

            IplbException failure = bench.refusal(later("beta", host("a")));

            assertThat(failure)
                    .hasMessageContaining(" on no frontend")
                    .hasMessageEndingWith("give its frontend or its id");
        }

        private EnsureRoute later(String name, RuleSpec... rules) {
            return new EnsureRoute(
                    SERVICE,
                    Protocol.HTTP,
                    Optional.empty(),
                    APP,
                    Optional.empty(),
                    name,
                    Optional.of(List.of(rules)),
                    Map.of());
        }
    }

    @Nested
    class NamesOfRules {
        @Test
        void aNewRuleGetsItsName() {
            Report report = bench.apply(named(Map.of(host("a"), "first"), host("a"), host("b")));

            assertThat(names(id(report))).containsOnly(entry("host is a", "first"), entry("host is b", ""));
            assertThat(report.diff())
                    .extracting(Difference::path)
                    .containsExactly("frontend", "farm", "name", "rule", "rule.name", "rule");
            assertThat(bench.apply(named(Map.of(host("a"), "first"), host("a"), host("b")))
                            .changed())
                    .isFalse();
        }

        @Test
        void aRuleThatStaysIsRenamedAndOneThatIsNotNamedKeepsItsName() {
            long route = id(bench.apply(named(Map.of(host("a"), "first", host("b"), "second"), host("a"), host("b"))));
            bench.forget();

            Report report = bench.apply(named(Map.of(host("a"), "other"), host("a"), host("b")));

            assertThat(bench.writes()).hasSize(1);
            assertThat(body(0)).isEqualTo(json("{'displayName': 'other'}"));
            assertThat(names(route)).containsOnly(entry("host is a", "other"), entry("host is b", "second"));
            assertThat(report.diff())
                    .containsExactly(new Difference("rule.name", TextNode.valueOf("first"), TextNode.valueOf("other")));
        }

        @Test
        void theRuleOfANameIsTheOneThatIsRewritten() {
            long route = id(bench.apply(named(Map.of(host("b"), "which"), host("a"), host("b"), host("c"))));
            long which = ruleIds(route).get("host is b");

            bench.apply(named(Map.of(host("d"), "which"), host("d")));

            assertThat(ruleIds(route)).containsOnly(entry("host is d", which));
            assertThat(names(route)).containsOnly(entry("host is d", "which"));
        }

        private EnsureRoute named(Map<RuleSpec, String> names, RuleSpec... rules) {
            return new EnsureRoute(
                    SERVICE,
                    Protocol.HTTP,
                    Optional.of(ref("http")),
                    APP,
                    Optional.empty(),
                    "r",
                    Optional.of(List.of(rules)),
                    names);
        }

        private Map<String, String> names(long route) {
            return ruleItems(route).stream()
                    .collect(Collectors.toMap(EnsureRouteTest::said, rule -> rule.text("displayName")));
        }
    }

    @Nested
    class LeftOvers {
        @Test
        void aDetachedRouteThatDoesTheSameIsAdopted() {
            long left = detached(null, "a");

            Report report = bench.apply(httpRoute(APP, null, null, host("a"), host("b")));

            assertThat(id(report)).isEqualTo(left);
            assertThat(bench.shop().staged("http/route")).hasSize(1);
            assertThat(bench.writes())
                    .containsExactly(
                            "POST /ipLoadbalancing/%s/http/route/%d/rule".formatted(SERVICE, left),
                            "PUT /ipLoadbalancing/%s/http/route/%d".formatted(SERVICE, left));
            assertThat(route(left).path("frontendId").asLong()).isEqualTo(bench.id("http/frontend", "http"));
        }

        @Test
        void oneWithoutAnyRuleYetIsAdoptedToo() {
            long left = detached("r");

            assertThat(id(bench.apply(httpRoute(APP, null, "r", host("a"))))).isEqualTo(left);
            assertThat(rules(left)).containsExactly("host is a");
        }

        @Test
        void oneWithARuleThatIsNotWantedIsSomebodyElses() {
            long left = detached(null, "a", "x");

            assertThat(id(bench.apply(httpRoute(APP, null, null, host("a"))))).isNotEqualTo(left);
            assertThat(route(left).path("frontendId").isNull()).isTrue();
        }

        @Test
        void oneOfAnotherNameIsSomebodyElses() {
            long left = detached("other", "a");

            assertThat(id(bench.apply(httpRoute(APP, null, "mine", host("a"))))).isNotEqualTo(left);
            assertThat(id(bench.apply(httpRoute(APP, null, null, host("a"))))).isNotEqualTo(left);
        }

        @Test
        void oneWithoutANameAndOfAnotherWeightIsSomebodyElses() {
            long left = detached(null, "a");

            assertThat(id(bench.apply(httpRoute(APP, 7, null, host("a"))))).isNotEqualTo(left);
        }

        @Test
        void oneOfItsNameIsItWhateverItDid() {
            long left = detached("r", "x");

            assertThat(id(bench.apply(httpRoute(APP, 7, "r", host("a"))))).isEqualTo(left);

            assertThat(rules(left)).containsExactly("host is a");
            assertThat(route(left).path("weight").intValue()).isEqualTo(7);
            assertThat(bench.writes())
                    .last()
                    .isEqualTo("PUT /ipLoadbalancing/%s/http/route/%d".formatted(SERVICE, left));
        }

        @Test
        void anAttachedRouteComesBeforeALeftOver() {
            long attached = id(bench.apply(httpRoute(APP, null, "r", host("a"))));
            detached("r", "a");

            Report report = bench.apply(httpRoute(APP, null, "r", host("a")));

            assertThat(report.changed()).isFalse();
            assertThat(id(report)).isEqualTo(attached);
        }

        @Test
        void aRunThatBrokeOffAfterAnyOfItsWritesIsGoneOnWithByTheNext() {
            for (int broken = 1; broken <= 4; broken++) {
                String name = "try " + broken;
                EnsureRoute wish = httpRoute(APP, 5, name, host("a"), host("b"));
                breakWrite(broken);
                bench.refusal(wish);
                bench.sandbox().faults().clear();

                Report report = bench.apply(wish);

                assertThat(rules(id(report))).containsExactly("host is a", "host is b");
                assertThat(bench.shop().staged("http/route").stream()
                                .filter(each -> each.text("displayName").equals(name)))
                        .as("routes after the write %d of the first run failed", broken)
                        .hasSize(1);
            }
        }

        /** The n-th write of a route with two rules is refused. */
        private void breakWrite(int n) {
            String route = "/ipLoadbalancing/*/http/route";
            switch (n) {
                case 1 -> bench.sandbox().faults().on("POST", route).status(403);
                case 2 -> bench.sandbox().faults().on("POST", route + "/*/rule").status(403);
                case 3 -> {
                    bench.sandbox()
                            .faults()
                            .on("POST", route + "/*/rule")
                            .times(1)
                            .delay(Duration.ZERO);
                    bench.sandbox().faults().on("POST", route + "/*/rule").status(403);
                }
                default -> bench.sandbox().faults().on("PUT", route + "/*").status(403);
            }
        }

        private long detached(String name, String... hosts) {
            Map<String, Object> fields = new TreeMap<>();
            fields.put("action", Map.of("type", "farm", "target", Long.toString(bench.id("http/farm", "app"))));
            if (name != null) {
                fields.put("displayName", name);
            }
            return seededRoute(fields, hosts);
        }
    }

    private long seeded(String name, String... hosts) {
        return seededRoute(
                Map.of(
                        "action",
                        Map.of("type", "farm", "target", Long.toString(bench.id("http/farm", "app"))),
                        "displayName",
                        name,
                        "frontendId",
                        bench.id("http/frontend", "http")),
                hosts);
    }

    private long seededRoute(Map<String, Object> fields, String... hosts) {
        long route = bench.shop().add("http/route", fields);
        for (String host : hosts) {
            bench.shop().add("http/rule", route, Map.of("field", "host", "match", "is", "pattern", host));
        }
        return route;
    }

    private JsonNode body(int write) {
        return json(bench.writeCalls().get(write).requestBody());
    }

    private static long id(Report report) {
        return report.result().path("routeId").asLong();
    }

    private ObjectNode route(Report report) {
        return route(id(report));
    }

    private ObjectNode route(long id) {
        return bench.read("http/route", id);
    }

    /** The rules of a route as people say them, oldest first. */
    private List<String> rules(long route) {
        return ruleItems(route).stream().map(EnsureRouteTest::said).toList();
    }

    private Map<String, Long> ruleIds(long route) {
        Map<String, Long> ids = new TreeMap<>();
        ruleItems(route).forEach(rule -> ids.put(said(rule), rule.id()));
        return ids;
    }

    private List<Item> ruleItems(long route) {
        return Stream.of("http/rule", "tcp/rule")
                .flatMap(kind -> bench.shop().staged(kind).stream())
                .filter(rule -> rule.parent() == route)
                .toList();
    }

    private static String said(Item rule) {
        return rule.text("field") + " " + rule.text("match") + " " + rule.text("pattern");
    }
}
