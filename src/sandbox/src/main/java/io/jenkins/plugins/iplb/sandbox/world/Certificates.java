package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates of which there is no more than what the API says of them. */
final class Certificates {
    private static final Duration LIFE = Duration.ofDays(90);

    private Certificates() {}

    /** @param names the first of them is the subject */
    static Certificate madeUp(long id, String type, List<String> names, Instant from) {
        ObjectNode shown = Json.object()
                .put("id", id)
                .put("displayName", names.get(0))
                .put("type", type)
                .put("subject", "CN=" + names.get(0))
                .put("serial", "%016x".formatted(id))
                .put("fingerprint", "%040x".formatted(id))
                .put("expireDate", Json.date(from.plus(LIFE)));
        shown.set("san", Json.of(names));
        return new Certificate(id, shown, null, null);
    }
}
