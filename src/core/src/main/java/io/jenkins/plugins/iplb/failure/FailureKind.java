package io.jenkins.plugins.iplb.failure;

/** What went wrong, as every face reports it: the {@code kind} of a JSON failure, the exit code, the build result. */
public enum FailureKind {
    /** Wrong arguments or settings: nothing was sent. */
    USAGE("usage"),
    /** OVH does not accept who asks: key, token, clock, or a right that is missing. */
    CREDENTIALS("credentials"),
    /** OVH (or the plan, before asking OVH) refuses what was asked. */
    REFUSED("refused"),
    /** The load balancer is not in a state in which a refresh can succeed. */
    PREFLIGHT("preflight"),
    /** Something else is under way, or what was named is not unique. */
    CONFLICT("conflict"),
    /** No usable answer, retries included. */
    UNAVAILABLE("unavailable"),
    /** A task of OVH ended in a state other than done. */
    TASK_FAILED("task-failed"),
    /** The deadline of the whole operation passed. */
    TIMEOUT("timeout");

    private final String code;

    FailureKind(String code) {
        this.code = code;
    }

    /** The stable name that scripts compare with. */
    public String code() {
        return code;
    }
}
