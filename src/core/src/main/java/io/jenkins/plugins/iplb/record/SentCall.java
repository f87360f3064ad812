package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A call that was written down before it was sent. Exactly one of {@link #done}, {@link #refused}, {@link #notSent}
 * and {@link #lost} says how sending it went; a lost one is settled later by {@link #tookEffect} or {@link #noEffect}.
 * Each is durable when it returns. A call whose fate is known keeps it: a second verdict is an
 * {@link IllegalStateException}.
 */
public interface SentCall {
    String method();

    String path();

    /** The body that was sent, less its secrets; {@code null} when there was none. */
    JsonNode body();

    /** OVH answered that it is done, and neither when nor what it started. */
    default void done(int status, String queryId) {
        done(status, queryId, null, null);
    }

    /**
     * OVH answered that it is done.
     *
     * @param queryId or {@code null}
     * @param ovhDate when it answered, by its own clock, or {@code null}
     * @param taskId the task that the call started, or {@code null}
     */
    void done(int status, String queryId, Instant ovhDate, Long taskId);

    /** OVH answered that it did not happen. */
    void refused(int status, String queryId, String error);

    /** No connection was made, so nothing can have happened. */
    void notSent(String error);

    /**
     * It was sent and no answer tells what became of it: the connection broke, or a gateway answered instead of OVH.
     * The fate stays {@link Fate#UNKNOWN}.
     *
     * @param status the HTTP status, or {@code null} when nothing at all was answered
     * @param queryId or {@code null}
     */
    void lost(Integer status, String queryId, String error);

    /** The answer was lost; the effect was looked for and is there. */
    void tookEffect();

    /** The answer was lost; the effect was looked for and is not there. */
    void noEffect();
}
