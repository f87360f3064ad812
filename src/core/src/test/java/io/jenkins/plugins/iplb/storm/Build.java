package io.jenkins.plugins.iplb.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A build that changes a load balancer step by step and refreshes it. What fails, or is stopped, a person starts again
 * some time later: that step, or all of the build.
 */
final class Build {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** All that a storm may do to a run; anything else is a mistake of ours. */
    private static final Set<FailureKind> EXPECTED =
            Set.of(FailureKind.UNAVAILABLE, FailureKind.CONFLICT, FailureKind.TIMEOUT, FailureKind.TASK_FAILED);

    private final FaultStorm storm;
    private final Operations operations;
    private final Site site;
    private final List<Want> wants;
    private final RefreshRequest refresh;
    private final Random random;
    private int step;
    private Throwable lastFailure;

    Build(FaultStorm storm, Operations operations, Site site, Random random) {
        this.storm = storm;
        this.operations = operations;
        this.site = site;
        this.random = random;
        this.wants = random.ints(1 + random.nextInt(3))
                .mapToObj(each -> Want.any(random, site))
                .toList();
        this.refresh = new RefreshRequest(site.service(), zones(), false, true, random.nextInt(20) == 0, null);
    }

    private List<String> zones() {
        return switch (random.nextInt(8)) {
            case 0 -> List.of("gra");
            case 1 -> List.of("rbx");
            case 2 -> Site.ZONES;
            default -> List.of();
        };
    }

    Site site() {
        return site;
    }

    List<Want> wants() {
        return wants;
    }

    /** Whether its refresh makes live what counts in that zone. */
    boolean refreshes(String zone) {
        return refresh.zones().covers(zone);
    }

    @Override
    public String toString() {
        return "%s at step %d of %s and %s: %s".formatted(site.service(), step, wants, refresh, lastFailure);
    }

    void start() {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        Options options = new Options(
                id,
                storm.now().plus(PATIENCE),
                false,
                status -> {},
                Map.of("build", Integer.toString(wants.hashCode())),
                storm.trail().watcher());
        CompletableFuture<Report> operation = isLast()
                ? operations.run(Operation.of(refresh), options)
                : operations.run(wants.get(step).operation(), options);
        // Here and now: who comes later has its way later.
        operation.whenComplete((report, failure) -> storm.notice(() -> {
            if (failure == null) {
                succeeded();
            } else {
                failed(failure);
            }
        }));
        if (random.nextInt(20) == 0) {
            storm.after(random.nextInt(60), () -> operation.cancel(false));
        }
    }

    private boolean isLast() {
        return step == wants.size();
    }

    private void succeeded() {
        if (isLast()) {
            storm.done(this);
            return;
        }
        storm.got(this, wants.get(step));
        step++;
        storm.after(random.nextInt(10), this::start);
    }

    private static boolean isExpected(Throwable failure) {
        // The clock has jumped once more before the call was repeated, or OVH's words about it were lost.
        boolean outOfTime = failure instanceof OvhException e
                && e.status().orElse(0) == 400
                && e.errorCode().map("QUERY_TIME_OUT"::equals).orElse(true);
        return failure instanceof CancellationException
                || outOfTime
                || failure instanceof IplbException e && EXPECTED.contains(e.kind());
    }

    private void failed(Throwable failure) {
        assertThat(isExpected(failure))
                .as("a storm may do this to a run: %s", failure)
                .isTrue();
        storm.failed();
        lastFailure = failure;
        step = random.nextInt(3) == 0 ? 0 : step;
        storm.after(30 + random.nextInt(120), this::start);
    }
}
