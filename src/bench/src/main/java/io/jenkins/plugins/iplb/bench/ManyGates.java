package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Ten thousand gates that wait on fifty load balancers in one JVM, next to ten and to fifty: its threads, how often it
 * asks OVH, and the heap that each gate takes.
 *
 * <p>Each case is a JVM of its own against a sandbox of its own, in real time. The gates arrive while somebody else's
 * refresh runs; when that is through, one refresh of each load balancer serves all of its gates, and it is during this one
 * that the figures are taken: then a gate holds most, namely its plan and its entry in the record.
 *
 * <p>Counted for the heap is all that is alive with the gates and was not before: run, options, state, record, the
 * futures and the operations that each face makes for itself, as well as what is there once (coordinators, connections),
 * which the number of gates divides. What a controller keeps of a build is not in it.
 *
 * <p>The budget of requests is lifted here: with the sixty a minute that are fair for one key, half of them for looks, no
 * number of gates could ask for more.
 *
 * <p>The arguments are how many gates, 10, 50 and 10,000 by themselves, which takes about a quarter of an hour; {@code
 * --histogram} says which classes the heap of the most goes to.
 */
public final class ManyGates {
    private static final int LOAD_BALANCERS = 50;
    private static final int MANY = 10_000;

    /** Longer than it takes to start that many gates, at some milliseconds for the record of each. */
    private static final Duration OTHER_REFRESH = Duration.ofSeconds(15);

    private static final Duration OTHER_REFRESH_PER_GATE = Duration.ofMillis(8);
    private static final Duration OWN_REFRESH = Duration.ofHours(2);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** From the first look at a refresh until a gate looks every ten seconds. */
    private static final Duration SETTLING = Duration.ofSeconds(40);

    private static final Duration MEASURED = Duration.ofMinutes(1);

    private ManyGates() {}

    /** @param records whether each gate keeps a record in a file of its own, as on a controller */
    private record Case(int gates, boolean records) {
        int loadBalancers() {
            return Math.min(gates, LOAD_BALANCERS);
        }
    }

    private record Figures(Case of, long refreshes, int waiting, int threads, long polls, Heap heap) {}

    public static void main(String... arguments) throws IOException, InterruptedException, URISyntaxException {
        List<Integer> numbers = Stream.of(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .map(Integer::valueOf)
                .toList();
        List<Figures> all = new ArrayList<>();
        for (int gates : numbers.isEmpty() ? List.of(10, 50, MANY) : numbers) {
            all.add(measure(new Case(gates, true)));
        }
        all.add(measure(new Case(all.get(all.size() - 1).of().gates(), false)));
        Target.keep("many-gates", table(all));
        if (List.of(arguments).contains("--histogram")) {
            for (Figures each : all.subList(all.size() - 2, all.size())) {
                System.out.println("\nbytes per gate, records %s".formatted(records(each)));
                System.out.println(each.heap().largest(40, each.of().gates()));
            }
        }
    }

    static String service(int number) {
        return "loadbalancer-%016x".formatted(number);
    }

    private static Figures measure(Case of) throws IOException, InterruptedException {
        System.err.println("%,d gates, %s…".formatted(of.gates(), of.records() ? "with records" : "no records"));
        try (Scratch scratch = Scratch.make();
                Sandbox sandbox = Sandbox.builder().world(ManyGates::seeded).start();
                GatesProcess process = new GatesProcess(sandbox, of.records() ? scratch : null)) {
            Heap before = process.heap();
            refreshBySomebodyElse(sandbox.world(), of);
            process.start(of.gates(), of.loadBalancers());
            awaitOwnRefresh(process, of);
            Thread.sleep(SETTLING.toMillis());

            process.watchThreads();
            sandbox.calls().clear();
            long refreshes = refreshes(sandbox.world());
            Thread.sleep(MEASURED.toMillis());
            long polls = sandbox.calls().all().size();
            int threads = process.mostThreads();
            return new Figures(
                    of,
                    refreshes,
                    process.waiting(),
                    threads,
                    polls,
                    process.heap().since(before));
        }
    }

    private static World seeded(World world) {
        for (int i = 0; i < LOAD_BALANCERS; i++) {
            ServiceSeed seed = world.service(service(i)).zones("gra", "rbx");
            long farm = seed.add("tcp/farm", Map.of("zone", "all", "displayName", "web"));
            seed.add("tcp/server", farm, Map.of("address", "192.0.2.10", "status", "active"));
            seed.add("tcp/frontend", Map.of("zone", "all", "port", "443", "defaultFarmId", farm));
            seed.deployed();
        }
        return world;
    }

    /** With something staged after it began, so that the gates need one of their own. */
    private static void refreshBySomebodyElse(World world, Case of) {
        world.refreshTakes(OTHER_REFRESH.plus(OTHER_REFRESH_PER_GATE.multipliedBy(of.gates())));
        services(world).forEach(ServiceSeed::refresh);
        world.refreshTakes(OWN_REFRESH);
        services(world).forEach(seed -> seed.add("tcp/farm", Map.of("zone", "all", "displayName", "new")));
    }

    private static void awaitOwnRefresh(GatesProcess process, Case of) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (process.waiting() < of.gates()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "Only %d of %d gates wait for a refresh".formatted(process.waiting(), of.gates()));
            }
            Thread.sleep(1000);
        }
    }

    /** Those that were asked for by the gates. */
    private static long refreshes(World world) {
        return services(world).mapToLong(seed -> seed.refreshes().size() - 1).sum();
    }

    private static Stream<ServiceSeed> services(World world) {
        return Stream.iterate(0, i -> i + 1).limit(LOAD_BALANCERS).map(i -> world.service(service(i)));
    }

    private static Table table(List<Figures> all) {
        return new Table()
                .row("gates", each(all, figures -> figures.of().gates()))
                .row("load balancers", each(all, figures -> figures.of().loadBalancers()))
                .row("record", each(all, ManyGates::records))
                .row("POST /refresh", each(all, Figures::refreshes))
                .row("gates that wait for it", each(all, Figures::waiting))
                .row("threads of the JVM, at most", each(all, Figures::threads))
                .row("requests in a minute", each(all, Figures::polls))
                .row("bytes of heap per gate", each(all, ManyGates::heapPerGate));
    }

    private static List<?> each(List<Figures> all, Function<Figures, Object> figure) {
        return all.stream().map(figure).toList();
    }

    /** Of few gates it says nothing: what is there once is most of it. */
    private static Object heapPerGate(Figures figures) {
        int gates = figures.of().gates();
        return gates < MANY ? "" : figures.heap().total() / gates;
    }

    private static String records(Figures figures) {
        return figures.of().records() ? "in files" : "none";
    }
}
