package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.Settings;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;

/**
 * The process in which the gates of {@link ManyGates} wait: with what a Jenkins controller has once, and for each gate
 * what a step makes. Does what the lines of its standard input say, and answers each with one line.
 */
final class WaitingGates {
    /** As many as a controller has. */
    private static final int WORKERS = 8;

    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final Timer timer = Timer.on(Executors.newSingleThreadScheduledExecutor());
    private final Waiter waiter = new Waiter(timer, workers);
    private final Coordinators coordinators = new Coordinators(timer, workers);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final InstantSource clock = InstantSource.system();
    private final OvhClient client;
    private final Scratch scratch;
    private final List<Gate> gates = new ArrayList<>();

    /** @param scratch for the records; null to keep none */
    private WaitingGates(Settings settings, Scratch scratch) {
        this.client = new OvhClients(new OkHttpClient(), Budgets.unlimited(), clock)
                .client(settings.endpoint(), settings.credentials());
        this.scratch = scratch;
    }

    /** @param arguments where to keep records; none to keep none */
    public static void main(String... arguments) throws IOException {
        Scratch scratch = arguments.length == 0 ? null : new Scratch(Path.of(arguments[0]));
        WaitingGates gates = new WaitingGates(Settings.find(Map.of(), System.getenv(), List.of()), scratch);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(gates.answer(line.split(" ")));
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String... words) throws IOException {
        return switch (words[0]) {
            case "start" -> start(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "waiting" -> Long.toString(gates.stream().filter(Gate::waits).count());
            case "watch-threads" -> {
                threads.resetPeakThreadCount();
                yield "";
            }
            case "threads" -> Integer.toString(threads.getPeakThreadCount());
            case "heap" -> Heap.live().line();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String start(int number, int loadBalancers) throws IOException {
        for (int i = 0; i < number; i++) {
            gates.add(start(ManyGates.service(i % loadBalancers)));
        }
        return "";
    }

    private Gate start(String service) throws IOException {
        Options options = new Options(
                UUID.randomUUID().toString(),
                clock.instant().plus(Duration.ofHours(3)),
                false,
                status -> {},
                Map.of("build", "deploy-shop #" + gates.size(), "step", "iplbRefresh"),
                CallObserver.NONE);
        Operations operations = new Operations(client, journal(), waiter, coordinators, workers);
        Gate gate = new Gate();
        gate.report = operations.run(
                new Operation.Refreshing(
                        new RefreshRequest(service, List.of(), false, true),
                        Optional.empty(),
                        state -> gate.kept = state),
                options);
        return gate;
    }

    /** Each build's own, as on a controller. */
    private Journal journal() throws IOException {
        return scratch == null ? Journal.none() : RecordFile.open(scratch.record());
    }

    /** What a face holds of a gate while it waits. */
    private static final class Gate {
        private CompletableFuture<Report> report;
        private volatile RefreshState kept;

        /** Whether it waits for the refresh that is to make its changes live. */
        private boolean waits() {
            return kept != null && kept.refreshed() && !report.isDone();
        }
    }
}
