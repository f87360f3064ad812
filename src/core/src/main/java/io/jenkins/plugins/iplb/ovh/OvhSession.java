package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The calls of one operation: seen by its observer, over by its deadline. */
public final class OvhSession {
    private final OvhClient client;
    private final CallObserver observer;
    private final Deadline deadline;

    OvhSession(OvhClient client, CallObserver observer, Deadline deadline) {
        this.client = client;
        this.observer = observer;
        this.deadline = deadline;
    }

    /**
     * @throws OvhException when the call did not succeed, retries included; for a POST of {@link Delivery#UNKNOWN}
     *     look for its effect before sending it again
     */
    public ApiReply send(ApiCall call) {
        return client.call(call, observer, deadline);
    }

    /**
     * Sends a POST so that it has its effect once, however often its answer is lost: after a try of unknown effect it is
     * sent again only when looking does not find what it may have made.
     *
     * @param result reads the answer; empty when it holds no usable result, which counts as a lost answer
     * @param look finds what an earlier try has made
     */
    public <T> T sendOnce(ApiCall post, Function<ApiReply, Optional<T>> result, Supplier<Optional<T>> look) {
        for (int tries = 1; ; tries++) {
            OvhException lost;
            try {
                ApiReply reply = send(post);
                Optional<T> read = result.apply(reply);
                if (read.isPresent()) {
                    return read.get();
                }
                lost = null;
            } catch (OvhException e) {
                if (e.delivery() != Delivery.UNKNOWN || e.kind() == FailureKind.TIMEOUT) {
                    throw e;
                }
                lost = e;
            }
            Optional<T> found = client.lookFor(post, look);
            observer.settled(post, found.isPresent());
            if (found.isPresent()) {
                return found.get();
            }
            if (tries > client.retries()) {
                throw lost != null ? lost : new IplbException(FailureKind.UNAVAILABLE, post + ": no usable answer");
            }
        }
    }

    /**
     * Asks OVH's Prometheus for a range of metrics.
     *
     * @param base of the one that has them
     * @param token for them
     * @throws OvhException when it did not succeed; it was sent once
     */
    public JsonNode metrics(String base, String token, Map<String, String> query) {
        return client.metrics(base, token, query, observer, deadline);
    }

    /**
     * How long to put off a look that can wait, so that what cannot wait is never short of requests: all who act as this
     * identity share one budget. Ask once for each look.
     *
     * @param pace how long it is put off even where there are requests enough
     */
    public Duration untilLook(Duration pace) {
        Duration turn = client.untilLook();
        return turn.compareTo(pace) > 0 ? turn : pace;
    }

    public Allowance allowance() {
        return client.allowance();
    }

    public Deadline deadline() {
        return deadline;
    }
}
