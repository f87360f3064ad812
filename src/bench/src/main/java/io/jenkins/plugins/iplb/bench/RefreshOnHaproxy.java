package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after the end of its task a refresh is live in HAProxy: the load balancer of {@link ManyRoutes}, whose http frontend
 * leads to another farm each time. A request over a new connection every few milliseconds tells when. The argument is how often,
 * 20 by itself.
 */
public final class RefreshOnHaproxy {
    private static final String SERVICE = "loadbalancer-7f3a9c21d4e5b6a7";
    private static final Duration TASK = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private RefreshOnHaproxy() {}

    public static void main(String... arguments) throws IOException {
        int times = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        try (Sandbox sandbox = Sandbox.builder()
                .world(world -> {
                    new ManyRoutes(1).place(world.service(SERVICE).zones("gra", "rbx"));
                    return world.refreshTakes(TASK);
                })
                .traffic(new DataPlane.Options(OptionalInt.empty(), false, System.err::println))
                .start()) {
            ServiceSeed service = sandbox.world().service(SERVICE);
            DataPlane traffic = sandbox.traffic().orElseThrow();
            List<URI> sites = traffic.listening().stream()
                    .map(zone -> zone.listeners().get(0))
                    .map(listener -> URI.create("http://%s:%d/"
                            .formatted(
                                    listener.at().address(),
                                    listener.ports().get(0).first())))
                    .toList();
            long frontend = service.id("http/frontend", "site");
            List<Long> millis = new ArrayList<>();
            for (int i = 1; i <= times; i++) {
                long farm = service.id("http/farm", "farm-" + i % 10);
                service.alter("http/frontend", frontend, Map.of("defaultFarmId", farm));
                RefreshTask task = service.refresh();
                Instant end = task.timeline().end();
                for (URI site : sites) {
                    while (!Long.toString(farm).equals(farmOf(site))) {
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                }
                millis.add(Duration.between(end, Instant.now()).toMillis());
            }
            millis.sort(null);
            System.out.println(new Table()
                    .row(times + " refreshes", List.of("median", "most"))
                    .row(
                            "ms until live in both zones, from the end of the task",
                            List.of(millis.get(times / 2), millis.get(times - 1))));
        }
    }

    private static String farmOf(URI site) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) site.toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        try {
            connection.getInputStream().readAllBytes();
            return connection.getHeaderField("X-Sandbox-Farm");
        } finally {
            connection.disconnect();
        }
    }
}
