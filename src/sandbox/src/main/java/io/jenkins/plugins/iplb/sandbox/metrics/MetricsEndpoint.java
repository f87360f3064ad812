package io.jenkins.plugins.iplb.sandbox.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Reply;
import io.jenkins.plugins.iplb.sandbox.world.Meters;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus's {@code query_range} for the one kind of question that is asked here, of the present: {@code sum by (zone)
 * (rate(haproxy_process_requests_total{servicename="…"}[60s]))}. Whatever the range, there is one value for each zone.
 */
public final class MetricsEndpoint {
    /** What an endpoint of a service begins with. */
    public static final String ROOT = "/metrics/";

    private static final String QUERY_RANGE = "/prometheus/api/v1/query_range";
    private static final Pattern QUERY = Pattern.compile("sum by \\(zone\\) \\(rate\\("
            + "haproxy_process_(?<counter>connections|requests)_total\\{servicename=\"(?<service>[^\"]+)\"}"
            + "\\[(?<seconds>\\d+)s]\\)\\)");

    private final World world;
    private final MetricsTokens tokens;

    public MetricsEndpoint(World world, MetricsTokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    /** Where the metrics of a service are asked for, by who has asked for the token so. */
    public static String of(ApiRequest request, String service) {
        return request.scheme() + "://" + request.host() + ROOT + service;
    }

    public Reply answer(ApiRequest request) {
        Optional<String> service = request.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .flatMap(value -> tokens.service(value.substring("Bearer ".length())));
        if (service.isEmpty() || !request.path().startsWith(ROOT + service.get() + "/")) {
            return error(401, "unauthorized", "Invalid or missing token");
        }
        Matcher query = QUERY.matcher(request.query("query").orElse(""));
        if (!request.method().equals("GET") || !request.path().equals(ROOT + service.get() + QUERY_RANGE)) {
            return error(404, "not_found", "The sandbox answers query_range alone");
        }
        if (!query.matches()
                || request.query("start").isEmpty()
                || request.query("end").isEmpty()
                || request.query("step").isEmpty()) {
            return error(400, "bad_data", "The sandbox answers one kind of question: " + QUERY);
        }
        return answer(query.group("service").equals(service.get()) ? service : Optional.empty(), query);
    }

    /** @param service empty for one that the token sees nothing of */
    private Reply answer(Optional<String> service, Matcher query) {
        ObjectNode shown = Json.object().put("status", "success");
        ArrayNode series = shown.putObject("data").put("resultType", "matrix").putArray("result");
        Duration window = Duration.ofSeconds(Long.parseLong(query.group("seconds")));
        Meters.Counter counter = Meters.Counter.valueOf(query.group("counter"));
        service.stream()
                .flatMap(name -> world.perSecond(name, counter, window).entrySet().stream())
                .forEach(zone -> show(zone, series.addObject()));
        return Reply.json(shown);
    }

    private void show(Map.Entry<String, Double> zone, ObjectNode series) {
        series.putObject("metric").put("zone", zone.getKey());
        series.putArray("values")
                .addArray()
                .add(world.now().getEpochSecond())
                .add(zone.getValue().toString());
    }

    private static Reply error(int status, String type, String message) {
        ObjectNode body =
                Json.object().put("status", "error").put("errorType", type).put("error", message);
        return new Reply(status, Map.of(), Reply.JSON, Json.bytes(body));
    }
}
