package io.jenkins.plugins.iplb.parties;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.Interleaver;
import io.jenkins.plugins.iplb.testing.View;
import io.jenkins.plugins.iplb.testing.VirtualTimer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;

/**
 * Parties that share a load balancer and nothing else: each has its own client, records and turns. One call of one of them at
 * a time gets through to the objects of the load balancer.
 */
final class Meeting {
    private static final List<String> KINDS =
            List.of("http/farm", "http/server", "http/frontend", "http/route", "http/rule");

    private final Sandbox sandbox;
    private final TestClock clock;
    private final OkHttpClient http;
    private final ServiceSeed lb;
    private final List<Party> parties = new ArrayList<>();

    /**
     * @param directory where each has its home
     * @param processes that of each party; empty for this one
     */
    Meeting(
            Sandbox sandbox,
            TestClock clock,
            OkHttpClient http,
            String service,
            Path directory,
            List<Optional<OtherProcess>> processes)
            throws IOException {
        this.sandbox = sandbox;
        this.clock = clock;
        this.http = http;
        this.lb = seed(sandbox, service);
        for (Optional<OtherProcess> process : processes) {
            Path home = Files.createDirectories(directory.resolve("party-" + parties.size()));
            parties.add(new Party(home, process));
        }
    }

    private static ServiceSeed seed(Sandbox sandbox, String service) {
        ServiceSeed lb = sandbox.world().service(service).zones("gra", "rbx");
        long old = lb.add("http/farm", Map.of("displayName", "old", "zone", "all", "port", 8080));
        long site = lb.add(
                "http/frontend", Map.of("displayName", "site", "port", "80", "zone", "all", "defaultFarmId", old));
        lb.add(
                "http/route",
                Map.of("displayName", "there", "frontendId", site, "action", Map.of("type", "reject", "status", 403)));
        return lb.deployed();
    }

    /** All of them want that, until each has its end. @param chance who comes next */
    void all(Wish wish, Random chance) {
        try (Interleaver turns = new Interleaver(chance)) {
            parties.forEach(party -> turns.execute(() -> party.want(wish, turns::pause)));
            // Up to the first call of each, and one of those: they are alike, so that it may be anybody's.
            IntStream.rangeClosed(0, parties.size()).forEach(each -> turns.first());
            while (turns.next()) {
                // Until all have their end.
            }
        }
    }

    List<Party> parties() {
        return parties;
    }

    /** All that there is, without ids. */
    SortedMap<String, String> shape() {
        return View.of(lb::staged);
    }

    /** The ids of all that there is. */
    List<Long> ids() {
        return KINDS.stream()
                .flatMap(kind -> lb.staged(kind).stream())
                .map(Item::id)
                .toList();
    }

    /** One of them. */
    final class Party {
        private final Path home;
        private final Path record;
        private final Optional<OtherProcess> process;
        private RuntimeException failure;

        private Party(Path home, Optional<OtherProcess> process) {
            this.home = home;
            this.record = home.resolve(OtherProcess.RECORD);
            this.process = process;
        }

        private void want(Wish wish, Runnable pause) {
            if (process.isPresent()) {
                process.get().want(wish, lb.name(), home, pause);
            } else {
                run(wish.operation().apply(lb.name()), wish.lists(), pause);
            }
        }

        /** @param pause before each call that is about these lists */
        private void run(Operation.OnLoadBalancer operation, String lists, Runnable pause) {
            VirtualTimer timer = new VirtualTimer(clock);
            OkHttpClient own = http.newBuilder()
                    .addInterceptor(chain -> {
                        if (chain.request().url().encodedPath().contains(lists)) {
                            pause.run();
                        }
                        return chain.proceed(chain.request());
                    })
                    .build();
            Operations operations = new Operations(
                    new OvhClients(own, Bench.LIMITS, clock)
                            .client(Endpoint.of(sandbox.httpEndpoint().toString()), Bench.keys(sandbox)),
                    RecordFile.open(record),
                    new Waiter(timer, Runnable::run),
                    new Coordinators(timer, Runnable::run),
                    Runnable::run);
            try {
                operations.run(operation, options()).join();
                failure = null;
            } catch (CompletionException e) {
                failure = (RuntimeException) e.getCause();
            }
        }

        /** Undoes what it has done, while all others rest. */
        void rollBack() {
            run(new Operation.Undoing(Rollback.of(lb.name(), entries(), false, false)), "no list", () -> {});
            assertThat(failure).isNull();
        }

        private Options options() {
            return new Options(
                    UUID.randomUUID().toString(),
                    clock.instant().plus(Duration.ofHours(1)),
                    false,
                    status -> {},
                    Map.of(),
                    CallObserver.NONE);
        }

        Optional<RuntimeException> failure() {
            return Optional.ofNullable(failure);
        }

        List<RecordedEntry> entries() {
            return Files.exists(record) ? new ArrayList<>(RecordReader.read(record)) : List.of();
        }
    }
}
