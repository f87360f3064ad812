package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.TurnOrder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The coordinators of one process: one for each load balancer. */
public final class Coordinators {
    private final Timer timer;
    private final Executor workers;
    private final TurnOrder turns;
    private final Map<String, Coordinator> coordinators = new ConcurrentHashMap<>();
    private final Set<HeldTurn> held = ConcurrentHashMap.newKeySet();

    /** @param workers run the calls; a wait holds none of them between two looks */
    public Coordinators(Timer timer, Executor workers) {
        this(timer, workers, loadBalancer -> new InTurn(workers));
    }

    public Coordinators(Timer timer, Executor workers, TurnOrder turns) {
        this.timer = timer;
        this.workers = workers;
        this.turns = turns;
    }

    public Coordinator of(Endpoint endpoint, String service) {
        return of(endpoint.baseUrl().toString(), service);
    }

    private Coordinator of(String endpoint, String service) {
        return coordinators.computeIfAbsent(
                key(endpoint, service), key -> new Coordinator(service, timer, workers, turns.of(key)));
    }

    private static String key(String endpoint, String service) {
        return endpoint + " " + service;
    }

    /** As {@link TurnOrder#beforeWrite}. */
    public void beforeWrite(Endpoint endpoint, String service) {
        turns.beforeWrite(key(endpoint.baseUrl().toString(), service));
    }

    /** A turn of a load balancer, for who goes on to wait for it in {@link Coordinator#inTurn}. */
    public HeldTurn turn(Endpoint endpoint, String service) {
        return turn(of(endpoint, service));
    }

    private HeldTurn turn(Coordinator coordinator) {
        HeldTurn turn = new HeldTurn(new Coordinator(coordinator.service(), timer, workers, new InTurn(workers)));
        held.add(turn);
        turn.over().whenComplete((over, failure) -> held.remove(turn));
        coordinator.keptBy(turn);
        return turn;
    }

    /**
     * Keeps the turn for who has had it in an earlier life of this process.
     *
     * @param endpoint the base URL
     */
    public HeldTurn keepTurn(URI endpoint, String service) {
        Coordinator coordinator = of(endpoint.toString(), service);
        HeldTurn turn = turn(coordinator);
        coordinator.inTurn().execute(new Kept(turn));
        return turn;
    }

    /** Calls back later. @return a handle to call it off */
    public Runnable after(Duration delay, Runnable task) {
        return timer.after(delay, task);
    }

    /** Who waits for a refresh now, of whatever load balancer; for each of them in the order in which they came. */
    public List<Waiting> waiting() {
        return Stream.concat(coordinators.values().stream(), held.stream().map(HeldTurn::within))
                .flatMap(coordinator -> coordinator.waiting().stream())
                .toList();
    }

    /** What lasts until the turn is given up. */
    private record Kept(HeldTurn turn) implements InTurn.Lasting {
        @Override
        public void run() {}

        @Override
        public CompletionStage<?> over() {
            return turn.over();
        }
    }
}
