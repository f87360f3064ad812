package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.api.FailoverIp.RoutedTo;
import java.util.Objects;

/**
 * An operation on a block of addresses; another model than {@link Task}, with other states.
 *
 * @param status init, todo, doing, done, cancelled, customerError or ovhError
 * @param comment OVH's words, often why it failed
 * @param destination where a move goes; null for nowhere: the block is parked
 */
public record IpTask(long taskId, String function, String status, String comment, RoutedTo destination) {
    public static final String MOVE = "genericMoveFloatingIp";

    public boolean isRunning() {
        return "init".equals(status) || "todo".equals(status) || "doing".equals(status);
    }

    public boolean isDone() {
        return "done".equals(status);
    }

    /** @param service null for none */
    public boolean goesTo(String service) {
        return Objects.equals(service, destination == null ? null : destination.serviceName());
    }
}
