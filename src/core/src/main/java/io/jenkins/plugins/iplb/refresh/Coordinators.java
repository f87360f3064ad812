package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The coordinators of one process: one for each load balancer. */
public final class Coordinators {
    private final Timer timer;
    private final Executor workers;
    private final Function<String, Executor> turns;
    private final Map<String, Coordinator> coordinators = new ConcurrentHashMap<>();

    /** @param workers run the calls; a wait holds none of them between two looks */
    public Coordinators(Timer timer, Executor workers) {
        this(timer, workers, loadBalancer -> new InTurn(workers));
    }

    /** @param turns runs, by load balancer, what looks before it writes, so that nobody writes in between */
    public Coordinators(Timer timer, Executor workers, Function<String, Executor> turns) {
        this.timer = timer;
        this.workers = workers;
        this.turns = turns;
    }

    public Coordinator of(Endpoint endpoint, String service) {
        return coordinators.computeIfAbsent(
                endpoint.baseUrl() + " " + service, key -> new Coordinator(service, timer, workers, turns.apply(key)));
    }

    /** Who waits for a refresh now, of whatever load balancer; for each of them in the order in which they came. */
    public List<Waiting> waiting() {
        return coordinators.values().stream()
                .flatMap(coordinator -> coordinator.waiting().stream())
                .toList();
    }
}
