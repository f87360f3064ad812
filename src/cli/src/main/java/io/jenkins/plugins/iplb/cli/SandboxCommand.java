package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description = "Runs the OVH API in a box, with a load balancer to try things on, until it is interrupted.")
final class SandboxCommand implements Callable<Integer> {
    private static final Duration REFRESH = Duration.ofSeconds(20);

    private final Console console;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "For the API over http. Default: any.")
    private int port;

    @Option(
            names = "--tls-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where the load balancer takes TLS connections. Default: any.")
    private int tlsPort;

    @Option(
            names = "--traffic",
            description =
                    "Carry real traffic through what is deployed: a HAProxy for each zone (Debian's package haproxy),"
                            + " on addresses of the loopback network, with origins in the servers' place that answer with"
                            + " what they see.")
    private boolean traffic;

    @Option(names = "--own-servers", description = "With --traffic: send it to the servers' own addresses.")
    private boolean ownServers;

    @Option(
            names = "--port-shift",
            paramLabel = "N",
            description =
                    "With --traffic: add this to every port of a frontend. Default: 0, or 10000 where the low ports may"
                            + " not be bound.")
    private Integer portShift;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Start with what this change file says in whole, as export writes it, made live, instead of the"
                            + " demo's shop.")
    private String from;

    @Option(
            names = "--from-service",
            paramLabel = "SERVICE",
            description =
                    "Start with what this load balancer has staged, made live; OVH is read, and nothing is changed.")
    private String fromService;

    @Option(
            names = "--zones",
            paramLabel = "ZONE,…",
            split = ",",
            description = "With --from: the zones of the load balancers. Default: those that the file names, or gra.")
    private List<String> zones = List.of();

    @Option(names = "--state", paramLabel = "FILE", description = "Keep the state in this file across starts.")
    private Path state;

    SandboxCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Sandbox.Builder builder =
                Sandbox.builder().world(this::seeded).httpPort(port).tlsPort(tlsPort);
        if (state != null) {
            builder.stateFile(console.machine().workingDirectory().resolve(state));
        }
        if (traffic) {
            builder.traffic(new DataPlane.Options(
                    portShift == null ? OptionalInt.empty() : OptionalInt.of(portShift),
                    ownServers,
                    remark -> console.err().println("sandbox: " + remark)));
        }
        try (Sandbox sandbox = start(builder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
            print(sandbox, console.out());
            if (console.out().checkError()) {
                return ExitCode.DONE; // which nobody can use, as is told
            }
            new CountDownLatch(1).await();
            return ExitCode.DONE;
        }
    }

    private World seeded(World world) {
        if (from == null && fromService == null) {
            return DemoWorld.in(world);
        }
        Function<String, Optional<String>> values =
                name -> Optional.ofNullable(console.machine().environment().get(name));
        Staged staged = from == null
                ? Staged.of(fromService, new Execution(console, CommonOptions.DEFAULT, "sandbox", true))
                : Staged.of(from, console.text("--from", from), values, zones);
        world.restore(staged.world().snapshot());
        return world.refreshTakes(REFRESH);
    }

    /** A port that is taken, a state file that is none: nothing that a stack trace would explain better. */
    private static Sandbox start(Sandbox.Builder builder) {
        try {
            return builder.start();
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new IplbException(FailureKind.USAGE, e.getMessage(), e);
        }
    }

    private void print(Sandbox sandbox, PrintWriter out) {
        SandboxEnvironment.of(sandbox).forEach((name, value) -> out.println("export " + name + "=" + value));
        out.println();
        sandbox.world()
                .inside(() -> List.copyOf(sandbox.world().services()))
                .forEach(service -> out.println("# load balancer: " + service.name()));
        if (from == null && fromService == null) {
            out.println("# failover IP elsewhere: " + DemoWorld.MOVABLE_IP);
        }
        out.println("# over https: " + sandbox.httpsEndpoint() + ", authority: " + sandbox.caFile());
        sandbox.traffic().ifPresent(plane -> {
            plane.listening().forEach(zone -> print(zone, out));
            if (plane.portShift() != 0) {
                out.println("# every port is shifted by " + plane.portShift());
            }
        });
        out.println("# TLS side: iplb check-http2 https://www.shop.example/ --connect-to "
                + SandboxEnvironment.tlsAddress(sandbox) + " --ca " + sandbox.caFile());
    }

    private static void print(DataPlane.Listening zone, PrintWriter out) {
        for (Rendered.Listener listener : zone.listeners()) {
            String ports =
                    listener.ports().stream().map(Rendered.Ports::toString).collect(Collectors.joining(","));
            out.println("# %s: %s frontend %s on %s:%s"
                    .formatted(
                            zone.zone(),
                            listener.frontend().kind().protocol(),
                            listener.frontend().text("displayName"),
                            listener.at().address(),
                            ports));
        }
    }
}
