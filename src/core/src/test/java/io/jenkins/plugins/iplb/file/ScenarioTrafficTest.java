package io.jenkins.plugins.iplb.file;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.testing.TrafficTable;
import io.jenkins.plugins.iplb.sandbox.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenarios of the documentation under traffic that never stops: no request fails, whoever comes while a refresh is under way
 * is answered as before it or as after it, and nobody as before it once it is done. Then all is undone, and it is the same the
 * other way round. What is answered stands in {@code docs/traffic.md}.
 */
class ScenarioTrafficTest {
    /** Of each visitor, in each phase in which nothing changes. */
    private static final int VISITS = 10;

    private static final Duration PAUSE = Duration.ofMillis(15);

    /** Without the key HAProxy refuses the request by itself. */
    private static final Map<String, String> WEBSOCKET =
            Map.of("Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");

    private static final Pattern ID = Pattern.compile("#(\\d+)");

    /** Whose visits are told apart: what a visitor asks for, and from where. */
    private record Visit(String page, String shown, int port, Function<Asking, String> asking) {}

    /** A visitor on the load balancer's address, and one who says where it comes from. */
    private record Asking(String url, Visitor visitor, Visitor door) {
        String get(String path) {
            return get(path, Map.of());
        }

        String get(String path, Map<String, String> headers) {
            return shown(send(visitor.anew(), path, headers));
        }

        String getFrom(String source, String path) {
            return shown(send(door.from(source), path, Map.of()));
        }

        String certificate(String path) {
            return send(visitor.anew(), path, Map.of()).issuer();
        }

        private Visitor.Answer send(Visitor who, String path, Map<String, String> headers) {
            Request.Builder request = new Request.Builder().url(url + path);
            headers.forEach(request::header);
            return who.send(request.build());
        }

        private String shown(Visitor.Answer answer) {
            if (answer.status() != 200) {
                return answer.status()
                        + (answer.headers().get("Location") == null
                                ? ""
                                : " " + answer.headers().get("Location"));
            }
            return "#" + answer.headers().get("X-Sandbox-Farm")
                    + (answer.protocol() == okhttp3.Protocol.HTTP_2 ? ", HTTP/2" : "")
                    + (answer.headers().get("Set-Cookie") == null ? "" : ", a cookie")
                    + (answer.json().has("proxyProtocol") ? ", PROXY protocol" : "");
        }
    }

    private static List<Visit> visits() {
        return List.of(
                visit("additional-ip.md", 80, "/", each -> each.get("/")),
                visit("blue-green.md", 8088, "/", each -> each.get("/")),
                visit("by-path.md", 80, "/", each -> each.get("/")),
                visit("by-path.md", 80, "/api/cart", each -> each.get("/api/cart")),
                visit("by-path.md", 80, "/logo.png", each -> each.get("/logo.png")),
                visit("certificate.md", 443, "the certificate is by", each -> each.certificate("/")),
                visit("http2-by-route.md", 443, "/", each -> each.get("/")),
                visit("http2.md", 8443, "/", each -> each.get("/")),
                visit("redirect-to-https.md", 80, "/cart", each -> each.get("/cart")),
                visit("refuse-by-source.md", 80, "/", each -> each.get("/")),
                visit("refuse-by-source.md", 80, "/, from 198.51.100.7", each -> each.getFrom("198.51.100.7", "/")),
                visit("refuse-by-source.md", 80, "/wp-login.php", each -> each.get("/wp-login.php")),
                visit(
                        "refuse-by-source.md",
                        80,
                        "/wp-login.php, from 192.0.2.7",
                        each -> each.getFrom("192.0.2.7", "/wp-login.php")),
                visit("smtp.md", 25, "a connection", each -> each.get("/")),
                visit("stickiness.md", 80, "/", each -> each.get("/")),
                visit("vrack.md", 80, "/", each -> each.get("/")),
                visit("vrack.md", 80, "/admin/, from 192.0.2.7", each -> each.getFrom("192.0.2.7", "/admin/")),
                visit("websocket.md", 80, "/", each -> each.get("/")),
                visit("websocket.md", 80, "/, an upgrade", each -> each.get("/", WEBSOCKET)));
    }

    private static Visit visit(String page, int port, String shown, Function<Asking, String> asking) {
        return new Visit(page, shown, port, asking);
    }

    @Test
    void nobodyIsLostWhileAScenarioIsAppliedAndUndone(@TempDir Path folder) throws Exception {
        Haproxy.assumeInstalled();
        TrafficTable table = new TrafficTable("scenarios", getClass(), "scenario", "request", "before", "after");
        for (String name : ScenarioPage.names()) {
            List<Visit> visits =
                    visits().stream().filter(visit -> visit.page().equals(name)).toList();
            assertThat(visits).as("visits of %s", name).isNotEmpty();
            List<Visitors> seen =
                    underTraffic(ScenarioPage.named(name), visits, Files.createDirectory(folder.resolve(name)));
            for (Visitors each : seen) {
                String before = each.only(Phase.BEFORE);
                String after = each.only(Phase.AFTER);
                assertThat(each.only(Phase.UNDONE)).isEqualTo(before);
                assertThat(List.of(before, after)).containsAll(each.answers(Phase.APPLYING));
                assertThat(List.of(before, after)).containsAll(each.answers(Phase.UNDOING));
                table.row("[%s](scenarios/%s)".formatted(name.replace(".md", ""), name), each.shown(), before, after);
            }
            System.out.printf("under traffic: %s: %s%n", name, counted(seen));
        }
        table.mustBeDocumented();
    }

    private static String counted(List<Visitors> seen) {
        return String.join(
                ", ",
                Arrays.stream(Phase.values())
                        .map(phase -> "%d %s"
                                .formatted(
                                        seen.stream()
                                                .mapToInt(each -> each.count(phase))
                                                .sum(),
                                        phase.shown))
                        .toList());
    }

    private static List<Visitors> underTraffic(ScenarioPage page, List<Visit> visits, Path folder) throws Exception {
        TestClock clock = new TestClock();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Sandbox sandbox = Sandbox.builder()
                .clock(clock)
                .world(ScenarioTrafficTest::inOneZone)
                .traffic(new DataPlane.Options(OptionalInt.empty(), false, remark -> {}))
                .start()) {
            Bench bench = new Bench(sandbox, clock, folder);
            page.prepare(bench);
            // Whatever refresh brings HTTP/2 to frontends that do TLS, and the one that undoes is not to differ by
            // that.
            bench.refresh(new RefreshRequest(SERVICE, List.of(), true, true));
            bench.forgetRecord();
            Phases phases = new Phases();
            List<Visitors> all = new ArrayList<>();
            for (Visit visit : visits) {
                all.add(new Visitors(visit, sandbox, bench, phases));
            }
            CompletableFuture<?>[] running = all.stream()
                    .map(each -> CompletableFuture.runAsync(each, threads))
                    .toArray(CompletableFuture[]::new);
            enough(all, Phase.BEFORE);
            phases.now = Phase.APPLYING;
            bench.ended(bench.operations().run(page.wanted(), bench.options(false)));
            all.forEach(each -> each.learn(bench));
            phases.now = Phase.AFTER;
            enough(all, Phase.AFTER);
            phases.now = Phase.UNDOING;
            bench.ended(bench.operations()
                    .run(new Operation.Undoing(Rollback.of(bench.entries(), false, true)), bench.options(false)));
            phases.now = Phase.UNDONE;
            enough(all, Phase.UNDONE);
            phases.now = null;
            CompletableFuture.allOf(running).get(1, TimeUnit.MINUTES);
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static World inOneZone(World world) {
        DemoWorld.in(Bench.quick(world)).service(SERVICE).zones("gra");
        return world;
    }

    private static void enough(List<Visitors> all, Phase phase) throws InterruptedException {
        for (Visitors each : all) {
            assertThat(each.enough.get(phase).await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private enum Phase {
        BEFORE("before"),
        APPLYING("while it is applied"),
        AFTER("after"),
        UNDOING("while it is undone"),
        UNDONE("then");

        private final String shown;

        Phase(String shown) {
            this.shown = shown;
        }

        private boolean changes() {
            return this == APPLYING || this == UNDOING;
        }
    }

    private static final class Phases {
        private volatile Phase now = Phase.BEFORE;
    }

    /** One after the other, each over a connection of its own. */
    private static final class Visitors implements Runnable {
        private final Visit visit;
        private final Phases phases;
        private final Asking asking;
        private final Map<Phase, ConcurrentLinkedQueue<String>> answers = new HashMap<>();
        private final Map<Phase, CountDownLatch> enough = new HashMap<>();
        private final Map<String, String> farms = new HashMap<>();

        Visitors(Visit visit, Sandbox sandbox, Bench bench, Phases phases) throws IOException {
            this.visit = visit;
            this.phases = phases;
            Arrays.stream(Phase.values()).forEach(phase -> {
                answers.put(phase, new ConcurrentLinkedQueue<>());
                enough.put(phase, new CountDownLatch(VISITS));
            });
            learn(bench);
            DataPlane traffic = sandbox.traffic().orElseThrow();
            Site.Listen at = traffic.listening().stream()
                    .flatMap(each -> each.listeners().stream())
                    .map(Rendered.Listener::at)
                    .findFirst()
                    .orElseThrow();
            String trusted = Files.readString(sandbox.caFile());
            asking = new Asking(
                    "%s://www.shop.example:%d"
                            .formatted(
                                    Set.of(443, 8443).contains(visit.port()) ? "https" : "http",
                                    visit.port() + traffic.portShift()),
                    Visitor.at(at.address(), trusted, ScenarioPage.CERTIFICATE.certificatePem())
                            .trustingAnyName(),
                    Visitor.at(at.door(), trusted));
        }

        /** Which farms there are, by their ids. */
        void learn(Bench bench) {
            Snapshot now = new Snapshot(bench.session(), SERVICE);
            Stream.of(Protocol.HTTP, Protocol.TCP)
                    .flatMap(protocol -> now.farms(protocol).stream())
                    .forEach(farm -> farms.put(Long.toString(farm.farmId()), farm.displayName()));
        }

        @Override
        public void run() {
            for (Phase begun = phases.now; begun != null; begun = phases.now) {
                String answer = answer();
                Phase ended = phases.now;
                Phase during = begun.changes() || ended == null ? begun : ended;
                answers.get(during).add(answer);
                enough.get(during).countDown();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        private String answer() {
            try {
                return visit.asking().apply(asking);
            } catch (UncheckedIOException e) {
                return e.getCause() instanceof ConnectException ? "nobody listens" : "no answer";
            } catch (RuntimeException e) {
                return e.toString();
            }
        }

        String shown() {
            return visit.shown();
        }

        Set<String> answers(Phase phase) {
            return answers.get(phase).stream().map(this::named).collect(Collectors.toCollection(TreeSet::new));
        }

        String only(Phase phase) {
            assertThat(answers(phase)).as("%s, %s", visit, phase).hasSize(1);
            return named(answers.get(phase).peek());
        }

        private String named(String answer) {
            return ID.matcher(answer).replaceAll(id -> farms.get(id.group(1)));
        }

        int count(Phase phase) {
            return answers.get(phase).size();
        }
    }
}
