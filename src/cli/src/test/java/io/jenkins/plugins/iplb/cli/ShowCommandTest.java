package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class ShowCommandTest {
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        shell = new Shell(sandbox, clock, directory);
    }

    @Test
    void theObjectHoldsAllThatIsThere() {
        JsonNode told = shell.json("show --service $S").json();

        assertThat(told.path("changed").booleanValue()).isFalse();
        assertThat(Shell.Ran.keys(told.path("result")))
                .contains("zones", "pendingChanges", "runningTasks", "failoverIps", "frontends", "farms", "routes");
        assertThat(told.path("result")
                        .path("frontends")
                        .path("tcp")
                        .path(0)
                        .path("displayName")
                        .textValue())
                .isEqualTo("https");
    }

    @Test
    void aNameThatSomebodyElseHasGivenMovesNothingOnTheTerminal() {
        int lines = (int) shell.run("show --service $S").out().lines().count();
        shell.shop()
                .add("udp/farm", Map.of("displayName", "a\u001b[2J\n::error::b\u202e", "zone", "all", "port", 5300));

        Shell.Ran ran = shell.run("show --service $S");

        assertThat(ran.out()).contains("'a [2J ::error::b '").hasLineCount(lines + 1);
    }

    /** Three seconds for each request beyond the twentieth, which come without a pause. */
    @Test
    void whoWaitsForTheBudgetOfItsKeyIsToldOnce() {
        for (int farm = 0; farm < 7; farm++) {
            shell.shop().add("udp/farm", Map.of("zone", "all", "port", 5300 + farm));
        }

        Shell.Ran ran = shell.perMinute(20).run("show --service $S --servers");

        assertThat(ran.code()).isZero();
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .matches(
                        "waiting about [23] s for the budget of this key: 20 requests a minute for all who use it are used up");
    }

    @Test
    void inWordsItTellsWhereTheTrafficGoesAndUnderWhichRules() {
        long http1 = id("tcp/farm", "web-http1");
        long http2 = id("tcp/farm", "web-http2");
        long app = id("http/farm", "app");
        long https = id("tcp/frontend", "https");
        long http = id("http/frontend", "http");
        long route = route("tcp", https, "http2", Map.of("type", "farm", "target", Long.toString(http2)));
        shell.shop().add("tcp/rule", route, Map.of("field", "protocol", "match", "is", "pattern", "http/2.0"));
        shell.shop()
                .add("tcp/rule", route, Map.of("field", "sni", "match", "is", "negate", true, "pattern", "a.example"));
        long rejected = route("http", http, "", Map.of("type", "reject", "status", 403));
        long detached = shell.shop().add("tcp/route", Map.of("action", Map.of("type", "reject")));
        long elsewhere = shell.shop()
                .add(
                        "http/frontend",
                        Map.of(
                                "port",
                                "81",
                                "zone",
                                "gra",
                                "disabled",
                                true,
                                "redirectLocation",
                                "https://shop.example/"));
        shell.run("dedicate-failover --service $S --protocol tcp --frontend https --ip", DemoWorld.ATTACHED_IP);
        shell.run("set-stickiness --service $S --protocol http --farm app --mode cookie");

        assertThat(shell.run("show --service $S").out().lines())
                .containsExactlyInAnyOrder(
                        DemoWorld.SERVICE + " 'shop' is ok",
                        "  zones: gra, rbx",
                        "  pending changes: %d in gra, %d in rbx"
                                .formatted(
                                        shell.shop().pending().get("gra"),
                                        shell.shop().pending().get("rbx")),
                        "  failover IPs: 198.51.100.24/32",
                        "  calls its servers in gra from: 10.108.0.0/27",
                        "  calls its servers in rbx from: 10.108.1.0/27",
                        certificate(),
                        "  tcp frontend %d 'https': port 443, all zones, ssl, only on 198.51.100.24/32, to farm %d 'web-http1'"
                                .formatted(https, http1),
                        "    route %d 'http2': weight 0, to farm %d 'web-http2', if protocol is http/2.0 and sni not is a.example"
                                .formatted(route, http2),
                        "  http frontend %d 'http': port 80, all zones, to farm %d 'app'".formatted(http, app),
                        "    route %d: weight 0, rejects with 403".formatted(rejected),
                        "  http frontend %d: port 81, zone gra, disabled, redirects to https://shop.example/"
                                .formatted(elsewhere),
                        "  on no frontend: tcp route %d: weight 0, rejects".formatted(detached),
                        "  tcp farm %d 'web-http1': port 8443, all zones, stickiness none".formatted(http1),
                        "  tcp farm %d 'web-http2': port 8444, all zones, stickiness none".formatted(http2),
                        "  http farm %d 'app': port 8080, all zones, stickiness cookie".formatted(app));
    }

    private String certificate() {
        Certificate certificate = shell.shop().certificates().get(0);
        String end = certificate.shown().path("expireDate").asText();
        return "  certificate %d 'www.shop.example': CN=www.shop.example, for www.shop.example, until %s"
                .formatted(certificate.id(), OffsetDateTime.parse(end).toInstant());
    }

    @Test
    void aServerThatIsDownIsToldWithTheReason() {
        long server = shell.shop().staged("http/server").get(0).id();
        shell.shop()
                .serverState(
                        "http/server",
                        server,
                        Map.of(
                                "instanceId",
                                7,
                                "status",
                                "DOWN",
                                "checkStatus",
                                "L4CON",
                                "lastCheckContent",
                                "Connection refused"));

        assertThat(shell.run("show --service $S").out()).contains("\n  servers: 5 ok, 1 error\n");
        assertThat(shell.run("show --service $S --servers").out())
                .contains(
                        "\n    server %d: 192.0.2.31, active, weight 1\n      instance 7: DOWN (L4CON, Connection refused)\n"
                                .formatted(server));
    }

    @Test
    void theServersStandUnderTheirFarmsWhenTheyAreWanted() {
        long farm = shell.shop().add("udp/farm", Map.of("zone", "gra", "displayName", "dns", "port", 53));
        long plain = shell.shop().add("udp/server", farm, Map.of("address", "192.0.2.1", "status", "inactive"));
        long app = id("http/farm", "app");
        Map<String, Object> fields = new HashMap<>(Map.of("address", "192.0.2.2", "port", 8443, "status", "active"));
        fields.putAll(Map.of("displayName", "spare", "weight", 7, "backup", true, "ssl", true));
        long spare = shell.shop().add("http/server", app, fields);

        assertThat(shell.run("show --service $S --servers").out())
                .contains(
                        "\n  udp farm %d 'dns': port 53, zone gra, stickiness none\n    server %d: 192.0.2.1, inactive\n"
                                .formatted(farm, plain))
                .contains("    server %d 'spare': 192.0.2.2:8443, active, weight 7, backup, ssl\n".formatted(spare));
        assertThat(shell.run("show --service $S").out()).doesNotContain("server ");
    }

    @Test
    void aRefreshThatIsUnderWayIsShown() {
        long task = shell.shop().refresh().id();

        assertThat(shell.run("show --service $S").out())
                .contains("\n  refreshes under way: %d (gra, rbx) ".formatted(task));
    }

    @Test
    void nothingPendingIsSaidToo() {
        assertThat(shell.run("show --service $S").out()).contains("\n  pending changes: none\n");
    }

    @Test
    void itLeavesNoRecordAndMindsNone() {
        shell.write("iplb-changes.json", "not a record");

        assertThat(shell.run("show --service $S").code()).isZero();
        assertThat(shell.writes()).isEmpty();
        assertThat(shell.files()).isEqualTo(List.of("iplb-changes.json"));
    }

    private long route(String protocol, long frontend, String name, Map<String, ?> action) {
        Map<String, Object> fields = new HashMap<>(Map.of("frontendId", frontend, "action", action));
        if (!name.isEmpty()) {
            fields.put("displayName", name);
        }
        return shell.shop().add(protocol + "/route", fields);
    }

    private long id(String kind, String name) {
        return shell.shop().staged(kind).stream()
                .filter(item -> name.equals(item.text("displayName")))
                .mapToLong(Item::id)
                .findFirst()
                .orElseThrow();
    }
}
