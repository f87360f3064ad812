package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.ensureRule;
import static io.jenkins.plugins.iplb.change.Wishes.host;
import static io.jenkins.plugins.iplb.change.Wishes.rule;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class EnsureRuleTest {
    private Bench bench;
    private long route;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        route = bench.shop()
                .add(
                        "http/route",
                        Map.of("action", Map.of("type", "reject"), "frontendId", bench.id("http/frontend", "http")));
    }

    @Test
    void theRuleOfTheHttp2GuideIsOneWriteBetweenTwoReads() {
        long tcpRoute = bench.shop()
                .add(
                        "tcp/route",
                        Map.of("action", Map.of("type", "farm", "target", "" + bench.id("tcp/farm", "web-http2"))));

        Report report = bench.apply(ensureRule(Protocol.TCP, tcpRoute, null, HTTP2));

        String rules = "/ipLoadbalancing/%s/tcp/route/%d/rule".formatted(SERVICE, tcpRoute);
        assertThat(bench.reads()).containsExactly("GET " + rules, "GET " + rules);
        assertThat(bench.writes()).containsExactly("POST " + rules);
        assertThat(body()).isEqualTo(json("{'field':'protocol','match':'is','negate':false,'pattern':'http/2.0'}"));
        assertThat(report.result().path("routeId").asLong()).isEqualTo(tcpRoute);
        assertThat(report.result().path("ruleId").asLong())
                .isEqualTo(bench.shop().staged("tcp/rule").get(0).id());
    }

    @Test
    void aRouteThatIsNotThereIsRefusedAfterOneRead() {
        IplbException failure = bench.refusal(ensureRule(Protocol.HTTP, 4711, null, host("a")));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessageStartingWith(
                        "%s has no http route 4711: routes come before their rules (".formatted(SERVICE));
        assertThat(bench.reads()).hasSize(1);
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void aRouteIsFoundByItsNameToo() {
        long named =
                bench.shop().add("http/route", Map.of("displayName", "preprod", "action", Map.of("type", "reject")));

        Report report = bench.apply(ensureRule(Protocol.HTTP, "preprod", null, host("a")));

        assertThat(report.result().path("routeId").asLong()).isEqualTo(named);
        assertThat(bench.refusal(ensureRule(Protocol.HTTP, "prod", null, host("a"))))
                .hasMessage(
                        "%s has no http route named 'prod'; there are %d, 'preprod' (%d). Did you mean 'preprod'?",
                        SERVICE, route, named);
    }

    @Test
    void aRouteOfTheOtherProtocolIsNotThere() {
        IplbException failure = bench.refusal(ensureRule(Protocol.TCP, route, null, HTTP2));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void negationAndSubFieldAreSentAndTellRulesApart() {
        bench.apply(ensureRule(Protocol.HTTP, route, null, new RuleSpec("cookie", "env", "is", false, "preprod")));
        bench.forget();

        bench.apply(ensureRule(Protocol.HTTP, route, null, new RuleSpec("cookie", "env", "is", true, "preprod")));
        bench.apply(ensureRule(Protocol.HTTP, route, null, new RuleSpec("cookie", "ENV", "is", true, "preprod")));

        assertThat(body())
                .isEqualTo(json("{'field':'cookie','match':'is','negate':true,'pattern':'preprod','subField':'env'}"));
        assertThat(bench.shop().staged("http/rule")).hasSize(3);
    }

    @Test
    void existsComparesACookieWithNothing() {
        bench.apply(ensureRule(Protocol.HTTP, route, null, new RuleSpec("cookie", "beta", "exists", false, null)));

        assertThat(body()).isEqualTo(json("{'field':'cookie','match':'exists','negate':false,'subField':'beta'}"));
    }

    @Test
    void aRuleOfTheSameNameIsRewrittenAndWhatItHadMoreIsReset() {
        RuleSpec header = new RuleSpec("header", "X-Env", "is", true, "preprod");
        Report first = bench.apply(ensureRule(Protocol.HTTP, route, "env", header));
        bench.forget();

        Report second = bench.apply(ensureRule(Protocol.HTTP, route, "env", host("preprod.example")));

        assertThat(second.result().path("ruleId")).isEqualTo(first.result().path("ruleId"));
        assertThat(bench.writes()).hasSize(1).first().asString().startsWith("PUT ");
        assertThat(body())
                .isEqualTo(json(
                        "{'field':'host','match':'is','negate':false,'pattern':'preprod.example','subField':null}"));
    }

    @Test
    void aRuleThatSaysTheSameUnderAnotherNameIsRenamedWithNothingElse() {
        bench.apply(ensureRule(Protocol.HTTP, route, "old", host("a")));
        bench.forget();

        bench.apply(ensureRule(Protocol.HTTP, route, "new", host("a")));

        assertThat(body()).isEqualTo(json("{'displayName':'new'}"));
        assertThat(bench.shop().staged("http/rule")).hasSize(1);
    }

    @Test
    void withoutANameARuleKeepsTheOneItHas() {
        bench.apply(ensureRule(Protocol.HTTP, route, "kept", host("a")));

        Report report = bench.apply(ensureRule(Protocol.HTTP, route, null, host("a")));

        assertThat(report.changed()).isFalse();
        assertThat(bench.named("http/rule")).containsOnlyKeys("kept");
    }

    @Test
    void twoRulesOfOneNameAreAConflictThatListsBoth() {
        long first = seeded("twin", "a");
        long second = seeded("twin", "b");

        IplbException failure = bench.refusal(ensureRule(Protocol.HTTP, route, "twin", host("c")));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContaining("ids %d and %d".formatted(first, second));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void theSixthRuleIsRefusedBeforeItIsSent() {
        fillUp();

        IplbException failure = bench.refusal(ensureRule(Protocol.HTTP, route, null, host("f")));

        assertThat(failure).isInstanceOf(InvalidInput.class);
        assertThat(failure)
                .hasMessage(
                        "rule: 'host is f' was given; allowed: no more than 5 rules on a route, and route %d has them already",
                        route);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFullRouteStillTakesARuleThatItHas() {
        fillUp();

        assertThat(bench.apply(ensureRule(Protocol.HTTP, route, null, host("e")))
                        .changed())
                .isFalse();
        assertThat(bench.apply(ensureRule(Protocol.HTTP, route, "e", rule("uri", "startswith", "/e")))
                        .changed())
                .isTrue();
    }

    @Test
    void aLostAnswerDoesNotMakeASecondRule() {
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/http/route/*/rule")
                .times(1)
                .cutAfterEffect();

        Report report = bench.apply(ensureRule(Protocol.HTTP, route, null, host("a")));

        assertThat(bench.shop().staged("http/rule"))
                .singleElement()
                .satisfies(made -> assertThat(made.id())
                        .isEqualTo(report.result().path("ruleId").asLong()));
        assertThat(report.changed()).isTrue();
    }

    private void fillUp() {
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            seeded(name, name);
        }
    }

    private long seeded(String name, String host) {
        return bench.shop()
                .add("http/rule", route, Map.of("displayName", name, "field", "host", "match", "is", "pattern", host));
    }

    private JsonNode body() {
        return json(bench.writeCalls().get(0).requestBody());
    }
}
