package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One write call.
 *
 * @param path below the endpoint's base URL
 * @param body less its secrets; {@code null} when there was none
 * @param sentAt just before it was sent
 * @param answeredAt {@code null} when nothing was answered
 * @param settledAt when its effect was looked for; {@code null} when it never had to be
 * @param status the HTTP status, or {@code null}
 * @param queryId OVH's name for this call, to be given to their support, or {@code null}
 * @param ovhDate when OVH answered, by OVH's clock, in whole seconds; {@code null} when it did not say
 * @param taskId the task that the answer names as started by it, or {@code null}
 * @param error what was answered, or why nothing was; {@code null} when all went well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedCall(
        String method,
        String path,
        JsonNode body,
        Instant sentAt,
        Instant answeredAt,
        Instant settledAt,
        Fate fate,
        Integer status,
        String queryId,
        Instant ovhDate,
        Long taskId,
        String error) {
    /** Whether it is known to have had its effect. */
    public boolean hadEffect() {
        return fate == Fate.DONE || fate == Fate.TOOK_EFFECT;
    }

    static RecordedCall sent(String method, String path, JsonNode body, Instant now) {
        return new RecordedCall(method, path, body, now, null, null, Fate.UNKNOWN, null, null, null, null, null);
    }
}
