package io.jenkins.plugins.iplb.change;

import java.time.Instant;

/**
 * Where the wait for an ordered certificate is: all that is needed to go on with it.
 *
 * @param deadline when the wait gives up
 * @param polls how often was looked
 * @param failures how many looks in a row got no answer
 */
public record OrderState(long taskId, Instant deadline, int polls, int failures) implements TaskWait.State<OrderState> {

    public static OrderState start(long taskId, Instant deadline) {
        return new OrderState(taskId, deadline, 0, 0);
    }

    OrderState polledAgain() {
        return new OrderState(taskId, deadline, polls + 1, 0);
    }

    @Override
    public OrderState unanswered() {
        return new OrderState(taskId, deadline, polls + 1, failures + 1);
    }
}
