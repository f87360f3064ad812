package io.jenkins.plugins.iplb.ansible;

import java.util.Map;
import java.util.function.Function;

/** One call of each module that writes. */
enum Writing {
    ROUTE("iplb_route", """
            service: $S
            protocol: tcp
            frontend: https
            farm: web-http2
            name: http2
            rules:
              - {field: protocol, match: is, pattern: http/2.0}
            """),
    REDIRECT("iplb_route", """
            service: $S
            protocol: http
            frontend: http
            redirect: https://${host}${path}
            status: '301'
            weight: 7
            """),
    LATER("iplb_route", """
            service: $S
            protocol: http
            farm: app
            name: later
            rules:
              - {field: host, match: is, pattern: beta.shop.example, name: beta}
            """),
    RULE("iplb_rule", runner ->
            """
            service: $S
            protocol: tcp
            route: %d
            field: sni
            match: is
            pattern: www.shop.example
            """.formatted(runner.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"))))),
    FRONTEND("iplb_frontend", """
            service: $S
            protocol: http
            port: 8081
            zone: gra
            name: preprod
            farm: app
            """),
    DEDICATED("iplb_frontend", """
            service: $S
            protocol: tcp
            port: 443
            zone: all
            name: https
            ips: 198.51.100.24
            """),
    SWAP("iplb_frontend", """
            service: $S
            protocol: tcp
            name: https
            farm: web-http2
            """),
    NO_FRONTEND("iplb_frontend", runner -> {
        runner.shop().add("http/frontend", Map.of("port", "8088", "zone", "gra", "displayName", "old"));
        return """
            service: $S
            protocol: http
            name: old
            state: absent
            """;
    }),
    FARM("iplb_farm", """
            service: $S
            protocol: http
            name: green
            zone: all
            port: 8080
            balance: leastconn
            stickiness: sourceIp
            probe: {type: http, url: /health, match: status, pattern: '200', force_ssl: true}
            """),
    STICKINESS("iplb_farm", """
            service: $S
            protocol: http
            name: app
            stickiness: cookie
            """),
    NO_FARM("iplb_farm", """
            service: $S
            protocol: tcp
            name: web-http2
            state: absent
            """),
    SERVER("iplb_server", """
            service: $S
            protocol: http
            farm: app
            address: 192.0.2.33
            weight: 5
            proxy_protocol_version: v2
            """),
    DRAIN("iplb_server", """
            service: $S
            protocol: tcp
            farm: web-http1
            address: 192.0.2.11
            weight: 0
            """),
    NO_SERVER("iplb_server", """
            service: $S
            protocol: tcp
            farm: web-http1
            address: 192.0.2.11
            state: absent
            """),
    NO_ROUTE("iplb_route", runner -> {
        runner.shop().add("http/route", Map.of("displayName", "old", "action", Map.of("type", "reject")));
        return """
            service: $S
            protocol: http
            name: old
            state: absent
            """;
    }),
    NO_RULE("iplb_rule", runner -> {
        long route = runner.shop().add("http/route", Map.of("action", Map.of("type", "reject")));
        runner.shop().add("http/rule", route, Map.of("field", "method", "match", "is", "pattern", "PUT"));
        return """
            service: $S
            protocol: http
            route: %d
            field: method
            match: is
            pattern: PUT
            state: absent
            """.formatted(route);
    }),
    FAILOVER("iplb_failover", "ip: 203.0.113.7\nto: $S"),
    PARKED("iplb_failover", "ip: 198.51.100.24\nservice: $S\nstate: absent"),
    REFRESH("iplb_refresh", runner -> {
        runner.shop().add("tcp/farm", Map.of("zone", "all", "displayName", "new"));
        return "service: $S";
    });

    private final String module;
    private final Function<ModuleRunner, String> arguments;

    Writing(String module, String arguments) {
        this(module, runner -> arguments);
    }

    Writing(String module, Function<ModuleRunner, String> arguments) {
        this.module = module;
        this.arguments = arguments;
    }

    String module() {
        return module;
    }

    /** Its arguments, once what it needs is there. */
    String in(ModuleRunner runner) {
        return arguments.apply(runner);
    }
}
