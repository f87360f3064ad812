package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Controller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A random story of one load balancer, acted out on a sandbox, and what is true of it at each moment. */
final class Interleaving {
    private static final int BUILDS = 3;
    private static final List<String> ZONES = List.of("gra", "rbx");
    private static final Duration REFRESH = Duration.ofSeconds(2);
    private static final List<Duration> PAUSES =
            List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(700), REFRESH, Duration.ofMinutes(3));

    /** Within so long before a call, by the API's clock, nobody can say what came first; a little more, for the edge. */
    private static final Duration NEAR = Duration.ofSeconds(65);

    private final Sandbox sandbox;
    private final TestClock clock;
    private final String service;
    private final Duration ahead;
    private final Duration call;
    private final Random random;
    private final int length;
    private final Controller controller;
    private final ServiceSeed seed;
    private final List<String> story = new ArrayList<>();

    private final List<Pending> pending = new ArrayList<>();
    private final List<Instant> unseenRefreshes = new ArrayList<>();
    private final List<Long> ownFarms = new ArrayList<>();
    private final List<Long> routes = new ArrayList<>();
    private int named;

    /** @param inDoubt whether a refresh that no record asked for came too shortly before it */
    private record Pending(String zone, boolean own, boolean inDoubt) {}

    Interleaving(
            Sandbox sandbox,
            TestClock clock,
            Path records,
            String service,
            Duration ahead,
            Duration call,
            Random random,
            int longest) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.service = service;
        this.ahead = ahead;
        this.call = call;
        this.random = random;
        this.length = 2 + random.nextInt(longest - 1);
        this.controller = new Controller(sandbox, clock, records, BUILDS, ahead, call);
        sandbox.world().refreshTakes(REFRESH);
        this.seed = sandbox.world().service(service).zones(ZONES.toArray(String[]::new));
        for (String zone : ZONES) {
            long farm = seed.add("tcp/farm", Map.of("zone", zone, "displayName", zone));
            seed.add("tcp/frontend", Map.of("zone", zone, "port", "443", "displayName", zone, "defaultFarmId", farm));
        }
        seed.deployed();
    }

    /** Acts it out. @return what a build makes of what is pending at its end */
    ExplainedChanges run() {
        for (int act = 0; act < length; act++) {
            act();
        }
        int build = random.nextInt(BUILDS);
        Run run = controller.run(build, service);
        ExplainedChanges found =
                SharedRefresh.alone(new RefreshReads(service)).reads().explained(run);
        boolean refused = refuses(build);
        story.add(refused ? "refused" : "not refused");
        if (refused == found.sentences().isEmpty()) {
            throw new AssertionError("refused: %s, but %s: %s".formatted(refused, found, this));
        }
        return found;
    }

    /** What is wrong about that. */
    List<String> faults(ExplainedChanges found) {
        List<String> faults = new ArrayList<>();
        for (String zone : ZONES) {
            long foreign = count(zone, false, false);
            long inDoubt = count(zone, true, true);
            int told = number(found.foreign(), zone);
            int open = number(found.open(), zone);
            if (told + open < foreign) {
                faults.add("%s: %d foreign, %d told, %d open: a foreign change was called own"
                        .formatted(zone, foreign, told, open));
            }
            if (told > foreign || told + open > foreign + inDoubt) {
                faults.add("%s: %d foreign, %d in doubt, %d told, %d open: an own change was called foreign"
                        .formatted(zone, foreign, inDoubt, told, open));
            }
        }
        return faults;
    }

    @Override
    public String toString() {
        return "controller %s ahead, %s a call: %s".formatted(ahead, call, String.join("; ", story));
    }

    private void act() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> change();
            case 4 -> foreignChange();
            case 5, 6 -> refresh();
            case 7 -> foreignRefresh();
            default -> {
                Duration pause = PAUSES.get(random.nextInt(PAUSES.size()));
                story.add(pause.toString());
                clock.advance(pause);
            }
        }
    }

    private void change() {
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        int build = random.nextInt(BUILDS);
        Report report;
        switch (random.nextInt(5)) {
            case 0 -> {
                String mode = stickiness(zone) ? "none" : "sourceIp";
                report = make(build, new SetStickiness(service, Protocol.TCP, reference("farm", zone), mode));
            }
            case 1 -> {
                Fields fields = Fields.none().with("zone", zone);
                report = make(build, new EnsureFarm(service, Protocol.TCP, reference("farm", name()), fields));
                ownFarms.add(report.result().path("farmId").asLong());
            }
            case 2 -> {
                report = make(build, route(zone));
                routes.add(report.result().path("routeId").asLong());
            }
            case 3 -> {
                if (routes.isEmpty()) {
                    return;
                }
                long route = routes.get(random.nextInt(routes.size()));
                zone = zoneOfRoute(route);
                report = make(
                        build,
                        new EnsureRule(
                                service, Protocol.TCP, reference("route", route), Optional.empty(), rule(), null));
            }
            default -> {
                if (ownFarms.isEmpty()) {
                    return;
                }
                long farm = ownFarms.remove(0);
                zone = seed.staged("tcp/farm").stream()
                        .filter(item -> item.id() == farm)
                        .findFirst()
                        .orElseThrow()
                        .text("zone");
                report = make(build, new Remove(service, Protocol.TCP, new Removable.Farm(reference("farm", farm))));
            }
        }
        story.add("build %d: %s in %s".formatted(build, report.operation(), zone));
        pending.add(new Pending(zone, true, isInDoubt()));
    }

    private Report make(int build, Change change) {
        Report report = controller.change(build, change);
        if (!report.changed()) {
            throw new AssertionError("it changed nothing: " + change + " after " + this);
        }
        return report;
    }

    private boolean isInDoubt() {
        return unseenRefreshes.stream().anyMatch(at -> at.plus(NEAR).isAfter(clock.instant()));
    }

    private void foreignChange() {
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        if (random.nextBoolean()) {
            seed.add("tcp/farm", Map.of("zone", zone));
        } else {
            long frontend = seed.id("tcp/frontend", zone);
            Map<String, ?> reject = Map.of("action", Map.of("type", "reject"), "frontendId", frontend);
            routes.add(seed.add("tcp/route", reject));
        }
        story.add("somebody else in " + zone);
        pending.add(new Pending(zone, false, false));
    }

    private void refresh() {
        int build = random.nextInt(BUILDS);
        List<String> zones = random.nextInt(3) == 0 ? List.of(ZONES.get(random.nextInt(ZONES.size()))) : List.of();
        boolean needed = pending.stream().anyMatch(each -> zones.isEmpty() || zones.contains(each.zone()));
        boolean fails = needed && random.nextInt(5) == 0;
        story.add("build %d: %s refresh %s".formatted(build, fails ? "failing" : "good", zones));
        if (fails) {
            sandbox.faults().nextTaskEndsIn(TaskEnding.error);
        }
        try {
            controller.refresh(build, request(zones, ForeignChanges.WARN));
            pending.removeIf(each -> zones.isEmpty() || zones.contains(each.zone()));
        } catch (IplbException e) {
            if (!fails || e.kind() != FailureKind.TASK_FAILED) {
                throw e;
            }
        }
        if (needed) {
            unseenRefreshes.clear();
        }
    }

    private void foreignRefresh() {
        seed.refresh();
        unseenRefreshes.add(clock.instant());
        pending.clear();
        clock.advance(REFRESH);
        story.add("refresh of somebody else");
    }

    private boolean refuses(int build) {
        try {
            controller.checkRefresh(build, request(List.of(), ForeignChanges.REFUSE));
            return false;
        } catch (IplbException e) {
            if (e.kind() != FailureKind.CONFLICT) {
                throw e;
            }
            return true;
        }
    }

    private RefreshRequest request(List<String> zones, ForeignChanges policy) {
        return new RefreshRequest(service, zones, false, true, false, policy);
    }

    private EnsureRoute route(String zone) {
        return new EnsureRoute(
                service,
                Protocol.TCP,
                Optional.of(reference("frontend", zone)),
                new RouteTarget.ToFarm(reference("farm", zone)),
                Optional.empty(),
                name(),
                random.nextBoolean() ? Optional.of(List.of(rule())) : Optional.empty(),
                Map.of());
    }

    private RuleSpec rule() {
        return new RuleSpec("sni", null, "is", false, name() + ".example");
    }

    private boolean stickiness(String zone) {
        return !seed.staged("tcp/farm").stream()
                .filter(item -> item.text("displayName").equals(zone))
                .findFirst()
                .orElseThrow()
                .text("stickiness")
                .isEmpty();
    }

    private String zoneOfRoute(long route) {
        long frontend = seed.staged("tcp/route").stream()
                .filter(item -> item.id() == route)
                .findFirst()
                .orElseThrow()
                .reference("frontendId");
        return ZONES.stream()
                .filter(zone -> seed.id("tcp/frontend", zone) == frontend)
                .findFirst()
                .orElseThrow();
    }

    private String name() {
        return "n" + ++named;
    }

    private long count(String zone, boolean own, boolean inDoubt) {
        return pending.stream()
                .filter(each -> each.zone().equals(zone) && each.own() == own && each.inDoubt() == inDoubt)
                .count();
    }

    private static int number(List<PendingChange> changes, String zone) {
        return changes.stream()
                .filter(each -> each.zone().equals(zone))
                .mapToInt(PendingChange::number)
                .sum();
    }

    private static Reference reference(String kind, Object idOrName) {
        return Reference.parse(kind, idOrName.toString());
    }
}
