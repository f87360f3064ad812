package io.jenkins.plugins.iplb.sandbox.world;

/** How a task turns out. */
public enum TaskEnding {
    /** It does what it was for. */
    done,
    /** {@code error} on the load balancer, {@code ovhError} on an IP. */
    error,
    /** {@code customerError} on an IP; the load balancer has no such status and says {@code error}. */
    customerError,
    cancelled,
    /** {@code blocked} for twice its normal time, then done. On an IP, which has no such status, {@code todo} for that long. */
    blocked,
    /** Stays at work for ever. */
    hang,
    /** Does what it was for, and is unknown (404) from then on. */
    vanish
}
