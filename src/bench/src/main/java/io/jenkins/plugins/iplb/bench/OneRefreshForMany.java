package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Builds that each change one load balancer and want their change live: with one coordinator for all, as on a controller,
 * next to one refresh per build, as tools do it that take turns and know nothing of each other.
 *
 * <p>The first figures are of builds that have staged their changes when the first of them asks for a refresh, the second
 * of builds some of which are still changing then, the third of a refresh for each build.
 *
 * <p>A refresh takes twenty seconds, and time goes ten times as fast as the real one. Requests have no budget here: the
 * changes of a hundred builds alone are worth that of some minutes, however they are refreshed.
 *
 * <p>The arguments are how many builds, 1, 10 and 100 by themselves. Of more than ten nobody is measured who goes one after
 * the other: that takes as many refreshes as there are builds.
 */
public final class OneRefreshForMany {
    private static final int FEW = 10;
    private static final int SPEED = 10;
    private static final int WORKERS = 8;
    private static final Duration REFRESH = Duration.ofSeconds(20);
    private static final String SERVICE = "loadbalancer-7f3a9c21d4e5b6a7";

    private final FastTime time;
    private final ExecutorService workers;
    private final Scratch scratch;

    private OneRefreshForMany(FastTime time, ExecutorService workers, Scratch scratch) {
        this.time = time;
        this.workers = workers;
        this.scratch = scratch;
    }

    /** How the builds go about it. */
    private interface Manner {
        /** @return how long they waited for refreshes, all together */
        Duration run(List<Build> builds, InstantSource clock);
    }

    private record Figures(
            String manner, int builds, long refreshes, long polls, long reads, Duration waited, long live, long told) {}

    public static void main(String... arguments) throws IOException, URISyntaxException {
        List<Integer> numbers = arguments.length == 0
                ? List.of(1, 10, 100)
                : Stream.of(arguments).map(Integer::valueOf).toList();
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try (Scratch scratch = Scratch.make()) {
            OneRefreshForMany benchmark = new OneRefreshForMany(new FastTime(SPEED, timers), workers, scratch);
            List<Figures> all = new ArrayList<>();
            for (int builds : numbers) {
                all.add(benchmark.together("refreshed at once", builds, OneRefreshForMany::refreshedAtOnce));
                all.add(benchmark.together("changed, refreshed at once", builds, OneRefreshForMany::allAtOnce));
                if (builds <= FEW) {
                    all.add(benchmark.apart("one after the other", builds, OneRefreshForMany::oneByOne));
                }
            }
            Target.keep("one-refresh-for-many", table(all));
        } finally {
            timers.shutdownNow();
            workers.shutdownNow();
        }
    }

    private Figures together(String name, int number, Manner manner) throws IOException {
        Coordinators shared = new Coordinators(time, workers);
        return measure(name, number, manner, () -> shared);
    }

    private Figures apart(String name, int number, Manner manner) throws IOException {
        return measure(name, number, manner, () -> new Coordinators(time, workers));
    }

    private Figures measure(String name, int number, Manner manner, Supplier<Coordinators> coordinators)
            throws IOException {
        System.err.printf("%d builds, %s…%n", number, name);
        try (Sandbox sandbox = Sandbox.builder().clock(time).start()) {
            sandbox.world().refreshTakes(REFRESH);
            ServiceSeed service = sandbox.world().service(SERVICE).zones("gra", "rbx");
            OvhClient client = Budgets.unlimited(sandbox, time);
            List<Build> builds = new ArrayList<>();
            for (int i = 1; i <= number; i++) {
                Operations operations = new Operations(
                        client,
                        RecordFile.open(scratch.record()),
                        new Waiter(time, workers),
                        coordinators.get(),
                        workers);
                builds.add(new Build(service, i, operations, time));
            }
            service.add(
                    "http/frontend",
                    Map.of("zone", "all", "port", "80", "defaultFarmId", service.id("http/farm", "app-1")));
            service.deployed();
            Duration waited = manner.run(builds, time);
            return figures(name, sandbox, builds, waited);
        }
    }

    /** Everything is staged before anybody asks for a refresh. */
    private static Duration refreshedAtOnce(List<Build> builds, InstantSource clock) {
        builds.stream().map(Build::change).toList().forEach(CompletableFuture::join);
        Instant start = clock.instant();
        builds.stream().map(Build::refresh).toList().forEach(CompletableFuture::join);
        return Duration.between(start, clock.instant());
    }

    /** Some are still changing when others want to be refreshed. */
    private static Duration allAtOnce(List<Build> builds, InstantSource clock) {
        Instant start = clock.instant();
        builds.stream()
                .map(build -> build.change().thenCompose(changed -> build.refresh()))
                .toList()
                .forEach(CompletableFuture::join);
        return Duration.between(start, clock.instant());
    }

    private static Duration oneByOne(List<Build> builds, InstantSource clock) {
        Duration waited = Duration.ZERO;
        for (Build build : builds) {
            build.change().join();
            Instant start = clock.instant();
            build.refresh().join();
            waited = waited.plus(Duration.between(start, clock.instant()));
        }
        return waited;
    }

    private static Figures figures(String name, Sandbox sandbox, List<Build> builds, Duration waited) {
        List<Exchange> calls = sandbox.calls().all();
        Predicate<Exchange> reads =
                call -> call.method().equals("GET") && !call.path().startsWith("/auth/");
        Predicate<Exchange> polls =
                reads.and(call -> call.path().contains("/task") || call.path().endsWith("/pendingChanges"));
        return new Figures(
                name,
                builds.size(),
                sandbox.calls().count("POST", "/ipLoadbalancing/" + SERVICE + "/refresh"),
                calls.stream().filter(polls).count(),
                calls.stream().filter(reads.and(polls.negate())).count(),
                waited,
                builds.stream().filter(Build::releasedLive).count(),
                builds.stream().filter(Build::toldWhichRefresh).count());
    }

    private static Table table(List<Figures> all) {
        return new Table()
                .row("", each(all, Figures::manner))
                .row("builds", each(all, Figures::builds))
                .row("POST /refresh", each(all, Figures::refreshes))
                .row("looks at tasks and pending changes", each(all, Figures::polls))
                .row("other reads, those of the changes included", each(all, Figures::reads))
                .row(
                        "seconds until all are released",
                        each(all, figures -> figures.waited().toSeconds()))
                .row("released with their change live", each(all, Figures::live))
                .row("told which refresh carried it", each(all, Figures::told));
    }

    private static List<?> each(List<Figures> all, Function<Figures, Object> figure) {
        return all.stream().map(figure).toList();
    }
}
