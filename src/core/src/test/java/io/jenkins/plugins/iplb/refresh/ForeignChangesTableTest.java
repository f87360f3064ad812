package io.jenkins.plugins.iplb.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.Subject;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Controller;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line of the table in {@code docs/foreign-changes.md}, at two speeds of the API, by clocks that agree and do not. */
@ExtendWith(SandboxExtension.class)
class ForeignChangesTableTest {
    private static final Path DOCUMENT = Path.of("../../docs/foreign-changes.md");
    private static final Pattern ROW = Pattern.compile("\\| (?!---|what)(.+) \\| (.+) \\|");
    private static final Duration LATER = Duration.ofMinutes(2);
    private static final Map<String, Consumer<Story>> STORIES = new LinkedHashMap<>();

    static {
        told("a change", Story::change);
        told("a change, a refresh within the same instant, somebody else's change", story -> {
            story.change();
            story.refresh();
            story.foreignChange();
        });
        told("a change, a refresh, a change", story -> {
            story.change();
            story.refresh();
            story.change();
        });
        told("a change, a refresh of another build, somebody else's change", story -> {
            story.change();
            story.controller.refresh(1, story.request());
            story.foreignChange();
        });
        told("a change of another build", story -> story.controller.change(1, story.stickiness()));
        told("somebody else's change", Story::foreignChange);
        told("a change, somebody else's change", story -> {
            story.change();
            story.foreignChange();
        });
        told("a change, a refresh that fails", story -> {
            story.change();
            story.sandbox.faults().nextTaskEndsIn(TaskEnding.error);
            story.fails(Story::refresh);
        });
        told("a change, a refresh that OVH has forgotten, somebody else's change", story -> {
            story.change();
            story.sandbox.faults().nextTaskEndsIn(TaskEnding.vanish);
            story.refresh();
            story.foreignChange();
        });
        told("a change, a refresh of another zone", story -> {
            story.seed.add("tcp/farm", Map.of("zone", "rbx"));
            story.change();
            story.controller.refresh(0, story.request("rbx"));
        });
        told("a change, somebody else's refresh more than a minute after it, somebody else's change", story -> {
            story.change();
            story.clock.advance(LATER);
            story.foreignRefresh();
            story.foreignChange();
        });
        told("a change, somebody else's refresh at once, somebody else's change", story -> {
            story.change();
            story.foreignRefresh();
            story.foreignChange();
        });
        told("somebody else's refresh, a change at once", story -> {
            story.foreignRefresh();
            story.change();
        });
        told("somebody else's refresh, a change more than a minute after it", story -> {
            story.foreignRefresh();
            story.clock.advance(LATER);
            story.change();
        });
        told("somebody else's refresh, a refresh that saw it, a change at once", story -> {
            story.foreignRefresh();
            story.foreignChange();
            story.refresh();
            story.change();
        });
        told("a change, a refresh of the command with a record of its own, somebody else's change", story -> {
            story.change();
            story.command.refresh(0, story.request());
            story.foreignChange();
        });
        told("a change of the command with a record of its own", story -> story.command.change(0, story.stickiness()));
        told("a change whose record was cut off before its answer, somebody else's change", story -> {
            story.cutOff("set-stickiness", "PUT", "/tcp/farm/" + story.seed.id("tcp/farm", "gra"));
            story.seed.add("tcp/farm", Map.of("zone", "gra"));
            story.foreignChange();
        });
        told("a change, a refresh whose record was cut off before its answer, somebody else's change", story -> {
            story.change();
            story.cutOff("refresh", "POST", "/refresh");
            story.foreignRefresh();
            story.foreignChange();
        });
        told("a change whose answer was lost and whose effect was found", story -> {
            story.sandbox.faults().on("POST", "/**/farm").times(1).cutAfterEffect();
            story.controller.change(0, story.farm("new"));
        });
        told("a change that was sent again since its answer was lost, somebody else's change", story -> {
            story.sandbox.faults().on("PUT", "/**/farm/*").times(1).cutAfterEffect();
            story.change();
            story.foreignChange();
        });
        told("a new route with two rules, somebody else's change", story -> {
            story.controller.change(0, story.route());
            story.foreignChange();
        });
        told("a rule on a route that no record knows", story -> story.ruleOn(story.unknownRoute()));
        told("a rule on a route that is gone, which is somebody else's change", story -> {
            long route = story.unknownRoute();
            story.ruleOn(route);
            story.seed.remove("tcp/route", route);
        });
        told("a frontend that moves from another zone", story -> {
            long farm = story.seed.id("tcp/farm", "gra");
            long frontend = story.seed.add(
                    "tcp/frontend",
                    Map.of("zone", "rbx", "port", "8443", "displayName", "moving", "defaultFarmId", farm));
            story.seed.deployed();
            story.moveFrontend(frontend, "rbx", "gra");
            assertThat(story.found().foreign()).isEmpty();
            assertThat(story.seed.pending()).containsOnlyKeys("gra", "rbx");
        });
        told("a farm that is made and removed", story -> {
            story.controller.change(0, story.farm("short-lived"));
            Reference farm = Reference.parse("farm", "short-lived");
            story.controller.change(1, new Remove(story.service, Protocol.TCP, new Removable.Farm(farm)));
        });
        told("a change a day ago", story -> {
            story.change();
            story.clock.advance(Duration.ofHours(25));
        });
        told(
                "a change and a refresh recorded by a version that kept no task with its call, somebody else's change",
                story -> {
                    story.change();
                    story.refresh();
                    story.foreignChange();
                    story.asOfTheVersionBefore();
                });
        told("a change of a load balancer of the same name at another endpoint, somebody else's change", story -> {
            long farm = story.seed.id("tcp/farm", "gra");
            RecordedEntry sent = story.sent("set-stickiness", "https://other.example/1.0", "PUT", "/tcp/farm/" + farm);
            story.controller.record(0).write(sent.withAnswer(0, call -> call.done(200, null, call.sentAt())));
            story.foreignChange();
        });
    }

    private static void told(String line, Consumer<Story> story) {
        STORIES.put(line, story);
    }

    static Stream<Arguments> lines() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> Arguments.of(row.group(1), row.group(2)));
    }

    @Test
    void everyLineHasItsStory() throws IOException {
        assertThat(lines().map(line -> line.get()[0])).containsExactlyElementsOf(STORIES.keySet());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lines")
    void whoseThePendingChangesAre(
            String line,
            String answer,
            Sandbox sandbox,
            TestClock clock,
            @TempDir(factory = MemoryDirectory.class) Path directory)
            throws IOException {
        for (int call : new int[] {0, 20}) {
            for (int ahead : new int[] {0, 1, 5, -1, -5}) {
                Path records = Files.createTempDirectory(directory, "records");
                Story story = new Story(sandbox, clock, records, Duration.ofSeconds(ahead), Duration.ofMillis(call));
                STORIES.get(line).accept(story);
                assertThat(story.answer())
                        .as("%s: %d s ahead of the API, %d ms a call", line, ahead, call)
                        .isEqualTo(answer);
                assertThat(story.refused()).isEqualTo(answer.contains("foreign") || answer.contains("open"));
            }
        }
    }

    /** A controller, the command on another machine, and somebody in the Control Panel. Pending is what is so in gra. */
    private static final class Story {
        private final Sandbox sandbox;
        private final TestClock clock;
        private final Path records;
        private final Duration ahead;
        private final String service;
        private final ServiceSeed seed;
        private final Controller controller;
        private final Controller command;
        private int changes;

        private Story(Sandbox sandbox, TestClock clock, Path records, Duration ahead, Duration call)
                throws IOException {
            this.sandbox = sandbox;
            this.clock = clock;
            this.records = records;
            this.ahead = ahead;
            this.service = "loadbalancer-" + UUID.randomUUID();
            this.seed = sandbox.world().service(service).zones("gra", "rbx");
            long farm = seed.add("tcp/farm", Map.of("zone", "gra", "displayName", "gra"));
            seed.add("tcp/frontend", Map.of("zone", "gra", "port", "443", "displayName", "gra", "defaultFarmId", farm));
            seed.deployed();
            this.controller = new Controller(sandbox, clock, records, 2, ahead, call);
            Path elsewhere = Files.createDirectory(records.resolve("elsewhere"));
            this.command = new Controller(sandbox, clock, elsewhere, 1, Duration.ZERO, call);
        }

        private void change() {
            controller.change(0, stickiness());
        }

        private Change stickiness() {
            String mode = ++changes % 2 == 1 ? "sourceIp" : "none";
            return new SetStickiness(service, Protocol.TCP, Reference.parse("farm", "gra"), mode);
        }

        private Change farm(String name) {
            Fields fields = Fields.none().with("zone", "gra");
            return new EnsureFarm(service, Protocol.TCP, Reference.parse("farm", name), fields);
        }

        private Change route() {
            return new EnsureRoute(
                    service,
                    Protocol.TCP,
                    Optional.of(Reference.parse("frontend", "gra")),
                    new RouteTarget.ToFarm(Reference.parse("farm", "gra")),
                    Optional.empty(),
                    "new",
                    Optional.of(List.of(rule("one"), rule("two"))),
                    Map.of());
        }

        private static RuleSpec rule(String name) {
            return new RuleSpec("sni", null, "is", false, name + ".example");
        }

        private long unknownRoute() {
            long frontend = seed.id("tcp/frontend", "gra");
            long route = seed.add("tcp/route", Map.of("action", Map.of("type", "reject"), "frontendId", frontend));
            seed.deployed();
            return route;
        }

        private void ruleOn(long route) {
            Reference reference = Reference.parse("route", Long.toString(route));
            controller.change(
                    0, new EnsureRule(service, Protocol.TCP, reference, Optional.empty(), rule("three"), null));
        }

        /** As the version before did it: a frontend stays in its zone now. */
        private void moveFrontend(long id, String from, String to) {
            Run run = controller.run(0, service);
            Fields zone = Fields.none().with("zone", to);
            run.planned(
                    new About(Effect.CHANGED, Subject.of(Kind.FRONTEND, "moving")),
                    Fields.none().with("zone", from).json(),
                    List.of());
            run.ovh().send(new ServiceCalls(service).updateFrontend(Protocol.TCP, id, zone));
            run.finish(true, zone.json(), Fields.none().json());
        }

        private void refresh() {
            controller.refresh(0, request());
        }

        private void foreignChange() {
            seed.add("tcp/farm", Map.of("zone", "gra"));
        }

        private void foreignRefresh() {
            seed.refresh();
            clock.advance(Duration.ofSeconds(20));
        }

        private void fails(Consumer<Story> act) {
            assertThatExceptionOfType(IplbException.class).isThrownBy(() -> act.accept(this));
        }

        /** A call of a build that was killed when it had sent it. */
        private void cutOff(String operation, String method, String path) {
            controller.record(0).write(sent(operation, sandbox.httpEndpoint().toString(), method, path));
        }

        private RecordedEntry sent(String operation, String endpoint, String method, String path) {
            EntryHeader header = new EntryHeader(
                    UUID.randomUUID().toString(),
                    operation,
                    service,
                    URI.create(endpoint),
                    Fields.none().json(),
                    Map.of());
            Instant now = controller.record(0).tick(clock.instant().plus(ahead));
            String call = "/ipLoadbalancing/" + service + path;
            return RecordedEntry.begun(header, now).withCall(RecordedCall.sent(method, call, null, now));
        }

        private void asOfTheVersionBefore() {
            Path record = records.resolve("build-0.json");
            try {
                JsonNode content = Json.MAPPER.readTree(record.toFile());
                for (String field : List.of("ovhDate", "taskId")) {
                    List<JsonNode> calls = content.findParents(field);
                    assertThat(calls).isNotEmpty();
                    calls.forEach(call -> ((ObjectNode) call).remove(field));
                }
                Json.MAPPER.writeValue(record.toFile(), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private ExplainedChanges found() {
            return SharedRefresh.alone(new RefreshReads(service)).reads().explained(controller.run(1, service));
        }

        private String answer() {
            ExplainedChanges found = found();
            int foreign = inGra(found.foreign());
            int open = inGra(found.open());
            List<String> words = new ArrayList<>();
            words.addAll(Collections.nCopies(seed.pending().getOrDefault("gra", 0) - foreign - open, "own"));
            words.addAll(Collections.nCopies(foreign, "foreign"));
            words.addAll(Collections.nCopies(open, "open"));
            return String.join(", ", words);
        }

        private static int inGra(List<PendingChange> changes) {
            return changes.stream()
                    .filter(each -> each.zone().equals("gra"))
                    .mapToInt(PendingChange::number)
                    .sum();
        }

        private boolean refused() {
            try {
                RefreshRequest refuse =
                        new RefreshRequest(service, List.of("gra"), false, true, false, ForeignChanges.REFUSE);
                controller.checkRefresh(1, refuse);
                return false;
            } catch (IplbException e) {
                assertThat(e).hasMessageContaining("pending changes");
                return true;
            }
        }

        private RefreshRequest request(String... zones) {
            return new RefreshRequest(service, List.of(zones), false, true);
        }
    }
}
