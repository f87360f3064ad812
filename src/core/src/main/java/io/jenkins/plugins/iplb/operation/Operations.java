package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.Drain;
import io.jenkins.plugins.iplb.change.Execution;
import io.jenkins.plugins.iplb.change.MoveState;
import io.jenkins.plugins.iplb.change.MoveWait;
import io.jenkins.plugins.iplb.change.OrderFreeCertificate;
import io.jenkins.plugins.iplb.change.OrderState;
import io.jenkins.plugins.iplb.change.OrderWait;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.change.Rerouting;
import io.jenkins.plugins.iplb.check.ConnectionsAt;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.Coordinator;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.refresh.HeldTurn;
import io.jenkins.plugins.iplb.refresh.LostRefresh;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.WaitListener;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * Carries operations on load balancers out. It returns at once; what it returns completes with the report, or with an {@link
 * io.jenkins.plugins.iplb.failure.IplbException} when the operation did not come to its end. A {@link
 * RejectedExecutionException} of the workers or of a watcher only leaves it: whoever starts its id again goes on with it.
 */
public final class Operations {
    /** What a look has the places under at which servers tell of themselves. */
    static final String PLACES = "places";

    private final OvhClient client;
    private final Journal journal;
    private final Waiter waiter;
    private final Coordinators coordinators;
    private final Executor workers;
    private final Function<Operation.OnLoadBalancer, Optional<String>> left;
    private final Optional<HeldTurn> turn;
    private final Function<URI, CompletableFuture<OkHttpClient>> asking;

    /**
     * @param coordinators of all operations of this process
     * @param workers run the calls; a wait holds none of them between two looks
     */
    public Operations(OvhClient client, Journal journal, Waiter waiter, Coordinators coordinators, Executor workers) {
        this(client, journal, waiter, coordinators, workers, part -> Optional.empty());
    }

    /** @param left the id under which a process that has died has begun a part of an operation; empty for none */
    public Operations(
            OvhClient client,
            Journal journal,
            Waiter waiter,
            Coordinators coordinators,
            Executor workers,
            Function<Operation.OnLoadBalancer, Optional<String>> left) {
        this(client, journal, waiter, coordinators, workers, left, Optional.empty(), url -> {
            throw new IllegalStateException("nobody has said who may be asked");
        });
    }

    private Operations(
            OvhClient client,
            Journal journal,
            Waiter waiter,
            Coordinators coordinators,
            Executor workers,
            Function<Operation.OnLoadBalancer, Optional<String>> left,
            Optional<HeldTurn> turn,
            Function<URI, CompletableFuture<OkHttpClient>> asking) {
        this.client = client;
        this.journal = journal;
        this.waiter = waiter;
        this.coordinators = coordinators;
        this.workers = workers;
        this.left = left;
        this.turn = turn;
        this.asking = asking;
    }

    /** The same within a turn, for who has it. */
    public Operations within(HeldTurn held) {
        return new Operations(client, journal, waiter, coordinators, workers, left, Optional.of(held), asking);
    }

    /**
     * The same for operations that ask others than OVH.
     *
     * @param http what asks at a URL; fails where it may not
     */
    public Operations asking(Function<URI, CompletableFuture<OkHttpClient>> http) {
        return new Operations(client, journal, waiter, coordinators, workers, left, turn, http);
    }

    /**
     * Waits for the turn of a load balancer, to hold it for longer than one operation. It must be given up in the end.
     *
     * @return completes with it; cancelling it ends the wait
     */
    public CompletableFuture<HeldTurn> hold(Transaction transaction, Options options) {
        HeldTurn held = coordinators.turn(client.endpoint(), transaction.service());
        EntryHeader header = new EntryHeader(
                transaction.id(),
                "transaction",
                transaction.service(),
                client.endpoint().baseUrl(),
                Json.MAPPER.createObjectNode(),
                options.by());
        AmongOthers others = others(transaction.service(), options);
        CompletableFuture<HeldTurn> taken = begun(
                new Turn<>(header, options.deadline(), others, () -> held, held.over()), turns(transaction.service()));
        taken.whenComplete((has, failure) -> {
            if (failure != null) {
                held.giveUp();
            }
        });
        return taken;
    }

    /** Begins an operation, or goes on with the one that has the same id. */
    public CompletableFuture<Report> run(Operation.OnLoadBalancer operation, Options options) {
        if (operation instanceof Operation.Rotating rotating) {
            return new Rotation(this, rotating, options).run();
        }
        if (operation instanceof Operation.MakingLive live) {
            return new LiveChange(this, live, options).run();
        }
        AmongOthers others = others(operation.service(), options);
        Run run = begun(operation, options, others);
        if (operation instanceof Operation.Changing changing) {
            return conduct(
                    run,
                    turns(operation.service()),
                    others,
                    () -> change(run, changing.change(), options, alone(changing.change(), options)));
        }
        if (operation instanceof Operation.Refreshing refreshing) {
            Coordinator coordinator = coordinator(operation.service());
            return conduct(run, workers, others, () -> refresh(run, coordinator, refreshing, options));
        }
        if (operation instanceof Operation.Configuring configuring) {
            return configure(run, () -> configuring, options, others);
        }
        if (operation instanceof Operation.Undoing undoing) {
            HalfMade halfMade = new HalfMade(run.ovh(), undoing.service());
            return configure(run, () -> undoing.what().get().inverse(halfMade::ended), options, others);
        }
        if (operation instanceof Operation.Drifting drifting) {
            return conduct(
                    run,
                    workers,
                    others,
                    () -> CompletableFuture.completedFuture(run.report(false, drift(run, drifting, options))));
        }
        if (operation instanceof Operation.CheckingMetrics checking) {
            return conduct(run, workers, others, () -> metrics(run, checking.proof(), options));
        }
        if (operation instanceof Operation.Reading reading) {
            return conduct(
                    run,
                    workers,
                    others,
                    () -> CompletableFuture.completedFuture(
                            run.report(false, reading.what().apply(new Snapshot(run.ovh(), reading.service())))));
        }
        if (operation instanceof Operation.Deployment) {
            throw new IllegalArgumentException(operation.name() + " is carried out by its course");
        }
        Operation.Showing showing = (Operation.Showing) operation;
        return conduct(run, workers, others, () -> CompletableFuture.completedFuture(show(run, showing)));
    }

    /** What carries a deployment out, or goes on with the one that has the same id. */
    public Course course(Operation.Deployment deployment, Options options) {
        Options named = goingOn(deployment, options);
        return new Course(this, deployment, begun(deployment, named, others(deployment.service(), named)), named);
    }

    /** Makes such a change, with what belongs to it. */
    CompletableFuture<Report> change(Operation.MakingLive live, Options options, Sequel sequel) {
        AmongOthers others = others(live.service(), options);
        Run run = begun(live, options, others);
        return conduct(run, turns(live.service()), others, () -> change(run, live.change(), options, sequel));
    }

    /** Where the servers that it is about tell of their connections; reads only. */
    CompletableFuture<Report> places(Operation.MakingLive live, ConnectionsAt at, Options options) {
        AmongOthers others = others(live.service(), options);
        Run run = begun(live, options, others);
        return conduct(run, workers, others, () -> {
            Snapshot snapshot = new Snapshot(run.ovh(), live.service());
            ArrayNode places = Json.MAPPER.createArrayNode();
            new Changes(run.ovh(), snapshot)
                    .places(((Drain) live.change()).of(), at::of)
                    .forEach((server, url) ->
                            places.addObject().put("server", server).put("url", url.toString()));
            return CompletableFuture.completedFuture(
                    run.report(false, Fields.none().with(PLACES, places).json()));
        });
    }

    CompletableFuture<OkHttpClient> askingAt(URI url) {
        return asking.apply(url);
    }

    /** Asks others than OVH, which takes its time. */
    <T> CompletableFuture<T> asked(Supplier<T> look) {
        return CompletableFuture.supplyAsync(look, workers);
    }

    CompletableFuture<EmptyWait.State> wait(EmptyWait wait, Options options) {
        return waiter.run(wait, new EmptyWait.State(0), listener(state -> {}, options.progress()));
    }

    /** Waits for nothing but the time. */
    CompletableFuture<?> pause(Instant until, String topic, Options options) {
        return waiter.run(new Pause(client.clock(), until, topic), 0, listener(state -> {}, options.progress()));
    }

    Instant now() {
        return client.clock().instant();
    }

    /** When an entry has ended, if it has. */
    Optional<Instant> ended(String entry) {
        return journal.find(entry).map(RecordedEntry::endedAt);
    }

    private AmongOthers others(String service, Options options) {
        return new AmongOthers(
                service,
                () -> coordinators.beforeWrite(client.endpoint(), service),
                options.watcher(),
                options.progress());
    }

    /** Whether it is in the record. */
    boolean isKnown(Options part) {
        return journal.find(part.id()).isPresent();
    }

    /** Begins a part of another operation, or goes on with the one that an earlier life of that has left. */
    CompletableFuture<Report> runPart(Operation.OnLoadBalancer part, Options options) {
        return run(part, goingOn(part, options));
    }

    /** The run of such a part. */
    Run begunPart(Operation.OnLoadBalancer part, Options options) {
        Options named = goingOn(part, options);
        return begun(part, named, others(part.service(), named));
    }

    private Options goingOn(Operation.OnLoadBalancer part, Options options) {
        return options.named(left.apply(part).orElse(options.id()));
    }

    private Run begun(Operation.OnLoadBalancer operation, Options options, AmongOthers others) {
        return new Run(
                new EntryHeader(
                        options.id(),
                        operation.name(),
                        operation.service(),
                        client.endpoint().baseUrl(),
                        operation.wanted().json(),
                        options.by()),
                client,
                journal,
                new Deadline(client.clock(), options.deadline()),
                others);
    }

    /** @param wanted is asked for when its turn has come */
    private CompletableFuture<Report> configure(
            Run run, Supplier<Operation.Configuring> wanted, Options options, AmongOthers others) {
        Executor turns = turns(run.header().service());
        return conduct(run, turns, others, () -> new Configuration(this, run, wanted.get(), options).carriedOut());
    }

    /** What OVH does about a change by itself. */
    private Sequel alone(Change change, Options options) {
        return (run, plan, result) -> options.check()
                ? CompletableFuture.completedFuture(false)
                : settled(change, run, result, options.progress()).thenApply(ended -> false);
    }

    private CompletableFuture<Report> change(Run run, Change change, Options options, Sequel sequel) {
        Changes changes = new Changes(run.ovh(), new Snapshot(run.ovh(), change.service()));
        Plan plan = changes.plan(change);
        List<String> warnings = changes.warnings(change, plan);
        run.planned(plan.about(), plan.before(), plan.diff());
        run.settle(lost -> !plan.needs(lost.method(), lost.path(), lost.body()));
        if (options.check()) {
            ObjectNode known = with(warnings, plan.knownResult());
            return sequel.after(run, plan, known).thenApply(more -> run.report(plan.changes() || more, known));
        }
        if (!warnings.isEmpty()) {
            options.progress().accept(WaitStatus.warning(String.join("; ", warnings)));
        }
        Execution execution = changes.execution(change, plan);
        execution.make();
        if (execution.collection().isPresent()) {
            execution.giveWay(new Snapshot(run.ovh(), change.service()), run::foundInstead);
        }
        execution.notes().forEach(note -> options.progress().accept(WaitStatus.warning(note)));
        ObjectNode result = with(execution.notes(), with(warnings, execution.finish()));
        return sequel.after(run, execution.plan(), result)
                .thenApply(more -> run.finish(
                        execution.plan().changes() || more, execution.plan().after(), result));
    }

    static ObjectNode with(List<String> warnings, ObjectNode result) {
        if (!warnings.isEmpty()) {
            ArrayNode all = result.withArray("warnings");
            warnings.forEach(all::add);
        }
        return result;
    }

    private CompletableFuture<Report> refresh(
            Run run, Coordinator coordinator, Operation.Refreshing refreshing, Options options) {
        run.about(refreshing.request().about());
        Optional<LostRefresh> left = refreshing.kept().isEmpty() ? LostRefresh.of(run) : Optional.empty();
        left.ifPresent(LostRefresh::settle);
        RefreshRequest request = refreshing.request();
        Instant deadline = run.deadline().at();
        RefreshState start = refreshing
                .kept()
                .or(() -> left.flatMap(lost -> lost.left(request, deadline)))
                .orElseGet(() -> RefreshState.start(request, deadline));
        if (options.check()) {
            RefreshState planned = coordinator.plan(run, start);
            return CompletableFuture.completedFuture(run.report(planned.wouldRefresh(), planned.result()));
        }
        return interruptible(run, coordinator.refresh(run, start, listener(refreshing.keep(), options.progress())))
                .thenApplyAsync(
                        end -> {
                            left.ifPresent(LostRefresh::follow);
                            return run.finish(end.refreshed(), end.after(), end.result());
                        },
                        left.isPresent() ? workers : Runnable::run);
    }

    /** What a refresh would do of what is planned. @param ahead the load balancer as it will be then */
    Report planned(Operation.Refreshing refreshing, Snapshot ahead, Options options) {
        Run run = begun(refreshing, options, others(refreshing.service(), options));
        RefreshState start =
                RefreshState.start(refreshing.request(), run.deadline().at());
        RefreshState planned = coordinator(refreshing.service()).plan(run, start, ahead);
        return run.report(planned.wouldRefresh(), planned.result());
    }

    private CompletableFuture<Report> metrics(Run run, MetricsProof proof, Options options) {
        MetricsWait wait = new MetricsWait(run, proof);
        if (options.check()) {
            return CompletableFuture.completedFuture(run.report(false, proof.result(wait.zones(), Map.of())));
        }
        return interruptible(run, waiter.run(wait, MetricsWait.Seen.NOTHING, listener(seen -> {}, options.progress())))
                .thenApply(seen -> run.report(false, proof.result(wait.zones(), seen.measured())));
    }

    private ObjectNode drift(Run run, Operation.Drifting drifting, Options options) {
        Drift drift = new Drift(run, drifting);
        return drifting.file()
                .map(wanted -> drift.from(new Configuration(this, run, wanted, options).changes()))
                .orElseGet(() -> drift.from(drifting.record()));
    }

    private static Report show(Run run, Operation.Showing showing) {
        String service = showing.service();
        Inventory inventory = new Inventory(new Snapshot(run.ovh(), service), new Refreshes(run.ovh(), service));
        return run.report(false, inventory.read(showing.servers()));
    }

    /** The report of the work. Cancelling it stops the run: it sends nothing more, and ends in the record as aborted. */
    private CompletableFuture<Report> conduct(
            Run run, Executor executor, AmongOthers others, Supplier<CompletableFuture<Report>> work) {
        CompletableFuture<Report> report = new CompletableFuture<>();
        begun(
                        new Turn<>(
                                run.header(),
                                run.deadline().at(),
                                others,
                                () -> run.resume()
                                        .map(CompletableFuture::completedFuture)
                                        .orElseGet(work)),
                        executor)
                .thenCompose(Function.identity())
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        report.complete(done);
                    } else {
                        report.completeExceptionally(ended(run, cause(failure)));
                    }
                });
        report.whenComplete((done, failure) -> {
            if (report.isCancelled()) {
                run.stop();
            }
        });
        return report;
    }

    private static <T> CompletableFuture<T> begun(Turn<T> turn, Executor executor) {
        executor.execute(turn);
        return turn.begun;
    }

    /** An operation that may have to wait for others, though not for longer than it has time. */
    private final class Turn<T> implements InTurn.Patient, InTurn.Lasting {
        private final EntryHeader header;
        private final Instant deadline;
        private final AmongOthers others;
        private final Supplier<T> work;
        private final CompletionStage<?> over;
        private final CompletableFuture<T> begun = new CompletableFuture<>();
        private final AtomicBoolean waiting = new AtomicBoolean();

        /** One that is over when its work has begun. */
        Turn(EntryHeader header, Instant deadline, AmongOthers others, Supplier<T> work) {
            this(header, deadline, others, work, CompletableFuture.completedFuture(null));
        }

        /** @param over completes when the next one may begin */
        Turn(EntryHeader header, Instant deadline, AmongOthers others, Supplier<T> work, CompletionStage<?> over) {
            this.header = header;
            this.deadline = deadline;
            this.others = others;
            this.work = work;
            this.over = over;
        }

        @Override
        public void run() {
            if (begun.isDone()) {
                return;
            }
            try {
                begun.complete(work.get());
            } catch (RuntimeException | Error e) {
                begun.completeExceptionally(e);
            }
        }

        @Override
        public CompletionStage<?> over() {
            return over;
        }

        @Override
        public void waits(int others, Runnable now, Duration each) {
            Optional<String> theirs = now instanceof Turn<?> turn ? turn.header.build() : Optional.empty();
            if (!waiting.getAndSet(true)) {
                Runnable patience = coordinators.after(
                        Duration.between(client.clock().instant(), deadline),
                        () -> begun.completeExceptionally(tooLate(theirs)));
                begun.whenComplete((done, failure) -> patience.run());
            }
            this.others.forTurn(others, theirs, each.multipliedBy(others), client.allowance());
        }

        private IplbException tooLate(Optional<String> theirs) {
            return new IplbException(
                    FailureKind.TIMEOUT,
                    "it was not its turn by the deadline: another change of %s had it%s"
                            .formatted(
                                    header.service(),
                                    theirs.map(build -> ", that of " + build).orElse("")));
        }
    }

    /**
     * What failed, or what kept even that from being written down. Workers that take no more work mean that the process
     * ends, not the operation: its entry stays open for who starts the id again.
     */
    static Throwable ended(Run run, RuntimeException failure) {
        if (failure instanceof RejectedExecutionException) {
            return failure;
        }
        try {
            return run.fail(failure);
        } catch (RuntimeException | Error e) {
            e.addSuppressed(failure);
            return e;
        }
    }

    static RuntimeException cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RuntimeException e ? e : new CompletionException(cause);
    }

    /** What OVH does after the calls of a change: moves of addresses and orders of certificates take their time. */
    CompletableFuture<?> settled(Change change, Run run, ObjectNode result, Consumer<WaitStatus> progress) {
        Instant deadline = run.deadline().at();
        if (change instanceof Rerouting move && move.task(result).isPresent()) {
            MoveState start =
                    MoveState.start(move.ip(), move.to(), move.task(result).getAsLong(), deadline);
            return interruptible(run, waiter.run(new MoveWait(run), start, listener(state -> {}, progress)));
        }
        if (change instanceof OrderFreeCertificate order && order.task(result).isPresent()) {
            OrderWait wait = new OrderWait(run, order);
            OrderState start = OrderState.start(order.task(result).getAsLong(), deadline);
            return interruptible(run, waiter.run(wait, start, listener(state -> {}, progress)))
                    .thenApplyAsync(end -> result.put("certificateId", wait.certificate()), workers);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Where that changes, whoever else may have to be kept out: who has a turn waits for no other one. */
    Executor turns(String service) {
        return turn.map(HeldTurn::within)
                .orElseGet(() -> coordinators.of(client.endpoint(), service))
                .inTurn();
    }

    private Coordinator coordinator(String service) {
        return turn.map(HeldTurn::within)
                .filter(within -> within.service().equals(service))
                .orElseGet(() -> coordinators.of(client.endpoint(), service));
    }

    private static <T> CompletableFuture<T> interruptible(Run run, CompletableFuture<T> wait) {
        run.waiting(() -> wait.cancel(false));
        return wait;
    }

    static <S> WaitListener<S> listener(Consumer<S> keep, Consumer<WaitStatus> progress) {
        return new WaitListener<>() {
            @Override
            public void store(S state) {
                keep.accept(state);
            }

            @Override
            public void status(WaitStatus status) {
                progress.accept(status);
            }
        };
    }
}
