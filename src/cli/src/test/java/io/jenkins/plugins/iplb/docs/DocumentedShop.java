package io.jenkins.plugins.iplb.docs;

import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.util.List;
import java.util.Map;

/** What the documentation speaks of beside what the demo's shop has already. */
public final class DocumentedShop {
    private DocumentedShop() {}

    /** Adds it, and makes all of it live. */
    public static void furnish(ServiceSeed shop) {
        frontend(shop, "https", "8443", shop.id("http/farm", "app"), true);
        frontend(shop, "site", "8080", farm(shop, "web", "web-1", "web-2", "web-3"), false);
        frontend(shop, "preview", "8081", farm(shop, "green", "green-1"), false);
        shop.certificate("www.example.com");
        shop.deployed();
        List.of("gra", "rbx").forEach(zone -> shop.traffic(zone, 20, 20));
    }

    private static void frontend(ServiceSeed shop, String name, String port, long farm, boolean ssl) {
        shop.add(
                "http/frontend",
                Map.of("displayName", name, "port", port, "zone", "all", "ssl", ssl, "defaultFarmId", farm));
    }

    private static long farm(ServiceSeed shop, String name, String... servers) {
        long farm = shop.add("http/farm", Map.of("displayName", name, "port", 8080, "zone", "all"));
        for (int i = 0; i < servers.length; i++) {
            shop.add(
                    "http/server",
                    farm,
                    Map.of(
                            "displayName",
                            servers[i],
                            "address",
                            "192.0.2.%d".formatted((name.equals("web") ? 41 : 51) + i),
                            "status",
                            "active"));
        }
        return farm;
    }
}
