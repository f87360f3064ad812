package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Every call that did not succeed, whatever the reason. */
public final class OvhException extends IplbException {
    private static final long serialVersionUID = 1L;

    private final String asked;
    private final Delivery delivery;
    private final int status;
    private final String errorCode;
    private final String said;
    private final String queryId;
    private final Duration retryAfter;

    OvhException(FailureKind kind, String message, Throwable cause, String asked, Delivery delivery, ErrorReply reply) {
        super(kind, message, cause);
        this.asked = asked;
        this.delivery = delivery;
        this.status = reply.status();
        this.errorCode = reply.code();
        this.said = reply.message();
        this.queryId = reply.queryId();
        this.retryAfter = reply.retryAfter();
    }

    ErrorReply reply() {
        return new ErrorReply(status, errorCode, said, null, queryId, retryAfter);
    }

    /** What was asked: method and path. */
    public String asked() {
        return asked;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** The HTTP status, when an answer came. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** OVH's {@code class} or {@code errorCode}, when the answer had one. */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /** The {@code X-OVH-QUERYID} that OVH's support asks for, when an answer came. */
    public Optional<String> queryId() {
        return Optional.ofNullable(queryId);
    }

    /** How long OVH asked to wait before the next try. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public boolean isNotFound() {
        return status == 404;
    }

    /** The same failure, seen at the end of all tries. */
    OvhException atLast(FailureKind lastKind, int tries) {
        String told = getMessage() + (tries > 1 ? "; tried " + tries + " times" : "");
        return new OvhException(lastKind, told, getCause(), asked, delivery, reply());
    }

    /** The same failure, with what it means put before what OVH said. */
    public OvhException explained(String sentence) {
        return new OvhException(kind(), sentence + " (" + getMessage() + ")", getCause(), asked, delivery, reply());
    }

    /** The same failure of a call that came before the one that was meant. */
    OvhException notSent() {
        return new OvhException(kind(), getMessage(), getCause(), asked, Delivery.NOT_SENT, reply());
    }

    /** Whether the same call may succeed a little later. */
    boolean isTransient() {
        return kind() == FailureKind.UNAVAILABLE;
    }
}
