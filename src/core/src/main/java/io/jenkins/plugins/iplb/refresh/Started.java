package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.Task;

/**
 * The refresh that was asked for last, as far as this process has asked and was answered.
 *
 * @param taskId 0 for none
 * @param arrivals how many had come before it was asked for: what they have staged is carried by it
 */
record Started(long taskId, long arrivals) {
    static final Started NONE = new Started(0, 0);

    boolean is(Task task) {
        return task.id() == taskId;
    }

    /** @param arrival the how manyth he was to come, from 1 */
    boolean carries(long arrival) {
        return arrival <= arrivals;
    }
}
