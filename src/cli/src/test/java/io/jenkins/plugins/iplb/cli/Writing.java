package io.jenkins.plugins.iplb.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** One of each command that writes, as it is typed, and the keys of its result. */
enum Writing {
    ADD_ROUTE(
            "add-route --service $S --protocol tcp --frontend https --farm web-http2 --name http2 --rule 'protocol is http/2.0'",
            "routeId",
            "ruleIds"),
    ADD_RULE(
            shell -> "add-rule --service $S --protocol tcp --field sni --match is --pattern www.shop.example --route "
                    + shell.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"))),
            "routeId",
            "ruleId"),
    SET_STICKINESS("set-stickiness --service $S --protocol http --farm app --mode cookie", "farmId", "stickiness"),
    MOVE_FAILOVER("move-failover --ip 203.0.113.7 --to $S", "ip", "from", "to", "taskId", "warnings"),
    DEDICATE_FAILOVER(
            "dedicate-failover --service $S --protocol tcp --frontend https --ip 198.51.100.24", "frontendId", "ips"),
    PARK_FAILOVER("park-failover --service $S --ip 198.51.100.24", "ip", "from", "taskId"),
    ENSURE_FRONTEND(
            "ensure-frontend --service $S --protocol http --port 8081 --zone gra --name preprod --farm app",
            "frontendId"),
    ENSURE_FARM(
            "ensure-farm --service $S --protocol http --farm api --zone gra --port 8080 --stickiness cookie", "farmId"),
    ENSURE_SERVER(
            "ensure-server --service $S --protocol http --farm app --address 192.0.2.31 --weight 0",
            "farmId",
            "serverId"),
    REMOVE_ROUTE(
            shell -> {
                route(shell, "old route");
                return "remove-route --service $S --protocol tcp --route 'old route'";
            },
            "routeId"),
    REMOVE_RULE(
            shell -> {
                long route = route(shell, "old rule");
                shell.shop().add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "a.example"));
                return "remove-rule --service $S --protocol tcp --route 'old rule' --says 'sni is a.example'";
            },
            "routeId",
            "ruleIds"),
    REMOVE_FRONTEND(
            shell -> {
                shell.shop()
                        .add(
                                "http/frontend",
                                Map.of(
                                        "port",
                                        "81",
                                        "zone",
                                        "gra",
                                        "displayName",
                                        "old",
                                        "redirectLocation",
                                        "https://a/"));
                return "remove-frontend --service $S --protocol http --frontend old";
            },
            "frontendId"),
    REMOVE_FARM(
            shell -> {
                farm(shell, "old farm");
                return "remove-farm --service $S --protocol tcp --farm 'old farm'";
            },
            "farmId"),
    REMOVE_SERVER(
            shell -> {
                farm(shell, "old server");
                return "remove-server --service $S --protocol tcp --farm 'old server' --address 192.0.2.99";
            },
            "farmId",
            "serverId"),
    REFRESH(
            shell -> {
                shell.shop().add("tcp/farm", Map.of("zone", "all", "displayName", "new"));
                return "refresh --service $S";
            },
            "tasks",
            "pendingBefore",
            "pendingAfter",
            "warnings");

    private final Function<Shell, String> command;
    private final List<String> resultKeys;

    Writing(String command, String... resultKeys) {
        this(shell -> command, resultKeys);
    }

    Writing(Function<Shell, String> command, String... resultKeys) {
        this.command = command;
        this.resultKeys = List.of(resultKeys);
    }

    private static long route(Shell shell, String name) {
        return shell.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"), "displayName", name));
    }

    /** With one server. */
    private static void farm(Shell shell, String name) {
        long farm = shell.shop().add("tcp/farm", Map.of("zone", "gra", "displayName", name));
        shell.shop().add("tcp/server", farm, Map.of("address", "192.0.2.99", "status", "active"));
    }

    /** The command, once what it needs is there. */
    String in(Shell shell) {
        return command.apply(shell);
    }

    List<String> resultKeys() {
        return resultKeys;
    }

    /** The name of the command. */
    String operation() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
