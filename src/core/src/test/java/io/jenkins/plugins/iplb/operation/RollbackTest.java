package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class RollbackTest {
    private static final String START = """
            http:
              farms:
                blue:
                  zone: all
                  port: 80
                  stickiness: cookie
                  probe: {type: http, url: /health}
                  servers:
                    192.0.2.10:8080: {weight: 10, name: ten}
                    192.0.2.11: {backup: false, ssl: false}
                green: {zone: all, port: 81, balance: leastconn}
              frontends:
                site:
                  zone: all
                  port: 8088
                  farm: blue
                  allowedSource: [192.0.2.0/24]
                  routes:
                    api: {farm: green, weight: 3, rules: [uri startswith /api, 'header:X-Env is prod']}
                    bots: {reject: true, status: 403, rules: [uri startswith /wp-login]}
            """;

    private Bench bench;
    private List<String> before;

    @BeforeEach
    void start(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
        apply(START);
        bench.forgetRecord();
        bench.forget();
        before = state();
    }

    @Test
    void whatWasMadeIsRemoved() {
        apply("""
                tcp:
                  farms:
                    mail: {zone: gra, port: 25, probe: {type: smtp}, servers: {192.0.2.20: , 192.0.2.21: }}
                  frontends:
                    mail: {zone: gra, port: 2525, farm: mail, routes: [{farm: mail, rules: [{field: sni, match: is, pattern: mx.example, name: mx}]}]}
                """);
        assertThat(state()).isNotEqualTo(before);

        Report back = rollback();

        assertThat(back.changed()).isTrue();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatWasRemovedIsMadeAgainWithAllThatHungOnIt() {
        apply("""
                http:
                  farms:
                    exact: true
                    app:
                  frontends:
                    site: {state: absent}
                """);

        rollback();

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatWasChangedIsAsItWasHoweverOften() {
        apply(START.replace("port: 80\n", "port: 8000\n")
                .replace("weight: 10", "weight: 20")
                .replace("/api", "/v2")
                .replace("stickiness: cookie", "stickiness: null")
                .replace("{reject: true, status: 403,", "{redirect: 'https://bots.example', status: 302,")
                .replace("backup: false, ssl: false", "backup: true, ssl: true")
                .replace("allowedSource: [192.0.2.0/24]", "allowedSource: null\n      disabled: true"));
        bench.apply(new EnsureFarm(
                SERVICE, Protocol.HTTP, new Reference("blue"), Fields.none().with("port", 8001)));

        Report back = rollback();

        assertThat(state()).isEqualTo(before);
        assertThat(back.diff()).extracting(Object::toString).contains("~ farm blue: port: 8001 -> 80");
    }

    @Test
    void namesakesInOtherZonesAreToldApart() {
        startWith("""
                http:
                  farms:
                    twin: [{zone: gra, port: 80, servers: {192.0.2.20: }}, {zone: rbx, port: 80, servers: {192.0.2.21: }}]
                  frontends:
                    twin:
                      - {zone: gra, port: 8091, farm: twin, routes: {one: {farm: twin, rules: [uri startswith /one]}}}
                      - {zone: rbx, port: 8092, farm: twin, routes: {two: {farm: twin, rules: [uri startswith /two]}}}
                """);

        apply("""
                http:
                  farms: {twin: [{zone: gra, state: absent}, {zone: rbx, state: absent}]}
                  frontends: {twin: [{zone: gra, state: absent}, {zone: rbx, state: absent}]}
                """);
        rollback();

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatWouldLeadElsewhereByItsNameIsNotUndone() {
        startWith("http: {farms: {twin: [{zone: gra, port: 80}, {zone: rbx, port: 80}]}}");
        startWith("""
                http: {frontends: {crossed: {zone: gra, port: 8091, farm: '%d'}}}
                """.formatted(bench.shop().staged("http/farm").stream()
                .filter(farm -> farm.text("displayName").equals("twin")
                        && farm.text("zone").equals("rbx"))
                .findFirst()
                .orElseThrow()
                .id()));
        apply("""
                http:
                  farms: {twin: [{zone: rbx, state: absent}]}
                  frontends: {crossed: {state: absent}}
                """);
        bench.forget();

        assertThat(Bench.failure(this::rollback))
                .hasMessageContaining(
                        "cannot be undone: it led to farm twin in zone rbx, which is made again, and by its name another one is meant");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFarmGoesThatAFrontendWasLedTo() {
        startWith("udp: {farms: {old: {zone: all, port: 53}}, frontends: {dns: {zone: all, port: 5300, farm: old}}}");

        apply("""
                udp:
                  farms: {new: {zone: all, port: 53}}
                  frontends: {dns: {farm: new}}
                """);
        rollback();

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aServerWithoutAPortIsMadeAgainInThePlaceOfTheOneThatCameForIt() {
        apply("http: {farms: {blue: {servers: {exact: true, 192.0.2.10:8080: , 192.0.2.11:8080: {backup: true}}}}}");
        rollback();

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whereNoStatusWasSaidTheUsualOneIsPutBack() {
        startWith("http: {frontends: {site: {routes: {shut: {reject: true, rules: [uri startswith /shut]}}}}}");

        apply("http: {frontends: {site: {routes: {shut: {reject: true, status: 405}}}}}");
        rollback();

        assertThat(bench.named("http/route")
                        .get("shut")
                        .fields()
                        .at("/action/status")
                        .asInt())
                .isEqualTo(403);
    }

    @Test
    void whatIsPutBackCanBePutBackAgain() {
        apply(START.replace("weight: 10", "weight: 20"));
        List<String> after = state();
        rollback();
        assertThat(state()).isEqualTo(before);
        List<RecordedEntry> second = bench.entries()
                .subList(bench.entries().size() - 2, bench.entries().size());

        undo(second, false);

        assertThat(state()).isEqualTo(after);
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftAloneUnlessForced() {
        apply(START.replace("port: 81", "port: 82"));
        List<RecordedEntry> record = bench.entries();
        bench.forgetRecord();
        apply(START.replace("port: 81", "port: 83"));
        bench.forget();

        IplbException failure = Bench.failure(() -> undo(record, false));

        assertThat(failure)
                .hasMessageContaining(
                        "Farm green would be changed, but somebody has changed that since: port is 83, and was left 82");
        assertThat(bench.writes()).isEmpty();

        undo(record, true);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void addressesAreRoutedWhereTheyWereAndTakenOffFrontendsBefore() {
        perform("move-failover", "{'ip': '%s', 'to': '%s'}".formatted(DemoWorld.MOVABLE_IP, SERVICE));
        perform("park-failover", "{'service': '%s', 'ip': '%s'}".formatted(SERVICE, DemoWorld.ATTACHED_IP));
        apply("http: {frontends: {site: {ips: ['%s']}}}".formatted(DemoWorld.MOVABLE_IP));
        List<String> after = state();
        List<RecordedEntry> record = bench.entries();
        bench.forgetRecord();
        bench.forget();

        Report back = undo(record, false);

        assertThat(routedTo(DemoWorld.MOVABLE_IP)).contains(DemoWorld.DEDICATED_SERVER);
        assertThat(routedTo(DemoWorld.ATTACHED_IP)).contains(SERVICE);
        assertThat(state()).isEqualTo(before);
        assertThat(back.diff())
                .extracting(Object::toString)
                .anyMatch(line -> line.contains("to: " + SERVICE + " -> " + DemoWorld.DEDICATED_SERVER));

        undo(bench.entries(), false);
        assertThat(routedTo(DemoWorld.MOVABLE_IP)).contains(SERVICE);
        assertThat(routedTo(DemoWorld.ATTACHED_IP)).isEmpty();
        assertThat(state()).isEqualTo(after);
    }

    @Test
    void anAddressThatSomebodyHasMovedSinceStaysThereUnlessForced() {
        perform("move-failover", "{'ip': '%s', 'to': '%s'}".formatted(DemoWorld.MOVABLE_IP, SERVICE));
        List<RecordedEntry> record = bench.entries();
        bench.sandbox().world().failoverIp(DemoWorld.MOVABLE_IP, "ns1.example", DemoWorld.DEDICATED_SERVER);
        bench.forget();

        IplbException failure = Bench.failure(() -> undo(record, false));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessageContaining("somebody has changed that since: routedTo is \"ns1.example\", and was left")
                .hasMessageStartingWith("entry " + record.get(0).id());
        assertThat(bench.writes()).isEmpty();

        undo(record, true);
        assertThat(routedTo(DemoWorld.MOVABLE_IP)).contains(DemoWorld.DEDICATED_SERVER);
    }

    @Test
    void anAddressThatWasGivenAwayComesBackToItsLoadBalancer() {
        perform(
                "move-failover",
                "{'ip': '%s', 'to': '%s'}".formatted(DemoWorld.ATTACHED_IP, DemoWorld.DEDICATED_SERVER));

        assertThat(Rollback.of(bench.entries(), false, true).service()).isEqualTo(SERVICE);
        assertThat(Rollback.of(SERVICE, bench.entries(), false, true).entries()).hasSize(1);
        rollback();

        assertThat(routedTo(DemoWorld.ATTACHED_IP)).contains(SERVICE);
    }

    @Test
    void settingsAndNetworksAreAsTheyWere() {
        bench.shop().property("vrackName", "pn-1234").vrackNetwork("old", "10.1.0.0/24", "10.1.0.0/28", 7);
        bench.shop().vrackNetwork("kept", "10.2.0.0/24", "10.2.0.0/28", 8);
        List<String> networks = networks();
        perform("set-service", "{'name': 'Other', 'sslConfiguration': 'modern'}");
        perform(
                "ensure-vrack-network",
                "{'network': 'new', 'subnet': '10.3.0.0/24', 'natIp': '10.3.0.0/28', 'farms': ['blue']}");
        perform("ensure-vrack-network", "{'network': 'kept', 'vlan': 9}");
        perform("remove-vrack-network", "{'network': 'old'}");
        assertThat(networks()).isNotEqualTo(networks);

        undo(bench.entries(), false, false);

        assertThat(networks()).isEqualTo(networks);
        assertThat(state()).isEqualTo(before);
        assertThat(bench.read().path("sslConfiguration").isNull()).isTrue();
    }

    @Test
    void whatIsHalfMadeIsUndoneAsFarAsItGot() {
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/http/route/*/rule")
                .times(9)
                .status(403);
        Bench.failure(
                () -> perform(
                        "add-route",
                        "{'protocol': 'http', 'frontend': 'site', 'farm': 'green', 'rules': ['uri startswith /a', 'method is GET']}"));
        bench.sandbox().faults().clear();
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(state()).isNotEqualTo(before);

        rollback();

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aFarmThatIsHalfRemovedGetsItsServersBack() {
        apply("http: {frontends: {site: {state: absent}}}");
        bench.sandbox()
                .faults()
                .on("DELETE", "/ipLoadbalancing/*/http/farm/*")
                .times(9)
                .status(403);
        Bench.failure(() -> perform("remove-farm", "{'protocol': 'http', 'farm': 'blue'}"));
        bench.sandbox().faults().clear();
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.FAILED);

        rollback();

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatWasMadeAndWentWithItsFarmIsNotMadeAgain() {
        perform("ensure-server", "{'protocol': 'http', 'farm': 'green', 'address': '192.0.2.77'}");
        apply("http: {frontends: {site: {routes: {api: {state: absent}}}}, farms: {green: {state: absent}}}");

        rollback();

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void theRecordSaysWhichEntryWasUndone() {
        perform("set-stickiness", "{'protocol': 'http', 'farm': 'green', 'stickiness': 'cookie'}");
        String entry = bench.lastEntry().id();

        rollback();

        assertThat(bench.entries())
                .filteredOn(each -> each.operation().equals("ensure-farm"))
                .singleElement()
                .satisfies(undone -> assertThat(undone.by()).containsEntry("undoes", entry));
    }

    @Test
    void whereNothingWasChangedThereIsNothingToUndo() {
        assertThat(Bench.failure(() -> Rollback.of(List.of(), false, true)))
                .hasMessage("nothing in the record has changed anything");
    }

    private void startWith(String more) {
        apply(more);
        bench.forgetRecord();
        before = state();
    }

    private Report rollback() {
        return undo(bench.entries(), false);
    }

    private void apply(String file) {
        run(ChangeFile.read("iplb.yaml", "loadBalancer: %s\n%s".formatted(SERVICE, file), name -> Optional.empty())
                .loadBalancers()
                .get(0)
                .operation(true));
    }

    private Report undo(List<RecordedEntry> record, boolean force) {
        return undo(record, force, true);
    }

    private Report undo(List<RecordedEntry> record, boolean force, boolean refresh) {
        return run(new Operation.Undoing(Rollback.of(record, force, refresh)));
    }

    private void perform(String operation, String arguments) {
        OperationType type = Catalogue.named(operation);
        Fields given = new Fields((ObjectNode) Bench.json(arguments));
        run((Operation.OnLoadBalancer)
                type.operation(type.find("service").isPresent() ? given.with("service", SERVICE) : given));
    }

    private Optional<String> routedTo(String ip) {
        return bench.sandbox().world().routedTo(ip);
    }

    private List<String> networks() {
        return new Snapshot(bench.session(), SERVICE)
                .vrackNetworks().stream()
                        .map(each -> Json.MAPPER.valueToTree(each).toString().replaceFirst("\\d+", "id"))
                        .sorted()
                        .toList();
    }

    private Report run(Operation.OnLoadBalancer wanted) {
        return bench.ended(bench.operations().run(wanted, bench.options(false)));
    }

    /** All that there is, with names in the place of ids. */
    private List<String> state() {
        Snapshot lb = new Snapshot(bench.session(), SERVICE);
        List<String> state = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            TreeMap<String, String> names = new TreeMap<>();
            lb.farms(protocol).forEach(farm -> names.put(Long.toString(farm.farmId()), farm.displayName()));
            lb.frontends(protocol).forEach(each -> names.put(Long.toString(each.frontendId()), each.displayName()));
            TreeSet<String> lines = new TreeSet<>();
            lb.farms(protocol).forEach(farm -> {
                lines.add(shown(farm, names));
                lb.servers(protocol, farm.farmId())
                        .forEach(server -> lines.add(farm.displayName() + " " + shown(server, names)));
            });
            lb.frontends(protocol).forEach(each -> lines.add(shown(each, names)));
            if (protocol != Protocol.UDP) {
                lb.routes(protocol).forEach(route -> lines.add(shown(route, names)));
            }
            state.addAll(lines);
        }
        return state;
    }

    private static String shown(Object object, TreeMap<String, String> names) {
        String json = Json.MAPPER.valueToTree(object).toString();
        json = json.replaceAll(
                "\"(farmId|frontendId|serverId|routeId|ruleId)\":\\d+,?(?=\"display|\"address|\"field)", "");
        for (String id : names.keySet()) {
            json = json.replace(id, names.get(id) == null ? "nameless" : names.get(id));
        }
        return json;
    }
}
