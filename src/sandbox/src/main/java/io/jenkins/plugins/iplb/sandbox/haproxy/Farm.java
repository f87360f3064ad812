package io.jenkins.plugins.iplb.sandbox.haproxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One http or tcp farm in a zone, and its servers. */
final class Farm {
    private final Configuration deployed;
    private final Item item;
    private final Site site;
    private final OptionalInt frontendPort;

    /** @param frontendPort the first port of the first frontend that leads here: for what needs one, and is told of none */
    Farm(Configuration deployed, Item item, Site site, OptionalInt frontendPort) {
        this.deployed = deployed;
        this.item = item;
        this.site = site;
        this.frontendPort = frontendPort;
    }

    static String name(Protocol protocol, long id) {
        return protocol + "-farm-" + id;
    }

    static String name(Item server) {
        return "server-" + server.id();
    }

    static String chainFile(Item server) {
        return "chain-" + server.id() + ".pem";
    }

    private boolean hasCookie() {
        return item.text("stickiness").equals("cookie");
    }

    void render(Lines out) {
        Protocol protocol = item.kind().protocol();
        out.section(
                "%s farm %d %s"
                        .formatted(protocol, item.id(), Frontend.displayName(item))
                        .strip(),
                "backend " + name(protocol, item.id()));
        out.line("mode", protocol.name());
        out.line("balance", item.fields().path("balance").isTextual() ? item.text("balance") : "roundrobin");
        if (hasCookie()) {
            out.line("cookie SERVERID insert indirect nocache");
        } else if (item.text("stickiness").equals("sourceIp")) {
            out.line("stick-table type ip size 100k expire 30m");
            out.line("stick on src");
        }
        Probe probe = new Probe(item.fields().path("probe"));
        boolean own = servers().stream().anyMatch(server -> standIn(server).isEmpty());
        if (own) {
            probe.render(out);
        }
        servers().forEach(server -> server(out, server, probe));
    }

    /** None where the farm does not live in the zone. */
    List<Item> servers() {
        return site.has(item) ? deployed.children(item).toList() : List.of();
    }

    /** Where a server is reached: its own port, its farm's, or that of the frontend. */
    OptionalInt port(Item server) {
        for (Item each : List.of(server, item)) {
            if (each.fields().path("port").isInt()) {
                return OptionalInt.of(each.fields().path("port").asInt());
            }
        }
        return OptionalInt.empty();
    }

    private Optional<String> standIn(Item server) {
        OptionalInt port = port(server);
        return site.standIns().of(server, port.isPresent() ? port.getAsInt() : frontendPort.orElse(80));
    }

    private void server(Lines out, Item server, Probe probe) {
        Optional<String> standIn = standIn(server);
        List<String> words = new ArrayList<>(List.of("server", name(server), standIn.orElseGet(() -> address(server))));
        JsonNode weight = server.fields().path("weight");
        words.add("weight " + (weight.isInt() ? weight.asInt() : 1));
        if (hasCookie()) {
            JsonNode cookie = server.fields().path("cookie");
            words.add("cookie " + Words.word(cookie.isTextual() ? cookie.asText() : "server-" + server.id()));
        }
        if (server.flag("backup")) {
            words.add("backup");
        }
        if (!server.text("status").equals("active")) {
            words.add("disabled");
        }
        if (!proxy(server).isEmpty()) {
            words.add(proxy(server));
        }
        if (server.flag("ssl")) {
            words.add(
                    hasChain(server) && standIn.isEmpty()
                            ? "ssl verify required ca-file " + Words.word(site.folder() + "/" + chainFile(server))
                            : "ssl verify none");
        }
        if (server.text("onMarkedDown").equals("shutdown-sessions")) {
            words.add("on-marked-down shutdown-sessions");
        }
        if (server.flag("probe")) {
            words.add(standIn.isPresent() ? "check inter 30s fall 2 rise 1" : check(server, probe));
        }
        out.line(words.toArray(String[]::new));
    }

    static boolean hasChain(Item server) {
        return server.flag("ssl") && server.fields().path("chain").isTextual();
    }

    /** Without a port of its own, that of the client's connection, without what it is shifted by. */
    private String address(Item server) {
        OptionalInt port = port(server);
        String shifted = site.portShift() == 0 ? "" : ":-" + site.portShift();
        return server.text("address") + (port.isPresent() ? ":" + port.getAsInt() : shifted);
    }

    private String check(Item server, Probe probe) {
        boolean unknown = port(server).isEmpty();
        OptionalInt port = probe.port();
        if (port.isEmpty() && unknown) {
            port = OptionalInt.of(frontendPort.orElse(80));
        }
        // Another port takes the server's TLS and PROXY protocol off the probe, as the guide says and HAProxy does.
        return "check inter %ds fall 2 rise 1%s%s"
                .formatted(
                        probe.interval(),
                        port.isPresent() ? " port " + port.getAsInt() : "",
                        probe.isForcedToTls() ? " check-ssl verify none" : "");
    }

    static String proxy(Item server) {
        return switch (server.text("proxyProtocolVersion")) {
            case "v1" -> "send-proxy";
            case "v2" -> "send-proxy-v2";
            case "v2-ssl" -> "send-proxy-v2-ssl";
            case "v2-ssl-cn" -> "send-proxy-v2-ssl-cn";
            default -> "";
        };
    }
}
