package io.jenkins.plugins.iplb.refresh;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A frontend in gra, another and a farm in rbx. */
@ExtendWith(SandboxExtension.class)
class RecordedZonesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Bench bench;
    private long here;
    private long there;
    private long farm;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        here = bench.shop().add("http/frontend", Map.of("displayName", "here", "zone", "gra", "port", "8081"));
        there = bench.shop().add("http/frontend", Map.of("displayName", "there", "zone", "rbx", "port", "8082"));
        farm = bench.shop().add("http/farm", Map.of("displayName", "far", "zone", "rbx", "port", 80));
    }

    @Test
    void whatBelongsToAFrontendOrFarmIsWhereThatIs() {
        assertThat(zones("PUT", "http/frontend/" + here, "{}")).contains(Zones.of("gra"));
        assertThat(zones("PUT", "http/frontend/" + there, "{}")).contains(Zones.of("rbx"));
        assertThat(zones("PUT", "http/farm/" + farm, "{}")).contains(Zones.of("rbx"));
        assertThat(zones("POST", "http/farm/%d/server".formatted(farm), "{}")).contains(Zones.of("rbx"));
    }

    @Test
    void whatIsNeitherInTheRecordNorThereIsNotKnown() {
        assertThat(zones("PUT", "http/frontend/99", "{}")).isEmpty();
        assertThat(zones("POST", "vrack/network", "{}")).isEmpty();
        assertThat(zones("PUT", "http", "{}")).isEmpty();
    }

    @Test
    void aNewRouteIsWhereItsFrontendIsAndNowhereWithoutOne() {
        assertThat(zones("POST", "http/route", "{'frontendId': %d}".formatted(here)))
                .contains(Zones.of("gra"));
        assertThat(zones("POST", "http/route", "{}")).contains(Zones.NONE);
    }

    @Test
    void aRouteThatMovesCountsInTheZonesOfBothFrontends() {
        RecordedEntry moving = begun("add-route").withPlan(null, json("{'frontendId': %d}".formatted(here)), List.of());

        assertThat(zones(moving, "PUT", "http/route/5", "{'frontendId': %d}".formatted(there)))
                .contains(Zones.of("gra").and(Zones.of("rbx")));
    }

    @Test
    void aRuleCountsWhereItsRouteIs() {
        long attached = route(Map.of("frontendId", there));
        long detached = route(Map.of());

        assertThat(zones("POST", "http/route/%d/rule".formatted(attached), "{}"))
                .contains(Zones.of("rbx"));
        assertThat(zones("POST", "http/route/%d/rule".formatted(detached), "{}"))
                .contains(Zones.NONE);
        assertThat(zones("POST", "http/route/99/rule", "{}")).isEmpty();
    }

    private Optional<Zones> zones(String method, String path, String body) {
        return zones(begun("change"), method, path, body);
    }

    private Optional<Zones> zones(RecordedEntry entry, String method, String path, String body) {
        JsonNode sent = json(body);
        String whole = "/ipLoadbalancing/" + SERVICE + "/" + path;
        RecordedEntry carriedOut = entry.withCall(RecordedCall.sent(method, whole, sent, NOON))
                .withAnswer(0, call -> call.done(200, "q", NOON.plusSeconds(1)));
        RecordedHistory history = new RecordedHistory(SERVICE, List.of(carriedOut));
        return new RecordedZones(new Snapshot(bench.session(), SERVICE), history)
                .of(history.writes().get(0));
    }

    private static RecordedEntry begun(String operation) {
        ObjectNode wanted = (ObjectNode) json("{}");
        return RecordedEntry.begun(
                new EntryHeader("id", operation, SERVICE, URI.create("https://eu.api.ovh.com/1.0"), wanted, Map.of()),
                NOON);
    }

    private long route(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("action", Map.of("type", "reject", "status", 403));
        return bench.shop().add("http/route", all);
    }
}
