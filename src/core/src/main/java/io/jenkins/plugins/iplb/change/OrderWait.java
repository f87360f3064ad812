package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.CertificateOrders;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Step;
import java.util.Optional;

/** Waits for the end of an order: until its task is done. */
public final class OrderWait extends TaskWait<OrderState> {
    private static final String ADVICE = "each of the names must lead to the load balancer";

    private final OrderFreeCertificate order;

    public OrderWait(Run run, OrderFreeCertificate order) {
        super(run);
        this.order = order;
    }

    @Override
    Step<OrderState> look(OrderState state) {
        Optional<Task> found = new CertificateOrders(run().ovh(), order.service()).task(state.taskId());
        if (found.isEmpty()) {
            // OVH forgets finished tasks; whether this one had its effect is seen by the certificate.
            return new Step.Done<>(state);
        }
        Task task = found.get();
        if (task.isRunning()) {
            run().taskSeen(TaskKind.CERTIFICATE, task.id(), task.zones(), task.status());
            return later(
                    state,
                    state.polledAgain(),
                    "ordering a certificate for %s: task %d is %s"
                            .formatted(String.join(", ", order.hosts()), task.id(), task.status()));
        }
        run().taskEnded(TaskKind.CERTIFICATE, task.id(), task.zones(), task.status());
        if (!"done".equals(task.status())) {
            throw new IplbException(
                    FailureKind.TASK_FAILED,
                    "no certificate for %s: task %d is %s; %s"
                            .formatted(String.join(", ", order.hosts()), task.id(), task.status(), ADVICE));
        }
        return new Step.Done<>(state);
    }

    /** The id of what was ordered. @throws IplbException when it is not there */
    public long certificate() {
        return new Snapshot(run().ovh(), order.service())
                .certificates().stream()
                        .filter(order::isIt)
                        .map(Certificate::id)
                        .findFirst()
                        .orElseThrow(() -> new IplbException(
                                FailureKind.TASK_FAILED,
                                "the order is over, and there is no certificate for just %s: it was for other names; ask again"
                                        .formatted(String.join(", ", order.hosts()))));
    }

    @Override
    IplbException timedOut(OrderState state) {
        return new IplbException(
                FailureKind.TIMEOUT,
                "the certificate for %s was not there by the deadline; task %d goes on at OVH"
                        .formatted(String.join(", ", order.hosts()), state.taskId()));
    }
}
