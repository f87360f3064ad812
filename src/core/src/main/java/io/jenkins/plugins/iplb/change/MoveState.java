package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.IpBlock;
import java.time.Instant;

/**
 * Where the wait for a move is: all that is needed to go on with it.
 *
 * @param to the service that the block is to be routed to; null for none: parked
 * @param deadline when the wait gives up
 * @param taskDone whether OVH's task is over, so that only the confirmation is missing
 * @param polls how often was looked
 * @param failures how many looks in a row got no answer
 */
public record MoveState(IpBlock ip, String to, long taskId, Instant deadline, boolean taskDone, int polls, int failures)
        implements TaskWait.State<MoveState> {

    public static MoveState start(IpBlock ip, String to, long taskId, Instant deadline) {
        return new MoveState(ip, to, taskId, deadline, false, 0, 0);
    }

    MoveState polledAgain() {
        return new MoveState(ip, to, taskId, deadline, taskDone, polls + 1, 0);
    }

    @Override
    public MoveState unanswered() {
        return new MoveState(ip, to, taskId, deadline, taskDone, polls + 1, failures + 1);
    }

    /** The same move, by another task. */
    MoveState following(long other) {
        return new MoveState(ip, to, other, deadline, false, polls + 1, 0);
    }

    MoveState confirming() {
        return new MoveState(ip, to, taskId, deadline, true, 0, 0);
    }

    /** What goes on, as the beginning of a sentence. */
    String doing() {
        return to == null ? "parking " + ip : "moving %s to %s".formatted(ip, to);
    }

    /** The same as the subject of a sentence. */
    String said() {
        return to == null ? "parking " + ip : "the move of %s to %s".formatted(ip, to);
    }
}
