package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

/**
 * How long after the end of a refresh at OVH its gate opens, for refreshes that take from two seconds to a minute, and how many
 * looks that takes; beside what it would be for a gate that looks after one second, and after half as long again each time, up to
 * ten seconds. For the long ones time goes four times as fast as the real one, so that requests count for four times what they take.
 * All lengths go side by side, for two minutes.
 */
public final class GateOverhead {
    private static final SortedMap<Integer, Integer> SPEED_BY_SECONDS =
            new TreeMap<>(Map.of(2, 1, 5, 1, 10, 1, 20, 4, 30, 4, 60, 4));

    /** Of each length so many, up to a third longer, spread so that none falls in step with a gate. */
    private static final int EACH = 7;

    private static final double THIRD = 1 / 3.0;
    private static final double GOLDEN = 0.618;

    private static final String SERVICE = "loadbalancer-7f3a9c21d4e5b6a7";

    private GateOverhead() {}

    private record Opened(Duration after, long looks) {}

    public static void main(String... arguments) throws IOException, InterruptedException, ExecutionException {
        Table table = new Table()
                .row(
                        "refresh of",
                        List.of("opens after, ms", "looks", "from one second up to ten: after, ms", "looks"));
        ExecutorService each = Executors.newCachedThreadPool();
        try {
            SortedMap<Integer, Future<List<Long>>> measured = new TreeMap<>();
            SPEED_BY_SECONDS.forEach(
                    (seconds, speed) -> measured.put(seconds, each.submit(() -> measure(speed, seconds))));
            for (Map.Entry<Integer, Future<List<Long>>> one : measured.entrySet()) {
                table.row(one.getKey() + " s and more", one.getValue().get());
            }
        } finally {
            each.shutdownNow();
        }
        System.out.println(table);
    }

    private static List<Long> measure(int speed, int seconds) throws IOException {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        ExecutorService workers = Executors.newFixedThreadPool(8);
        FastTime time = new FastTime(speed, timers);
        try (Scratch scratch = Scratch.make();
                Sandbox sandbox = Sandbox.builder().clock(time).start()) {
            ServiceSeed service = sandbox.world().service(SERVICE).zones("gra", "rbx");
            OvhClient client = Budgets.unlimited(sandbox, time);
            Operations operations = new Operations(
                    client,
                    RecordFile.open(scratch.record()),
                    new Waiter(time, workers),
                    new Coordinators(time, workers),
                    workers);
            Build first = new Build(service, 0, operations, time);
            service.add(
                    "http/frontend",
                    Map.of("zone", "all", "port", "80", "defaultFarmId", service.id("http/farm", "app-0")));
            service.deployed();
            first.refresh().join();
            List<Opened> all = new ArrayList<>();
            List<Opened> slower = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                Duration length = Duration.ofMillis(Math.round(seconds * 1000 * (1 + THIRD * (i * GOLDEN % 1))));
                sandbox.world().refreshTakes(length);
                Build build = new Build(service, seconds * EACH + i, operations, time);
                build.change().join();
                sandbox.calls().clear();
                build.refresh().join();
                Instant now = time.instant();
                List<RefreshTask> refreshes = service.refreshes();
                Instant end = refreshes.get(refreshes.size() - 1).timeline().end();
                long looks = sandbox.calls().all().stream()
                        .filter(call -> call.path().contains("/task"))
                        .count();
                all.add(new Opened(Duration.between(end, now), looks));
                slower.add(slower(length));
            }
            return List.of(after(all), looks(all), after(slower), looks(slower));
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
