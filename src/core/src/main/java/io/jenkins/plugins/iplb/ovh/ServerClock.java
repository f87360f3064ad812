package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.Request;

/** OVH's clock, as far from this machine's as {@code GET /auth/time} said when it was last asked. */
final class ServerClock {
    private final Transport transport;
    private final Endpoint endpoint;
    private final InstantSource local;
    private Long offset;

    ServerClock(Transport transport, Endpoint endpoint, InstantSource local) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.local = local;
    }

    /** Seconds since 1970 by OVH's clock. */
    synchronized long seconds(Duration patience) {
        if (offset == null) {
            offset = serverSeconds(patience) - local.instant().getEpochSecond();
        }
        return local.instant().getEpochSecond() + offset;
    }

    /** Asks anew the next time. */
    synchronized void forget() {
        offset = null;
    }

    private long serverSeconds(Duration patience) {
        ApiCall call = ApiCall.get("auth", "time");
        Request request =
                new Request.Builder().url(endpoint.baseUrl() + "/auth/time").build();
        HttpReply reply = transport.prepare(call, request, patience);
        try {
            JsonNode time = Json.MAPPER.readTree(reply.text());
            if (time != null && time.isIntegralNumber()) {
                return time.longValue();
            }
        } catch (JsonProcessingException e) {
            throw transport.unusable(call, reply, e, Delivery.NOT_SENT);
        }
        throw transport.unusable(call, reply, null, Delivery.NOT_SENT);
    }
}
