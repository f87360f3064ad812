package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.controller.HeldTurns;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Transaction;
import io.jenkins.plugins.iplb.refresh.HeldTurn;
import io.jenkins.plugins.iplb.run.Report;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What the steps of a body know of the transaction that they are in; kept with the program. No record, which that cannot keep. */
final class OpenTransaction implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String name;
    private final String endpoint;
    private final String service;

    /** @param name what the job calls the load balancer */
    OpenTransaction(String id, String name, Target target) {
        this.id = id;
        this.name = name;
        this.endpoint = target.client().endpoint().baseUrl().toString();
        this.service = target.service();
    }

    Transaction transaction() {
        return new Transaction(id, service);
    }

    boolean isAbout(Target target) {
        return service.equals(target.service())
                && endpoint.equals(target.client().endpoint().baseUrl().toString());
    }

    /**
     * Two that wait for each other's load balancer would wait for ever, and what is outside of it would not be undone.
     *
     * @throws InvalidInput for another load balancer
     */
    void mustBeAbout(Target target, String given) {
        if (!isAbout(target)) {
            throw new InvalidInput(
                    "loadBalancer",
                    given,
                    "%s, which the iplbChanges around it is about: what changes another one goes outside of it"
                            .formatted(name));
        }
    }

    /** Does something within its turn, which after a restart its own step has to take first. */
    CompletableFuture<Report> run(Function<HeldTurn, CompletableFuture<Report>> work) {
        CompletableFuture<Report> whole = new CompletableFuture<>();
        HeldTurns.get()
                .of(id)
                .whenCompleteAsync(
                        (turn, failure) -> {
                            if (failure != null) {
                                whole.completeExceptionally(failure);
                            } else if (!whole.isDone()) {
                                begin(whole, turn, work);
                            }
                        },
                        IplbController.get().workers());
        return whole;
    }

    private static void begin(
            CompletableFuture<Report> whole, HeldTurn turn, Function<HeldTurn, CompletableFuture<Report>> work) {
        try {
            CompletableFuture<Report> report = work.apply(turn);
            report.whenComplete((done, failure) -> {
                if (failure == null) {
                    whole.complete(done);
                } else {
                    whole.completeExceptionally(failure);
                }
            });
            whole.whenComplete((done, failure) -> {
                if (whole.isCancelled()) {
                    report.cancel(false);
                }
            });
        } catch (RuntimeException e) {
            whole.completeExceptionally(e);
        }
    }
}
