package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.WantedState;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class DriftTest {
    private static final String FILE = """
            http:
              farms:
                blue:
                  zone: all
                  port: 80
                  probe: {type: http, url: /health}
                  servers:
                    192.0.2.10:8080: {weight: 10, name: ten}
                    192.0.2.11: {backup: false}
                green: {zone: all, port: 81}
              frontends:
                site:
                  zone: all
                  port: 8088
                  farm: blue
                  routes:
                    api: {farm: green, weight: 3, rules: [uri startswith /api, 'header:X-Env is prod']}
                    old: {redirect: 'https://www.example/', rules: [uri startswith /old]}
            """;

    private Bench bench;
    private List<RecordedEntry> record;

    @BeforeEach
    void start(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
        perform(file(FILE).operation(true));
        record = bench.entries();
        bench.forget();
    }

    @Test
    void whatIsAsItWasMeantHasNotDriftedAndNothingIsWritten() {
        assertThat(told(byFile(FILE))).containsExactly(SERVICE + ": no drift");
        assertThat(told(byRecord())).containsExactly(SERVICE + ": no drift");
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).hasSameSizeAs(record);
    }

    @Test
    void whatSomebodyElseHasChangedIsToldAlikeByTheFileAndByTheRecord() {
        somebodyElse("ensure-farm", "{'protocol': 'http', 'farm': 'blue', 'port': 8000, 'stickiness': 'cookie'}");
        somebodyElse(
                "ensure-server",
                "{'protocol': 'http', 'farm': 'blue', 'server': 'ten', 'weight': 20, 'status': 'inactive'}");
        somebodyElse(
                "add-route",
                "{'protocol': 'http', 'frontend': 'site', 'name': 'api', 'farm': 'blue', 'rules': ['uri startswith /v2']}");
        somebodyElse("remove-route", "{'protocol': 'http', 'route': 'old'}");
        somebodyElse("refresh", "{}");

        assertThat(told(byRecord()))
                .containsExactly(
                        "~ Farm blue is different",
                        "    port: 8000 instead of 80",
                        "    stickiness: cookie instead of none",
                        "~ Server ten of farm blue is different",
                        "    status: inactive instead of active",
                        "    weight: 20 instead of 10",
                        "~ Route api of frontend site is different",
                        "    farm: blue (%s) instead of green (%s)"
                                .formatted(bench.id("http/farm", "blue"), bench.id("http/farm", "green")),
                        "    rule: uri startswith /v2 instead of none",
                        "    rule: none instead of uri startswith /api",
                        "    rule: none instead of header:X-Env is prod",
                        "- Route old of frontend site is missing",
                        SERVICE + ": 1 missing, 3 different");
        assertThat(told(byFile(FILE)))
                .contains("~ Farm blue is different", "    port: 8000 instead of 80")
                .contains("~ Server ten of farm blue is different", "    weight: 20 instead of 10")
                .contains("~ Route api of frontend site is different", "- Route old of frontend site is missing")
                .endsWith(SERVICE + ": 1 missing, 3 different");
    }

    @Test
    void whatIsGoneAndWhatCameAgainIsTold() {
        perform("remove-route", "{'protocol': 'http', 'route': 'old'}");
        perform("remove-server", "{'protocol': 'http', 'farm': 'blue', 'address': '192.0.2.11'}");
        perform("add-rule", "{'protocol': 'http', 'route': 'api', 'field': 'method', 'match': 'is', 'pattern': 'GET'}");
        perform("remove-rule", "{'protocol': 'http', 'route': 'api', 'says': 'uri startswith /api'}");
        record = bench.entries();
        assertThat(differences(byRecord())).isEmpty();

        somebodyElse("ensure-server", "{'protocol': 'http', 'farm': 'blue', 'address': '192.0.2.11'}");
        somebodyElse(
                "add-route",
                "{'protocol': 'http', 'frontend': 'site', 'name': 'old', 'farm': 'blue', 'rules': ['uri startswith /old']}");
        somebodyElse("remove-server", "{'protocol': 'http', 'farm': 'blue', 'server': 'ten'}");

        assertThat(differences(byRecord()))
                .containsExactlyInAnyOrder(
                        "- Server ten of farm blue is missing",
                        "+ Server 192.0.2.11 of farm blue is there, and should not be",
                        "+ Route old of frontend site is there, and should not be");
        assertThat(differences(byFile("http: {farms: {blue: {servers: {exact: true, 192.0.2.10:8080: }}}}")))
                .containsExactlyInAnyOrder(
                        "- Server 192.0.2.10:8080 of farm blue is missing",
                        "+ Server 192.0.2.11 of farm blue is there, and should not be");
    }

    @Test
    void whatTheRecordHasMadeAgainItselfHasNotDrifted() {
        perform(file("http: {frontends: {site: {state: absent}}, farms: {blue: {state: absent}}}")
                .operation(true));
        perform(file(FILE).operation(true));
        record = bench.entries();

        assertThat(told(byRecord())).containsExactly(SERVICE + ": no drift");
    }

    @Test
    void addressesSettingsAndNetworksAreComparedToo() {
        bench.shop().property("vrackName", "pn-1234");
        perform("move-failover", "{'ip': '%s', 'to': '%s'}".formatted(DemoWorld.MOVABLE_IP, SERVICE));
        perform("set-service", "{'name': 'Shop', 'sslConfiguration': 'modern'}");
        perform(
                "ensure-vrack-network",
                "{'network': 'app', 'subnet': '10.3.0.0/24', 'natIp': '10.3.0.0/28', 'farms': ['blue']}");
        record = bench.entries();
        assertThat(differences(byRecord())).isEmpty();

        bench.sandbox().world().failoverIp(DemoWorld.MOVABLE_IP, "ns1.example", DemoWorld.DEDICATED_SERVER);
        somebodyElse("set-service", "{'name': 'Other'}");
        somebodyElse("ensure-vrack-network", "{'network': 'app', 'vlan': 9}");

        assertThat(told(byRecord()))
                .containsSubsequence(
                        "~ 203.0.113.7 is different",
                        "    to: ns1.example instead of " + SERVICE,
                        "~ %s is different".formatted(SERVICE),
                        "    name: Other instead of Shop",
                        "~ vRack network app is different",
                        "    vlan: 9 instead of none");
    }

    @Test
    void anAddressThatWasGivenAwayConcernsTheLoadBalancerThatHadIt() {
        bench.forgetRecord();
        perform(
                "move-failover",
                "{'ip': '%s', 'to': '%s'}".formatted(DemoWorld.ATTACHED_IP, DemoWorld.DEDICATED_SERVER));

        assertThat(Drift.of(bench.entries(), Optional.empty()))
                .extracting(Operation.Drifting::service)
                .containsExactly(SERVICE);
    }

    @Test
    void whatHasBeenPendingForTooLongIsDriftWhereThatIsAsked() {
        perform("set-stickiness", "{'protocol': 'http', 'farm': 'green', 'stickiness': 'cookie'}");
        record = bench.entries();
        String since = bench.lastEntry().calls().get(0).sentAt().toString();
        bench.clock().advance(Duration.ofMinutes(59));

        assertThat(told(byRecord()))
                .contains("  pending in gra: 1 since %s (bench)".formatted(since))
                .endsWith(SERVICE + ": no drift");
        assertThat(byRecord("1h").result().path("drifted").asBoolean()).isFalse();
        bench.clock().advance(Duration.ofMinutes(2));
        assertThat(told(byRecord("1h")))
                .contains("! pending in gra: 1 since %s (bench)".formatted(since))
                .endsWith(SERVICE + ": pending for too long");
        assertThat(told(byRecord())).endsWith(SERVICE + ": no drift");
    }

    @Test
    void ofWhatNoRecordExplainsNobodyKnowsForHowLongItHasBeenPending() {
        bench.forgetRecord();
        somebodyElse("set-stickiness", "{'protocol': 'http', 'farm': 'app', 'stickiness': 'cookie'}");

        Report report = byRecord("1h");

        assertThat(report.result().path("pending").get(0).path("unexplained").asInt())
                .isEqualTo(1);
        assertThat(told(report))
                .contains("! pending in gra: 1, 1 of them explained by no known record")
                .endsWith(SERVICE + ": pending for too long");
        bench.ended(bench.operations()
                .run(Operation.of(new RefreshRequest(SERVICE, List.of(), false, true)), bench.options(false)));
        assertThat(told(byRecord("1h"))).containsExactly(SERVICE + ": no drift");
    }

    @Test
    void whatDidNotComeToItsEndIsNamed() {
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/http/route/*/rule")
                .times(9)
                .status(403);
        Bench.failure(
                () -> perform(
                        "add-route",
                        "{'protocol': 'http', 'frontend': 'site', 'name': 'half', 'farm': 'green', 'rules': ['method is GET']}"));
        bench.sandbox().faults().clear();
        record = bench.entries();

        assertThat(told(byRecord()))
                .contains("! what this has left is not known: Adding route half to frontend site: failed");
    }

    @Test
    void theResultHasTheSameInParts() {
        somebodyElse("ensure-farm", "{'protocol': 'http', 'farm': 'green', 'port': 82}");

        ObjectNode result = byRecord().result();

        assertThat(result.path("drifted").asBoolean()).isTrue();
        assertThat(result.path("counts")).hasToString(json("{'missing':0,'different':1,'unexpected':0}"));
        assertThat(result.path("differences")
                        .get(0)
                        .path("subject")
                        .path("name")
                        .asText())
                .isEqualTo("green");
        assertThat(result.path("differences").get(0).path("fields"))
                .hasToString(json("[{'path':'port','actual':82,'expected':81}]"));
        assertThat(record)
                .extracting(RecordedEntry::id)
                .contains(result.path("differences").get(0).path("entry").asText());
    }

    private static String json(String text) {
        return Bench.json(text).toString();
    }

    private static List<String> told(Report report) {
        assertThat(report.changed()).isFalse();
        assertThat(report.writes()).isZero();
        return DriftText.of(report);
    }

    private static List<String> differences(Report report) {
        return told(report).stream().filter(line -> line.matches("[-+~] .*")).toList();
    }

    private Report byFile(String text) {
        return run(Drift.of(file(text).operation(false), Optional.empty()));
    }

    private Report byRecord() {
        return run(Drift.of(record, Optional.empty()).get(0));
    }

    private Report byRecord(String pendingFor) {
        return run(Drift.of(record, Optional.of(Durations.parse("for", pendingFor)))
                .get(0));
    }

    private WantedState file(String text) {
        return ChangeFile.read("iplb.yaml", "loadBalancer: %s\n%s".formatted(SERVICE, text), name -> Optional.empty())
                .of(SERVICE);
    }

    /** What the record says nothing of. */
    private void somebodyElse(String operation, String arguments) {
        bench.ended(bench.operations(Journal.none(), Runnable::run)
                .run(operation(operation, arguments), bench.options(false)));
    }

    private void perform(String operation, String arguments) {
        perform(operation(operation, arguments));
    }

    private void perform(Operation.OnLoadBalancer wanted) {
        bench.ended(bench.operations().run(wanted, bench.options(false)));
    }

    private static Operation.OnLoadBalancer operation(String operation, String arguments) {
        OperationType type = Catalogue.named(operation);
        Fields given = new Fields((ObjectNode) Bench.json(arguments));
        return (Operation.OnLoadBalancer)
                type.operation(type.find("service").isPresent() ? given.with("service", SERVICE) : given);
    }

    private Report run(Operation.OnLoadBalancer drift) {
        return bench.ended(bench.operations().run(drift, bench.options(true)));
    }
}
