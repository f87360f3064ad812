package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

/**
 * How long after the end of a refresh at OVH its gate opens, for refreshes that take from two seconds to a minute, and how many
 * looks that takes; beside what it would be for a gate that looks after one second, and after half as long again each time, up to
 * ten seconds. In real time, with gates of seven load balancers at once for each length. Takes five minutes.
 */
public final class GateOverhead {
    private static final List<Integer> SECONDS = List.of(2, 5, 10, 20, 30, 60);

    /** Of each length so many, up to a third longer, spread so that none falls in step with a gate. */
    private static final int EACH = 28;

    private static final int AT_ONCE = 7;
    private static final double THIRD = 1 / 3.0;
    private static final double GOLDEN = 0.618;

    private static final String SERVICE = "loadbalancer-7f3a9c21d4e5b6a7";

    private GateOverhead() {}

    private record Opened(Duration after, long looks) {}

    public static void main(String... arguments) throws InterruptedException, ExecutionException {
        Table table = new Table()
                .row(
                        "refresh of",
                        List.of("opens after, ms", "looks", "from one second up to ten: after, ms", "looks"));
        SortedMap<Integer, List<Future<List<Opened>>>> under = new TreeMap<>();
        ExecutorService gates = Executors.newCachedThreadPool();
        try {
            for (int seconds : SECONDS) {
                under.put(
                        seconds,
                        IntStream.range(0, AT_ONCE)
                                .mapToObj(one -> gates.submit(() -> opened(lengths(seconds, one))))
                                .toList());
            }
            for (int seconds : SECONDS) {
                List<Opened> all = new ArrayList<>();
                List<Opened> slower = new ArrayList<>();
                for (int one = 0; one < AT_ONCE; one++) {
                    all.addAll(under.get(seconds).get(one).get());
                    lengths(seconds, one).forEach(length -> slower.add(slower(length)));
                }
                table.row(seconds + " s and more", List.of(after(all), looks(all), after(slower), looks(slower)));
            }
        } finally {
            gates.shutdownNow();
        }
        System.out.println(table);
    }

    private static List<Duration> lengths(int seconds, int one) {
        return IntStream.iterate(one, i -> i < EACH, i -> i + AT_ONCE)
                .mapToObj(i -> Duration.ofMillis(Math.round(seconds * 1000 * (1 + THIRD * (i * GOLDEN % 1)))))
                .toList();
    }

    /** One after the other. */
    private static List<Opened> opened(List<Duration> lengths) throws IOException {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        ExecutorService workers = Executors.newFixedThreadPool(8);
        Timer timer = Timer.on(timers);
        InstantSource clock = InstantSource.system();
        try (Scratch scratch = Scratch.make();
                Sandbox sandbox = Sandbox.builder().start()) {
            ServiceSeed service = sandbox.world().service(SERVICE).zones("gra", "rbx");
            OvhClient client = Budgets.unlimited(sandbox, clock);
            Operations operations = new Operations(
                    client,
                    RecordFile.open(scratch.record()),
                    new Waiter(timer, workers),
                    new Coordinators(timer, workers),
                    workers);
            Build first = new Build(service, 0, operations, clock);
            service.add(
                    "http/frontend",
                    Map.of("zone", "all", "port", "80", "defaultFarmId", service.id("http/farm", "app-0")));
            service.deployed();
            first.refresh().join();
            List<Opened> all = new ArrayList<>();
            for (Duration length : lengths) {
                sandbox.world().refreshTakes(length);
                Build build = new Build(service, all.size() + 1, operations, clock);
                build.change().join();
                sandbox.calls().clear();
                build.refresh().join();
                Instant now = clock.instant();
                List<RefreshTask> refreshes = service.refreshes();
                Instant end = refreshes.get(refreshes.size() - 1).timeline().end();
                long looks = sandbox.calls().all().stream()
                        .filter(call -> call.path().contains("/task"))
                        .count();
                all.add(new Opened(Duration.between(end, now), looks));
            }
            return all;
        } finally {
            timers.shutdownNow();
            workers.shutdownNow();
        }
    }

    /** By arithmetic alone: its requests take no time. */
    private static Opened slower(Duration length) {
        double millis = 0;
        int looks = 0;
        while (millis < length.toMillis()) {
            millis += Math.min(10_000, 1000 * Math.pow(1.5, looks));
            looks++;
        }
        return new Opened(Duration.ofMillis((long) millis).minus(length), looks);
    }

    private static long after(List<Opened> all) {
        return (long) all.stream()
                .mapToLong(each -> each.after().toMillis())
                .average()
                .orElseThrow();
    }

    private static long looks(List<Opened> all) {
        return (long) all.stream().mapToLong(Opened::looks).average().orElseThrow();
    }
}
