package io.jenkins.plugins.iplb.sandbox.testing;

import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Listens to one sandbox and remembers what OVH's description does not allow. */
final class ContractCheck implements Consumer<Exchange> {
    private final Optional<Contract> contract;
    private final AtomicLong checked;
    private final AtomicLong violated;
    private final List<String> violations = new ArrayList<>();

    ContractCheck(Optional<Contract> contract, AtomicLong checked, AtomicLong violated) {
        this.contract = contract;
        this.checked = checked;
        this.violated = violated;
    }

    @Override
    public void accept(Exchange exchange) {
        if (contract.isEmpty() || !exchange.fault().isEmpty()) {
            return;
        }
        checked.incrementAndGet();
        List<String> found = contract.get().violations(exchange).stream()
                .map(violation ->
                        exchange.method() + " " + exchange.rawPath() + " -> " + exchange.outcome() + ": " + violation)
                .toList();
        violated.addAndGet(found.size());
        synchronized (violations) {
            violations.addAll(found);
        }
    }

    List<String> violations() {
        synchronized (violations) {
            return List.copyOf(violations);
        }
    }
}
