package io.jenkins.plugins.iplb.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.ApplicationCredential;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.testing.Interleaver;
import io.jenkins.plugins.iplb.testing.VirtualTimer;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;

/**
 * Many builds on a few load balancers, by several keys and one set of coordinators, while the sandbox does everything
 * wrong that it knows. All of it follows from the seed.
 */
final class FaultStorm implements AutoCloseable {
    private static final int KEYS = 3;
    private static final Duration ARRIVALS = Duration.ofMinutes(10);

    /** So few tries that now and then a run fails, and so much patience that nothing depends on how fast this machine is. */
    private static final Limits LIMITS = new Limits(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            1,
            Duration.ofMinutes(5),
            Duration.ofMillis(1),
            100_000_000);

    /** The clock strikes every five seconds: a deadline is then never a few milliseconds away, which would be real ones. */
    private static final Duration TICK = Duration.ofSeconds(5);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TestClock clock = new TestClock();
    private final AtomicLong calls = new AtomicLong();
    private final VirtualTimer timer = new VirtualTimer(clock);
    private final Random random;
    private final Interleaver threads;
    private final Trail trail;
    private final OkHttpClient http;
    private final Sandbox sandbox;
    private final List<Site> sites;
    private final Map<String, SortedMap<String, String>> wanted = new HashMap<>();
    private final Map<String, Winner> winners = new TreeMap<>();
    private final Set<Build> going = new LinkedHashSet<>();
    private final List<Path> records;
    private int failures;
    private Throwable mistake;

    /** Who had its way with something last. */
    private record Winner(Build build, Want want) {}

    FaultStorm(long seed, double share, int number, Path directory) {
        clock.set(START);
        random = new Random(seed);
        threads = new Interleaver(new Random(random.nextLong()));
        trail = new Trail(threads::pause, calls::incrementAndGet);
        http = new OkHttpClient.Builder().addInterceptor(trail).build();
        // No two calls come at the same time, so that what was staged before a refresh is told from what came after.
        sandbox = Sandbox.builder()
                .clock(() -> clock.instant().plusNanos(1_000 * calls.get()))
                .start();
        sites = Site.in(sandbox.world());
        sites.forEach(site -> wanted.put(site.service(), site.staged(sandbox.world())));
        records = IntStream.range(0, number)
                .mapToObj(build -> directory.resolve("build-" + build + ".json"))
                .toList();
        List<OvhClient> clients = clients();
        Coordinators coordinators = new Coordinators(ticking(), threads);
        for (Path record : records) {
            Operations operations = new Operations(
                    any(clients),
                    trail.of(RecordFile.open(record)),
                    new Waiter(ticking(), threads),
                    coordinators,
                    threads);
            going.add(new Build(this, operations, any(sites), new Random(random.nextLong())));
        }
        sandbox.faults().storm(random.nextLong(), share);
    }

    /** Until every build has what it wants. */
    void run() {
        going.forEach(build -> after(random.nextInt((int) ARRIVALS.toSeconds()), build::start));
        callSupport();
        Instant late = START.plus(Duration.ofDays(2));
        while (threads.next() || timer.next()) {
            assertThat(mistake).as("a mistake").isNull();
            assertThat(clock.instant())
                    .as("the time, and these go on: %s", going)
                    .isBefore(late);
        }
        assertThat(going).as("builds that did not come to their end").isEmpty();
        sandbox.faults().clear();
    }

    /** What hangs, hangs until somebody complains. */
    private void callSupport() {
        sandbox.world().cancelHangingTasks();
        if (!going.isEmpty()) {
            after(15 * 60, this::callSupport);
        }
    }

    // ---- for builds

    Trail trail() {
        return trail;
    }

    Instant now() {
        return clock.instant();
    }

    void after(int seconds, Runnable work) {
        ticking().after(Duration.ofSeconds(seconds), work);
    }

    /** A future would keep what goes wrong here to itself. */
    void notice(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            mistake = e;
        }
    }

    /** A step of a build has come to its good end. */
    void got(Build build, Want want) {
        String service = build.site().service();
        if (want.isMove()) {
            winners.put(want.thing(), new Winner(build, want));
        } else {
            wanted.put(service, want.in(wanted.get(service)));
            winners.put(service + " " + want.thing(), new Winner(build, want));
        }
    }

    /** All of a build has. What it has added is live, then and there. */
    void done(Build build) {
        going.remove(build);
        for (Want want : build.wants()) {
            for (String zone : Site.ZONES) {
                if (build.refreshes(zone) && want.countsIn(zone)) {
                    assertThat(build.site().live(sandbox.world(), zone).keySet())
                            .containsAll(want.things());
                }
            }
        }
    }

    void failed() {
        failures++;
    }

    // ---- what came of it

    int failures() {
        return failures;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    List<Path> records() {
        return records;
    }

    /** Everything is staged as it was wished for last, and nothing else and nothing twice. */
    void assertStaged() {
        for (Site site : sites) {
            assertThat(site.staged(sandbox.world())).as("staged on %s", site).isEqualTo(wanted.get(site.service()));
        }
    }

    /** What a build got last, and refreshed, is live; addresses are where they were moved last. */
    void assertLive() {
        World world = sandbox.world();
        winners.forEach((thing, winner) -> {
            Want want = winner.want();
            if (want.isMove()) {
                assertThat(world.routedTo(want.thing().substring(3)))
                        .as(thing)
                        .contains(winner.build().site().service());
                return;
            }
            for (String zone : Site.ZONES) {
                if (winner.build().refreshes(zone) && want.countsIn(zone)) {
                    SortedMap<String, String> live = winner.build().site().live(world, zone);
                    assertThat(want.in(live)).as("%s in %s", thing, zone).isEqualTo(live);
                }
            }
        });
    }

    @Override
    public void close() {
        threads.close();
        sandbox.close();
        http.connectionPool().evictAll();
    }

    private Timer ticking() {
        return (delay, task) -> {
            long ticks = (delay.toMillis() + TICK.toMillis() - 1) / TICK.toMillis();
            return timer.after(TICK.multipliedBy(ticks), task);
        };
    }

    private List<OvhClient> clients() {
        OvhClients clients = new OvhClients(http, LIMITS, clock);
        ApplicationCredential first = sandbox.credentials().application();
        List<OvhClient> all = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            ApplicationCredential credential = new ApplicationCredential(
                    100 + key,
                    first.applicationKey() + key,
                    first.applicationSecret(),
                    first.consumerKey() + key,
                    first.state(),
                    first.rules(),
                    first.creation(),
                    null);
            sandbox.credentials().put(credential);
            all.add(clients.client(
                    Endpoint.of(sandbox.httpEndpoint().toString()),
                    new ApplicationKeys(
                            credential.applicationKey(), credential.applicationSecret(), credential.consumerKey())));
        }
        return all;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
