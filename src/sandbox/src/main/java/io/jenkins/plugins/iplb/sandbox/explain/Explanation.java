package io.jenkins.plugins.iplb.sandbox.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.haproxy.Verdict;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Kind;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of a request, and why: for scripts and for people. All that is judged in it is HAProxy's judgement. */
public final class Explanation {
    /** The failure of who is not let in. */
    static final String SOURCE = "source";

    /** The cookie of OVH's stickiness, as our reading has it. */
    private static final String STICKY = "SERVERID";

    private static final int NO_FARM = 503;

    private final Question question;
    private final Deployed deployed;
    private final String protocol;
    private final Verdict verdict;
    private final Item frontend;
    private final List<Item> routes;

    private Explanation(Question question, Deployed deployed, String protocol, Verdict verdict) {
        this.question = question;
        this.deployed = deployed;
        this.protocol = protocol;
        this.verdict = verdict;
        this.frontend = verdict == null
                ? null
                : deployed.configuration()
                        .ofFamily(Family.frontend)
                        .filter(item -> item.id() == verdict.frontend())
                        .findFirst()
                        .orElseThrow();
        this.routes = frontend == null
                ? List.of()
                : configuration()
                        .routes(frontend.kind().protocol())
                        .filter(route -> route.reference("frontendId") == frontend.id())
                        .toList();
    }

    /** No frontend takes it. */
    static Explanation nowhere(Question question, Deployed deployed) {
        return new Explanation(question, deployed, "", null);
    }

    /** @param protocol by which it was sent, as ALPN calls it; empty when that was never agreed on */
    static Explanation of(Question question, Deployed deployed, String protocol, Verdict verdict) {
        return new Explanation(question, deployed, protocol, verdict);
    }

    /** A map of plain values: every name is that of the change file, or else an id; what there is not is null. */
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("request", question.toString())
                .put("source", question.source())
                .put("zone", deployed.zone())
                .put("protocol", shownProtocol().orElse(null))
                .put("frontend", frontend == null ? null : name(frontend))
                .put("route", route().map(Explanation::name).orElse(null))
                .put("farm", farm().map(Explanation::name).orElse(null))
                .put("server", server().map(this::at).orElse(null))
                .put("location", verdict == null ? null : verdict.location().orElse(null));
        if (verdict != null && verdict.status().isPresent()) {
            json.put("status", verdict.status().getAsInt());
        } else {
            json.putNull("status");
        }
        ArrayNode asked = json.putArray("routes");
        routes.forEach(route -> asked.add(shown(route)));
        json.set("remarks", Json.of(remarks()));
        return json.put("text", String.join("\n", lines()));
    }

    private ObjectNode shown(Item route) {
        ObjectNode shown = Json.object()
                .put("route", name(route))
                .put("action", action(route))
                .put("result", result(route).words);
        ArrayNode rules = shown.putArray("rules");
        configuration().children(route).forEach(rule -> {
            ObjectNode said = rules.addObject().put("rule", rule(rule));
            if (result(route).isKnown) {
                said.put("holds", holds(rule));
            } else {
                said.putNull("holds");
            }
        });
        return shown;
    }

    /** The same for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s%s from %s, in zone %s"
                .formatted(
                        question,
                        shownProtocol().map(over -> " over " + over).orElse(""),
                        question.source(),
                        deployed.zone()));
        if (frontend != null) {
            lines.add("%s frontend %s, port %s"
                    .formatted(frontend.kind().protocol(), name(frontend), frontend.text("port")));
        }
        for (Item route : routes) {
            lines.add("  route %s (%s) %s".formatted(name(route), action(route), result(route).words));
            if (result(route).isKnown) {
                configuration()
                        .children(route)
                        .forEach(rule -> lines.add("    %-4s%s".formatted(holds(rule) ? "yes" : "no", rule(rule))));
            }
        }
        lines.add("=> " + end());
        remarks().forEach(remark -> lines.add("! " + remark));
        return lines;
    }

    private String end() {
        if (frontend == null) {
            return "no frontend takes port %d in zone %s".formatted(question.port(), deployed.zone());
        }
        if (verdict.failure().isPresent()) {
            return isKeptOut()
                    ? "not let in: %s is no source for frontend %s".formatted(question.source(), name(frontend))
                    : "no connection: HAProxy says '%s'"
                            .formatted(verdict.failure().get());
        }
        String by = route().map(route -> "route " + name(route)).orElse("frontend " + name(frontend));
        if (verdict.location().isPresent()) {
            return "redirected to %s, by %s%s".formatted(verdict.location().get(), by, withStatus());
        }
        if (farm().isPresent()) {
            String farm = "farm " + name(farm().get());
            return server().map(server -> "%s, server %s, by %s".formatted(farm, at(server), by))
                    .orElseGet(() -> "%s, which has no server to give, by %s%s".formatted(farm, by, withStatus()));
        }
        if (route().isPresent()) {
            return "rejected, by %s%s".formatted(by, withStatus());
        }
        if (isRefused()) {
            return "refused by HAProxy itself" + withStatus();
        }
        return "no farm: no route matches, and frontend %s has no default farm%s"
                .formatted(name(frontend), withStatus());
    }

    private String withStatus() {
        return verdict.status().isPresent()
                ? ", with status " + verdict.status().getAsInt()
                : "";
    }

    /** Before any route was asked. */
    private boolean isRefused() {
        return route().isEmpty()
                && farm().isEmpty()
                && verdict.location().isEmpty()
                && verdict.status().orElse(NO_FARM) != NO_FARM;
    }

    private boolean isKeptOut() {
        return verdict.failure().equals(Optional.of(SOURCE));
    }

    // ---- what its author should know beside it

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (frontend == null) {
            elsewhere().forEach(remarks::add);
            return remarks;
        }
        boolean tls = frontend.flag("ssl");
        if (tls != question.tls() && (tls || frontend.kind().protocol() == Protocol.http)) {
            remarks.add("frontend %s %s, and the request is one of %s"
                    .formatted(name(frontend), tls ? "speaks TLS" : "does not speak TLS", tls ? "http" : "https"));
        }
        if (question.over() == Question.Over.HTTP_2 && !protocol.isEmpty() && !protocol.equals("h2")) {
            remarks.add("frontend %s does not speak HTTP/2".formatted(name(frontend)));
        }
        if (asks("uri", "param") && question.target().matches(".*[%+].*")) {
            remarks.add("rules compare what is sent: neither + nor %XX is decoded");
        }
        question.cookies().stream()
                .filter(this::looksAtCookie)
                .filter(name ->
                        question.cookies().indexOf(name) != question.cookies().lastIndexOf(name))
                .distinct()
                .forEach(name ->
                        remarks.add("cookie %s is sent twice: a rule holds for either, and stickiness goes by the first"
                                .formatted(name)));
        farm().ifPresent(farm -> remarks.addAll(aboutServers(farm)));
        return remarks;
    }

    private List<String> aboutServers(Item farm) {
        List<String> remarks = new ArrayList<>();
        long servers = configuration().children(farm).count();
        if (servers > 1) {
            remarks.add("farm %s has %d servers: other requests may go to others".formatted(name(farm), servers));
        }
        remarks.add("servers are stood in for: whether OVH finds them well is not known here");
        return remarks;
    }

    private boolean asks(String... fields) {
        return routes.stream()
                .flatMap(configuration()::children)
                .anyMatch(rule -> List.of(fields).contains(rule.text("field")));
    }

    private boolean looksAtCookie(String name) {
        return name.equals(STICKY)
                        && farm().filter(farm -> farm.text("stickiness").equals("cookie"))
                                .isPresent()
                || routes.stream()
                        .flatMap(configuration()::children)
                        .anyMatch(rule -> rule.text("field").equals("cookie")
                                && rule.text("subField").equals(name));
    }

    /** Frontends that have the port, and why they do not take it. */
    private Stream<String> elsewhere() {
        return configuration().ofFamily(Family.frontend).filter(this::hasPort).map(item -> {
            String named = "%s frontend %s".formatted(item.kind().protocol(), name(item));
            if (item.kind().protocol() == Protocol.udp) {
                return named + " has it, for UDP";
            }
            if (item.flag("disabled")) {
                return named + " has it, and is disabled";
            }
            if (!List.of("all", deployed.zone()).contains(item.text("zone"))) {
                return "%s has it, in zone %s".formatted(named, item.text("zone"));
            }
            return "%s has it, at %s".formatted(named, at(item.fields().path("dedicatedIpfo")));
        });
    }

    private static String at(JsonNode ips) {
        String all = ips.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
        return all.isEmpty() ? "the load balancer's other addresses" : all;
    }

    private boolean hasPort(Item item) {
        return Stream.of(item.text("port").split(",")).anyMatch(range -> {
            String[] ends = range.strip().split("-");
            return Integer.parseInt(ends[0]) <= question.port()
                    && question.port() <= Integer.parseInt(ends[ends.length - 1]);
        });
    }

    // ---- what is what

    private Configuration configuration() {
        return deployed.configuration();
    }

    private Optional<String> shownProtocol() {
        return Optional.of(protocol)
                .filter(name -> !name.isEmpty())
                .map(name -> name.equals("h2") ? "HTTP/2" : "HTTP/1.1");
    }

    private Optional<Item> route() {
        return verdict == null ? Optional.empty() : find(Family.route, verdict.route());
    }

    private Optional<Item> farm() {
        return verdict == null ? Optional.empty() : find(Family.farm, verdict.farm());
    }

    private Optional<Item> server() {
        return verdict == null ? Optional.empty() : find(Family.server, verdict.server());
    }

    private Optional<Item> find(Family family, OptionalLong id) {
        Kind kind = frontend.kind().sibling(family);
        return id.isPresent() ? configuration().find(kind, id.getAsLong()) : Optional.empty();
    }

    /** Nothing is asked after the one that was taken; and nobody who is not let in, or never came to ask, asks any. */
    private Result result(Item route) {
        if (configuration().children(route).findAny().isEmpty()) {
            return Result.NO_RULES;
        }
        if (verdict.failure().isPresent() || isRefused()) {
            return Result.NOT_ASKED;
        }
        Optional<Item> taken = route();
        if (taken.isEmpty() || routes.indexOf(route) < routes.indexOf(taken.get())) {
            return Result.DOES_NOT_MATCH;
        }
        return taken.get().equals(route) ? Result.MATCHES : Result.NOT_ASKED;
    }

    private boolean holds(Item rule) {
        return verdict.held().contains(rule.id());
    }

    /** As change files and the command line have it. */
    private static String rule(Item rule) {
        JsonNode subField = rule.fields().path("subField");
        JsonNode pattern = rule.fields().path("pattern");
        return rule.text("field")
                + (subField.asText("").isEmpty() ? "" : ":" + subField.asText())
                + (rule.flag("negate") ? " not " : " ")
                + rule.text("match")
                + (pattern.asText("").isEmpty() ? "" : " " + pattern.asText());
    }

    private String action(Item route) {
        JsonNode action = route.fields().path("action");
        if (route.targetFarm() != 0) {
            return configuration()
                    .find(frontend.kind().sibling(Family.farm), route.targetFarm())
                    .map(farm -> "farm " + name(farm))
                    .orElse("a farm that is not there");
        }
        String status =
                action.path("status").isInt() ? " " + action.path("status").asInt() : "";
        return action.path("type").asText()
                + status
                + (action.path("target").isTextual()
                        ? " to " + action.path("target").asText()
                        : "");
    }

    private static String name(Item item) {
        JsonNode name = item.fields().path("displayName");
        return name.isTextual() ? name.asText() : Long.toString(item.id());
    }

    private String at(Item server) {
        JsonNode own = server.fields().path("port");
        JsonNode port = own.isInt() ? own : farm().orElseThrow().fields().path("port");
        return server.text("address") + (port.isInt() ? ":" + port.asInt() : "");
    }

    /** What HAProxy made of a route. */
    private enum Result {
        NO_RULES("has no rules, and so no effect", false),
        MATCHES("matches", true),
        DOES_NOT_MATCH("does not match", true),
        NOT_ASKED("is not asked", false);

        private final String words;
        private final boolean isKnown;

        Result(String words, boolean isKnown) {
            this.words = words;
            this.isKnown = isKnown;
        }
    }
}
