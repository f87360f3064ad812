package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description = "Runs the OVH API in a box, with a load balancer to try things on, until it is interrupted.")
final class SandboxCommand implements Callable<Integer> {
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

    @Option(names = "--state", paramLabel = "FILE", description = "Keep the state in this file across starts.")
    private Path state;

    SandboxCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Sandbox.Builder builder =
                Sandbox.builder().world(DemoWorld::in).httpPort(port).tlsPort(tlsPort);
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

    /** A port that is taken, a state file that is none: nothing that a stack trace would explain better. */
    private static Sandbox start(Sandbox.Builder builder) {
        try {
            return builder.start();
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new IplbException(FailureKind.USAGE, e.getMessage(), e);
        }
    }

    private static void print(Sandbox sandbox, PrintWriter out) {
        SandboxEnvironment.of(sandbox).forEach((name, value) -> out.println("export " + name + "=" + value));
        out.println();
        out.println("# load balancer: " + DemoWorld.SERVICE);
        out.println("# failover IP elsewhere: " + DemoWorld.MOVABLE_IP);
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
