package io.jenkins.plugins.iplb.storm;

import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.testing.View;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** One of the load balancers of a storm, each with the same things in it. */
record Site(String service, List<String> attachedIps) {
    static final int MANY = 5;
    static final List<String> ZONES = List.of("gra", "rbx");
    static final List<String> MOVABLE_IPS =
            List.of("203.0.113.1/32", "203.0.113.2/32", "203.0.113.3/32", "203.0.113.4/32");

    private static final String SERVER = "ns3012345.ip-203-0-113.eu";

    /** All of them, and the addresses that move between them. */
    static List<Site> in(World world) {
        List<Site> sites = IntStream.range(0, MANY)
                .mapToObj(number -> new Site(
                        "loadbalancer-%016x".formatted(0x5107 + number),
                        List.of("198.51.100.%d1/32".formatted(number + 1), "198.51.100.%d2/32".formatted(number + 1))))
                .toList();
        sites.forEach(site -> site.seed(world));
        String[] destinations = sites.stream().map(Site::service).toArray(String[]::new);
        MOVABLE_IPS.forEach(ip -> world.failoverIp(ip, SERVER, destinations));
        return sites;
    }

    private void seed(World world) {
        ServiceSeed lb = world.service(service).zones(ZONES.toArray(String[]::new));
        attachedIps.forEach(ip -> world.failoverIp(ip, service, service));
        for (String farm : List.of("t1", "t2")) {
            lb.add("tcp/farm", Map.of("displayName", farm, "zone", "all", "port", 8443));
        }
        for (String farm : List.of("h1", "h2")) {
            lb.add("http/farm", Map.of("displayName", farm, "zone", "all", "port", 8080));
        }
        long https = frontend(lb, "tcp", "https", "443", "t1");
        frontend(lb, "http", "http", "80", "h1");
        for (String route : List.of("seeded", "mended")) {
            long id = lb.add(
                    "tcp/route",
                    Map.of(
                            "displayName",
                            route,
                            "frontendId",
                            https,
                            "action",
                            Map.of("type", "farm", "target", "" + lb.id("tcp/farm", "t2"))));
            lb.add("tcp/rule", id, Map.of("field", "sni", "match", "is", "pattern", route + ".shop.example"));
        }
        lb.deployed();
    }

    private static long frontend(ServiceSeed lb, String protocol, String name, String port, String farm) {
        return lb.add(
                protocol + "/frontend",
                Map.of(
                        "displayName",
                        name,
                        "port",
                        port,
                        "zone",
                        "all",
                        "defaultFarmId",
                        lb.id(protocol + "/farm", farm)));
    }

    SortedMap<String, String> staged(World world) {
        return View.of(world.service(service)::staged);
    }

    SortedMap<String, String> live(World world, String zone) {
        return View.of(kind -> world.service(service).live(zone, kind));
    }
}
