package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A build that changes a farm of its own, and then wants the change live. */
final class Build {
    private static final String FARM = "http/farm";
    private static final Duration TIMEOUT = Duration.ofHours(3);

    private final ServiceSeed service;
    private final String farm;
    private final Operations operations;
    private final InstantSource clock;
    private boolean releasedLive;
    private boolean toldWhichRefresh;

    Build(ServiceSeed service, int number, Operations operations, InstantSource clock) {
        this.service = service;
        this.farm = "app-" + number;
        this.operations = operations;
        this.clock = clock;
        service.add(FARM, Map.of("zone", "all", "displayName", farm, "port", 8080));
    }

    CompletableFuture<Report> change() {
        return operations.run(
                Operation.of(new SetStickiness(service.name(), Protocol.HTTP, Reference.parse("farm", farm), "cookie")),
                options());
    }

    CompletableFuture<Report> refresh() {
        return operations
                .run(Operation.of(new RefreshRequest(service.name(), List.of(), false, true)), options())
                .whenComplete((report, failure) -> {
                    releasedLive = report != null && isLive("gra") && isLive("rbx");
                    toldWhichRefresh =
                            report != null && !report.result().path("tasks").isEmpty();
                });
    }

    /** Whether its change was live in each zone when it was released. */
    boolean releasedLive() {
        return releasedLive;
    }

    boolean toldWhichRefresh() {
        return toldWhichRefresh;
    }

    private boolean isLive(String zone) {
        return service.live(zone, FARM).stream()
                .filter(item -> item.text("displayName").equals(farm))
                .anyMatch(item -> item.text("stickiness").equals("cookie"));
    }

    private Options options() {
        return new Options(
                UUID.randomUUID().toString(),
                clock.instant().plus(TIMEOUT),
                false,
                status -> {},
                Map.of("build", farm),
                CallObserver.NONE);
    }
}
