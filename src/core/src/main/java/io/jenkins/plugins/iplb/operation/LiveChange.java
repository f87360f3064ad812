package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.check.ConnectionCount;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.EmptyWait.Place;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A change, one refresh that makes it live, and the wait for what is to end then. Its entry in the record is open until all of
 * that is over: whoever starts it again goes on where it was. What is pending is made live even where there is nothing to change:
 * an earlier life of it, or somebody else, may have staged that.
 */
final class LiveChange {
    private final Operations operations;
    private final Operation.MakingLive wanted;
    private final Options options;
    private final AtomicReference<CompletableFuture<?>> underWay = new AtomicReference<>();
    private final CompletableFuture<Report> whole = new CompletableFuture<>();
    private volatile List<Place> places = List.of();
    private volatile Optional<Report> refreshed = Optional.empty();

    LiveChange(Operations operations, Operation.MakingLive wanted, Options options) {
        this.operations = operations;
        this.wanted = wanted;
        this.options = options;
    }

    /** @throws InvalidInput for a wait that cannot be over in time */
    CompletableFuture<Report> run() {
        mustBeInTime();
        whole.whenComplete((report, failure) -> {
            if (whole.isCancelled()) {
                underWay.get().cancel(false);
            }
        });
        looked().thenCompose(there -> {
                    places = there;
                    return next(operations.change(wanted, options, this::after));
                })
                .whenComplete((report, failure) -> {
                    if (failure == null) {
                        whole.complete(withRefresh(report));
                    } else {
                        whole.completeExceptionally(
                                failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                });
        return whole;
    }

    private <T> CompletableFuture<T> next(CompletableFuture<T> part) {
        underWay.set(part);
        if (whole.isCancelled()) {
            part.cancel(false);
        }
        return part;
    }

    private void mustBeInTime() {
        Duration patience = Duration.between(operations.now(), options.deadline());
        after().filter(after -> !options.check() && after.duration().compareTo(patience) >= 0)
                .ifPresent(after -> {
                    throw new InvalidInput(
                            Emptying.AFTER,
                            after.time(),
                            "less than all of it may take, which is %d s".formatted(patience.toSeconds()));
                });
    }

    private Optional<Emptying.After> after() {
        return wanted.until().filter(Emptying.After.class::isInstance).map(Emptying.After.class::cast);
    }

    private Optional<Emptying.Counted> counted() {
        return wanted.until().filter(Emptying.Counted.class::isInstance).map(Emptying.Counted.class::cast);
    }

    // ---- before anything is sent

    /** Who cannot be asked, or does not tell, is known before it is taken out. */
    private CompletableFuture<List<Place>> looked() {
        if (counted().isEmpty() || options.check()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return next(operations.places(wanted, counted().get().at(), options.part("look")))
                .thenCompose(this::allowed)
                .thenCompose(there -> operations.asked(() -> {
                    there.forEach(place -> place.count().ask(place.url(), Duration.ofSeconds(10)));
                    return there;
                }));
    }

    private CompletableFuture<List<Place>> allowed(Report look) {
        List<CompletableFuture<Place>> all = new ArrayList<>();
        for (JsonNode each : look.result().path(Operations.PLACES)) {
            URI url = URI.create(each.path("url").textValue());
            all.add(operations
                    .askingAt(url)
                    .thenApply(http -> new Place(each.path("server").textValue(), url, new ConnectionCount(http))));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    // ---- after the change

    private CompletableFuture<Boolean> after(Run run, Plan plan, ObjectNode result) {
        List<String> zones = new ArrayList<>();
        plan.knownResult().path(Plan.ZONES).forEach(zone -> zones.add(zone.textValue()));
        Operation.Refreshing refresh = new Operation.Refreshing(
                new RefreshRequest(wanted.service(), zones, options.check() && plan.changes(), true));
        return interruptible(run, operations.runPart(refresh, options.part(refresh.name())))
                .thenCompose(live -> {
                    refreshed = Optional.of(live);
                    tell(live, result);
                    return options.check()
                            ? CompletableFuture.completedFuture(live.changed())
                            : emptied(run, plan).thenApply(empty -> live.changed());
                });
    }

    private static void tell(Report live, ObjectNode result) {
        List<String> warnings = new ArrayList<>();
        live.result().path("warnings").forEach(each -> warnings.add(each.textValue()));
        Operations.with(warnings, result).set("tasks", live.result().withArray("tasks"));
    }

    private CompletableFuture<?> emptied(Run run, Plan plan) {
        return counted()
                .<CompletableFuture<?>>map(counted -> interruptible(
                        run, operations.wait(new EmptyWait(run.deadline(), places, counted.most()), options)))
                .or(() -> after().flatMap(time -> since(run, plan)
                        .map(since -> interruptible(
                                run,
                                operations.pause(
                                        since.plus(time.duration()), "waiting for what is open to end", options)))))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** When it was out; empty for long ago. */
    private Optional<Instant> since(Run run, Plan plan) {
        boolean isNews = plan.changes()
                || run.earlier().isPresent()
                || refreshed.filter(Report::changed).isPresent();
        return isNews
                ? Optional.of(refreshed
                        .flatMap(Report::entry)
                        .flatMap(operations::ended)
                        .orElseGet(() ->
                                run.earlier().map(RecordedEntry::lastMoment).orElseGet(operations::now)))
                : Optional.empty();
    }

    private static <T> CompletableFuture<T> interruptible(Run run, CompletableFuture<T> part) {
        run.waiting(() -> part.cancel(false));
        return part;
    }

    /** With what the refresh took. */
    private Report withRefresh(Report report) {
        return new Report(
                report.operation(),
                report.service(),
                report.about(),
                report.changed(),
                report.result(),
                report.diff(),
                report.reads() + refreshed.map(Report::reads).orElse(0),
                report.writes() + refreshed.map(Report::writes).orElse(0),
                report.entry().or(() -> refreshed.flatMap(Report::entry)));
    }
}
