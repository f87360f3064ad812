package io.jenkins.plugins.iplb.sandbox.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small shop behind a load balancer: enough for each of OVH's three guides. Everything is live, nothing pending. */
public final class DemoWorld {
    public static final String SERVICE = "loadbalancer-7f3a9c21d4e5b6a7";
    public static final String DEDICATED_SERVER = "ns3012345.ip-203-0-113.eu";
    public static final String MOVABLE_IP = "203.0.113.7/32";
    public static final String ATTACHED_IP = "198.51.100.24/32";

    private DemoWorld() {}

    public static World in(World world) {
        shop(world, SERVICE).displayName("shop");
        world.failoverIp(MOVABLE_IP, DEDICATED_SERVER, SERVICE, DEDICATED_SERVER);
        world.failoverIp(ATTACHED_IP, SERVICE, SERVICE, DEDICATED_SERVER);
        return world;
    }

    /** A load balancer like the shop's, for who needs several. */
    public static ServiceSeed shop(World world, String service) {
        ServiceSeed shop = world.service(service).zones("gra", "rbx");

        long plain = farm(shop, "tcp", Map.of("displayName", "web-http1", "port", 8443), "192.0.2.11", "192.0.2.12");
        farm(shop, "tcp", Map.of("displayName", "web-http2", "port", 8444), "192.0.2.21", "192.0.2.22");
        shop.add(
                "tcp/frontend",
                Map.of("displayName", "https", "port", "443", "zone", "all", "ssl", true, "defaultFarmId", plain));

        long app = farm(
                shop,
                "http",
                Map.of("displayName", "app", "port", 8080, "balance", "roundrobin"),
                "192.0.2.31",
                "192.0.2.32");
        shop.add("http/frontend", Map.of("displayName", "http", "port", "80", "zone", "all", "defaultFarmId", app));

        shop.certificate("www.shop.example");
        return shop.deployed();
    }

    private static long farm(ServiceSeed shop, String protocol, Map<String, Object> fields, String... addresses) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("zone", "all");
        long farm = shop.add(protocol + "/farm", all);
        List.of(addresses)
                .forEach(address ->
                        shop.add(protocol + "/server", farm, Map.of("address", address, "status", "active")));
        return farm;
    }
}
