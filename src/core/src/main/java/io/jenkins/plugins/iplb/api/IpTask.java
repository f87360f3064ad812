package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.api.FailoverIp.RoutedTo;

/**
 * An operation on a block of addresses; another model than {@link Task}, with other states.
 *
 * @param status init, todo, doing, done, cancelled, customerError or ovhError
 * @param comment OVH's words, often why it failed
 * @param destination where a move goes
 */
public record IpTask(long taskId, String function, String status, String comment, RoutedTo destination) {
    public static final String MOVE = "genericMoveFloatingIp";

    public boolean isRunning() {
        return "init".equals(status) || "todo".equals(status) || "doing".equals(status);
    }

    public boolean isDone() {
        return "done".equals(status);
    }

    public boolean goesTo(String service) {
        return destination != null && service.equals(destination.serviceName());
    }
}
