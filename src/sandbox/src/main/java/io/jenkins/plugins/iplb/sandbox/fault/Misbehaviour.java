package io.jenkins.plugins.iplb.sandbox.fault;

import java.time.Duration;
import java.util.Map;

/**
 * What goes wrong with one call.
 *
 * @param delay before anything else happens
 * @param status of an {@link Act#status} or {@link Act#statusAfterEffect} answer
 * @param pace between two bytes of a {@link Act#slowBody}
 */
public record Misbehaviour(
        Act act,
        Duration delay,
        int status,
        Map<String, String> headers,
        String contentType,
        String body,
        Duration pace) {

    /** The ways to misbehave; the names are also the control plane's. */
    public enum Act {
        /** Nothing but the delay. */
        none,
        /** A status and body of the fault's own; the call has no effect. */
        status,
        /** The call has its effect; the reply is a status and body of the fault's own, as of a gateway that lost patience. */
        statusAfterEffect,
        /** The connection is closed; the call has no effect. */
        cutBeforeEffect,
        /** The call has its effect; the connection is closed without a reply. */
        cutAfterEffect,
        /** The call has its effect; the reply is broken JSON. */
        garbageAfterEffect,
        /** The call has its effect; the reply has no body. */
        emptyAfterEffect,
        /** The call has its effect; the reply dribbles. */
        slowBody
    }

    public Misbehaviour {
        headers = Map.copyOf(headers);
    }

    static Misbehaviour of(Act act, Duration delay) {
        return new Misbehaviour(act, delay, 0, Map.of(), "", "", Duration.ZERO);
    }

    /** Whether the reply is the fault's, rather than the API's own word. */
    public boolean spoilsReply() {
        return act != Act.none && act != Act.slowBody;
    }
}
