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
    FAILOVER("iplb_failover", "ip: 203.0.113.7\nto: $S"),
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
