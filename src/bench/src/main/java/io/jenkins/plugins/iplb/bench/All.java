package io.jenkins.plugins.iplb.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What {@code docs/performance.md} tells of, in less than a quarter of an hour on two cores: what takes long goes round once,
 * and {@link ManyGates} and {@link GateOverhead}, which wait for ten and for five minutes, are left to themselves.
 * At the end it says where {@code iplb} is behind of what was asked for, and writes all to {@code src/bench/target/all.json}.
 */
public final class All {
    private static final List<String> RACES =
            List.of("one-command", "http2-guide", "whole-state", "plan-and-apply", "start-up");

    private static final List<String> OTHERS = List.of("ten-module-calls", "one-refresh-for-many");

    /** How much longer than the best script without any round-trip time, and than the least with a long one. */
    private static final double NEARLY = 1.3;

    private All() {}

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        Instant start = Instant.now();
        OneCommand.main("3");
        Http2Guide.main("1");
        WholeState.main("1");
        PlanAndApply.main("1");
        StartUp.main("3");
        TenModuleCalls.main("3");
        OneRefreshForMany.main("1", "10", "100");

        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("took", Duration.between(start, Instant.now()).toString());
        for (String name : OTHERS) {
            all.set(name, Target.read(name));
        }
        List<String> missed = new ArrayList<>();
        for (String name : RACES) {
            JsonNode race = Target.read(name);
            all.set(name, race);
            race.path("figures").forEach(row -> missed.addAll(missed(row)));
        }
        Target.write("all", all);
        System.out.printf("all in %s%n", Duration.between(start, Instant.now()));
        System.out.println(missed.isEmpty() ? "nothing that was asked for is missed" : "missed:");
        missed.forEach(System.out::println);
    }

    /** In which respects {@code iplb} is behind in that row. */
    private static List<String> missed(JsonNode row) {
        JsonNode peers = row.path("peers");
        if (!peers.has(Peers.THIS)) {
            return List.of();
        }
        double own = seconds(peers.path(Peers.THIS));
        int roundTrip = row.path("roundTripMillis").intValue();
        List<String> missed = new ArrayList<>();
        String where = "%s, %d ms: %.2f s".formatted(row.path("step").textValue(), roundTrip, own);
        if (roundTrip == 0) {
            double best = peers.properties().stream()
                    .filter(Predicate.not(All::isThis))
                    .mapToDouble(peer -> seconds(peer.getValue()))
                    .min()
                    .orElse(own);
            if (own > NEARLY * best) {
                missed.add("%s, the best script %.2f s".formatted(where, best));
            }
        } else {
            peers.properties().stream()
                    .filter(Predicate.not(All::isThis))
                    .filter(peer -> roundTrip > 20 || !peer.getKey().equals("go"))
                    .filter(peer -> seconds(peer.getValue()) < own)
                    .forEach(peer ->
                            missed.add("%s, %s %.2f s".formatted(where, peer.getKey(), seconds(peer.getValue()))));
        }
        double least = row.path("least").doubleValue();
        if (roundTrip > 20 && own > NEARLY * least) {
            missed.add("%s, the least %.2f s".formatted(where, least));
        }
        return missed;
    }

    private static boolean isThis(Map.Entry<String, JsonNode> peer) {
        return peer.getKey().equals(Peers.THIS);
    }

    private static double seconds(JsonNode figures) {
        return figures.path("seconds").doubleValue();
    }
}
