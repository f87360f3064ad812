package io.jenkins.plugins.iplb.jenkins.gate;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jvnet.localizer.Localizable;

/**
 * What a load balancer was like when it was last looked at.
 *
 * @param holdsBack why no build may start; empty when it is settled
 */
record GateAnswer(Optional<Localizable> holdsBack) {
    static final GateAnswer SETTLED = new GateAnswer(Optional.empty());

    static GateAnswer looking(String name) {
        return because(Messages._GateAnswer_Looking(name));
    }

    static GateAnswer unknown(String name, String error) {
        return because(Messages._GateAnswer_Unknown(name, error));
    }

    /**
     * What it is like with these.
     *
     * @param refreshes finished ones included
     * @param pending what unsettles it, too
     */
    static GateAnswer of(String name, List<Task> refreshes, List<PendingChange> pending) {
        return refreshes.stream()
                .filter(Task::isRunning)
                .findFirst()
                .map(refresh ->
                        because(Messages._GateAnswer_Refreshing(name, Long.toString(refresh.id()), refresh.progress())))
                .orElseGet(() -> pending.isEmpty() ? SETTLED : pending(name, pending));
    }

    private static GateAnswer pending(String name, List<PendingChange> pending) {
        int number = pending.stream().mapToInt(PendingChange::number).sum();
        String zones = pending.stream().map(PendingChange::zone).collect(Collectors.joining(", "));
        return because(
                number == 1
                        ? Messages._GateAnswer_PendingOne(name, zones)
                        : Messages._GateAnswer_Pending(name, number, zones));
    }

    private static GateAnswer because(Localizable reason) {
        return new GateAnswer(Optional.of(reason));
    }

    boolean isSettled() {
        return holdsBack.isEmpty();
    }
}
