package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One write call. It begins with {@link #sent}, before it is sent. Exactly one of {@link #done}, {@link #refused}, {@link
 * #notSent} and {@link #lost} says how sending it went; {@link #settled} says it later of a lost one. A call whose fate is
 * known keeps it: a second verdict is an {@link IllegalStateException}.
 *
 * @param path with its leading slash, below the endpoint's base URL
 * @param body {@code null} when there was none
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

    /** A call that is about to be sent. */
    public static RecordedCall sent(String method, String path, JsonNode body, Instant now) {
        return new RecordedCall(method, path, body, now, null, null, Fate.UNKNOWN, null, null, null, null, null);
    }

    /** OVH answered that it is done, and neither when nor what it started. */
    public RecordedCall done(int answer, String query, Instant now) {
        return done(answer, query, null, null, now);
    }

    /**
     * OVH answered that it is done.
     *
     * @param query OVH's name for the call, or {@code null}
     * @param ovh when OVH answered, by OVH's clock, or {@code null}
     * @param task the task that it started, or {@code null}
     */
    public RecordedCall done(int answer, String query, Instant ovh, Long task, Instant now) {
        mustBeUnknown();
        return new RecordedCall(method, path, body, sentAt, now, settledAt, Fate.DONE, answer, query, ovh, task, error);
    }

    /** OVH answered that it did not happen. */
    public RecordedCall refused(int answer, String query, String why, Instant now) {
        return told(Fate.REFUSED, answer, query, why, now);
    }

    /** No connection was made, so nothing can have happened. */
    public RecordedCall notSent(String why) {
        return told(Fate.NOT_SENT, null, null, why, null);
    }

    /**
     * It was sent and no answer tells what became of it: the connection broke, or a gateway answered instead of OVH.
     *
     * @param answer the HTTP status, or {@code null} when nothing at all was answered
     * @param now when that was answered, or {@code null}
     */
    public RecordedCall lost(Integer answer, String query, String why, Instant now) {
        return told(Fate.UNKNOWN, answer, query, why, now);
    }

    /** The answer was lost; the effect was looked for. */
    public RecordedCall settled(boolean tookEffect, Instant now) {
        mustBeUnknown();
        Fate verdict = tookEffect ? Fate.TOOK_EFFECT : Fate.NO_EFFECT;
        return new RecordedCall(
                method, path, body, sentAt, answeredAt, now, verdict, status, queryId, ovhDate, taskId, error);
    }

    /** Whether it is known to have had its effect. */
    public boolean hadEffect() {
        return fate == Fate.DONE || fate == Fate.TOOK_EFFECT;
    }

    /** Whether nobody knows yet if it took effect. */
    boolean isUnsettled() {
        return fate == Fate.UNKNOWN;
    }

    private RecordedCall told(Fate verdict, Integer answer, String query, String why, Instant now) {
        mustBeUnknown();
        return new RecordedCall(
                method, path, body, sentAt, now, settledAt, verdict, answer, query, ovhDate, taskId, why);
    }

    private void mustBeUnknown() {
        if (!isUnsettled()) {
            throw new IllegalStateException(
                    "The fate of %s %s is known already: %s".formatted(method, path, fate.code()));
        }
    }
}
