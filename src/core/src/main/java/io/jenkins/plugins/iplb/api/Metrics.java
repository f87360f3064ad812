package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much traffic a load balancer carries, as OVH measures it (guide "use-api-metrics"). The token for it is asked for when
 * it is needed first, and again when it is not taken any more; it is kept nowhere else.
 */
public final class Metrics {
    private final OvhSession ovh;
    private final String service;
    private MetricsToken token;

    public Metrics(OvhSession ovh, String service) {
        this.ovh = ovh;
        this.service = service;
    }

    /** What OVH counts in each zone. */
    public enum Counter {
        REQUESTS,
        CONNECTIONS;

        /** As people write it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How much of it there was in each second of the time before now.
     *
     * @return by zone; without those of which OVH has measured nothing
     * @throws OvhException when OVH does not say
     */
    public Map<String, Double> perSecond(Counter counter, Duration before, Instant now) {
        String query = "sum by (zone) (rate(haproxy_process_%s_total{servicename=\"%s\"}[%ds]))"
                .formatted(counter.code(), service, before.toSeconds());
        String end = Long.toString(now.getEpochSecond());
        JsonNode answer = ask(Map.of("query", query, "start", end, "end", end, "step", "60"));
        Map<String, Double> zones = new TreeMap<>();
        for (JsonNode series : answer.path("data").path("result")) {
            JsonNode values = series.path("values");
            zones.put(
                    series.path("metric").path("zone").asText().toLowerCase(Locale.ROOT),
                    values.path(values.size() - 1).path(1).asDouble());
        }
        return zones;
    }

    private JsonNode ask(Map<String, String> query) {
        boolean fresh = token == null;
        try {
            return send(query);
        } catch (OvhException e) {
            int status = e.status().orElse(0);
            if (fresh || status != 401 && status != 403) {
                throw e;
            }
            token = null;
            return send(query);
        }
    }

    private JsonNode send(Map<String, String> query) {
        if (token == null) {
            token = new Snapshot(ovh, service).metricsToken();
        }
        return ovh.metrics(token.endpoint(), token.token(), query);
    }
}
