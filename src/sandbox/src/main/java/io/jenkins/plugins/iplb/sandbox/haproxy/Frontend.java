package io.jenkins.plugins.iplb.sandbox.haproxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.schema.IpBlocks;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One http or tcp frontend in a zone. */
final class Frontend {
    private static final String OWN_CERTIFICATE = "own.pem";
    private static final String ALPN_H2 = "h2,http/1.1";
    private static final String ALPN_HTTP_1 = "http/1.1";

    private final Configuration deployed;
    private final Item item;
    private final Site site;

    Frontend(Configuration deployed, Item item, Site site) {
        this.deployed = deployed;
        this.item = item;
        this.site = site;
    }

    Item item() {
        return item;
    }

    boolean isHttp() {
        return item.kind().protocol() == Protocol.http;
    }

    String name() {
        return item.kind().protocol() + "-frontend-" + item.id();
    }

    /** In the order in which they are evaluated. What a route without rules does is not published: here it has no effect. */
    Stream<Item> routes() {
        return deployed.routes(item.kind().protocol())
                .filter(route -> route.reference("frontendId") == item.id())
                .filter(route -> deployed.children(route).findAny().isPresent())
                .filter(route ->
                        route.targetFarm() == 0 || farmItem(route.targetFarm()).isPresent());
    }

    /** The farms that it may send to. */
    Stream<Item> farms() {
        return Stream.concat(routes().map(Item::targetFarm), Stream.of(item.reference("defaultFarmId")))
                .distinct()
                .flatMap(id -> farmItem(id).stream());
    }

    /** The first of its ports, as it is configured. */
    int firstPort() {
        return ranges().findFirst().orElseThrow().first() - site.portShift();
    }

    /** The list of what is shown to whom: the default first, and of several for a name the newest. */
    Optional<String> certificateList() {
        if (!item.flag("ssl")) {
            return Optional.empty();
        }
        Optional<Certificate> standard = deployed.certificate(item.reference("defaultSslId"));
        Stream<String> names = deployed.certificates().stream()
                .sorted(Comparator.comparing(Certificate::id).reversed())
                .map(Frontend::file);
        return Optional.of(Stream.concat(Stream.of(standard.map(Frontend::file).orElse(OWN_CERTIFICATE)), names)
                .map(file -> site.folder() + "/" + file + "\n")
                .collect(Collectors.joining()));
    }

    String certificateListFile() {
        return name() + ".crt-list";
    }

    static String file(Certificate certificate) {
        return "certificate-" + certificate.id() + ".pem";
    }

    static String ownCertificate() {
        return OWN_CERTIFICATE;
    }

    /** Dedicated IPs are for this frontend alone; the others take all that are dedicated to none. */
    Collection<Site.Listen> listens(Collection<String> dedicatedToSome) {
        List<String> dedicated = dedicated(item).toList();
        List<Site.Listen> listens = new ArrayList<>();
        if (dedicated.isEmpty()) {
            listens.add(site.own());
        }
        site.additional().forEach((block, listen) -> {
            if (dedicated.isEmpty() ? !dedicatedToSome.contains(block) : dedicated.contains(block)) {
                listens.add(listen);
            }
        });
        return listens;
    }

    void render(Lines out, Collection<String> dedicatedToSome) {
        out.section(
                "%s frontend %d %s"
                        .formatted(item.kind().protocol(), item.id(), displayName(item))
                        .strip(),
                "frontend " + name());
        out.line("mode", item.kind().protocol().name());
        for (Site.Listen listen : listens(dedicatedToSome)) {
            out.line("bind", ports(listen.address()), tls());
            out.line("bind", ports(listen.door()), "accept-proxy", tls());
        }
        if (site.explained()) {
            Explaining.log(out, isHttp());
        }
        sources(out, "allowedSource", "unless");
        sources(out, "deniedSource", "if");
        Conditions conditions = new Conditions(deployed, out);
        routes().forEach(conditions::declare);
        if (isHttp()) {
            http(out, conditions);
        } else {
            routes().filter(route -> route.targetFarm() == 0).forEach(route -> {
                explain(out, conditions, route);
                out.line("tcp-request content reject if", conditions.all(route));
            });
        }
        routes().filter(route -> route.targetFarm() != 0).forEach(route -> explain(out, conditions, route));
        routes().filter(route -> route.targetFarm() != 0)
                .forEach(route -> out.line("use_backend", farm(route.targetFarm()), "if", conditions.all(route)));
        if (hasRedirection()) {
            out.line("default_backend", redirection());
        } else {
            farmItem(item.reference("defaultFarmId")).ifPresent(farm -> out.line("default_backend", farm(farm.id())));
        }
        if (hasRedirection()) {
            out.section("", "backend " + redirection());
            out.line("mode http");
            out.line("http-request redirect location", Words.word(Template.redirect(item.text("redirectLocation"))));
        }
    }

    private void http(Lines out, Conditions conditions) {
        if (targets().anyMatch(target -> target.contains(Template.ARGUMENTS))) {
            out.line("http-request set-var(txn.query) query if { query -m found }");
            out.line("http-request set-var(txn.arguments) str(?),concat(,txn.query) if { query -m found }");
        }
        routes().filter(route -> route.targetFarm() == 0).forEach(route -> {
            explain(out, conditions, route);
            out.line("http-request", action(route), "if", conditions.all(route));
        });
        for (String header : texts("httpHeader")) {
            String[] nameAndValue = header.strip().split("\\s+", 2);
            if (nameAndValue.length > 1) { // HAProxy takes an empty word for none
                out.line(
                        "http-request set-header",
                        Words.word(nameAndValue[0]),
                        Words.word(Template.header(nameAndValue[1])));
            }
        }
        out.line("option forwardfor");
        out.line("http-request set-header X-Remote-Ip %[src]");
        out.line("http-request set-header X-Forwarded-Port %[src_port]");
        out.line("http-request set-header X-Remote-Port %[src_port]");
        out.line("http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]");
        if (item.flag("hsts")) {
            out.line("http-response set-header Strict-Transport-Security max-age=31536000 if { ssl_fc }");
        }
    }

    private void explain(Lines out, Conditions conditions, Item route) {
        if (site.explained()) {
            Explaining.route(out, isHttp(), route, conditions.each(route));
        }
    }

    private static String action(Item route) {
        JsonNode action = route.fields().path("action");
        return action.path("type").asText().equals("redirect")
                ? "redirect location %s code %d"
                        .formatted(
                                Words.word(
                                        Template.redirect(action.path("target").asText())),
                                action.path("status").asInt(302))
                : "deny deny_status " + action.path("status").asInt(403);
    }

    private Stream<String> targets() {
        return Stream.concat(
                routes().map(route ->
                        route.fields().path("action").path("target").asText()),
                Stream.of(item.text("redirectLocation")));
    }

    private boolean hasRedirection() {
        return isHttp() && item.fields().hasNonNull("redirectLocation");
    }

    private String redirection() {
        return "http-redirect-" + item.id();
    }

    private String farm(long id) {
        return Farm.name(item.kind().protocol(), id);
    }

    private void sources(Lines out, String field, String when) {
        List<String> blocks = texts(field);
        if (!blocks.isEmpty()) {
            Words.lines(blocks).forEach(some -> out.line("acl", field, "src --", Words.words(some)));
            out.line("tcp-request session reject", when, field);
        }
    }

    private String ports(String address) {
        return ranges().map(ports -> address + ":" + ports).collect(Collectors.joining(","));
    }

    /** Its ports as they are here. */
    Stream<Rendered.Ports> ranges() {
        return Arrays.stream(item.text("port").split(",")).map(range -> {
            String[] ends = range.strip().split("-");
            return new Rendered.Ports(shifted(ends[0]), shifted(ends[ends.length - 1]));
        });
    }

    private int shifted(String port) {
        return Integer.parseInt(port.strip()) + site.portShift();
    }

    private String tls() {
        if (!item.flag("ssl")) {
            return "";
        }
        String list = Words.word(site.folder() + "/" + certificateListFile());
        String strict = item.flag("forceSni") ? " strict-sni" : "";
        return "ssl crt-list " + list + " alpn " + (offersHttp2() ? ALPN_H2 : ALPN_HTTP_1) + strict;
    }

    /** By itself; or, if it is of TCP, because a route has somewhere to put it. */
    private boolean offersHttp2() {
        return site.http2() || !isHttp() && routes().flatMap(deployed::children).anyMatch(Conditions::takesHttp2);
    }

    private List<String> texts(String field) {
        return texts(item, field).toList();
    }

    private static Stream<String> texts(Item item, String field) {
        return StreamSupport.stream(item.fields().path(field).spliterator(), false)
                .map(JsonNode::asText);
    }

    /** The blocks that a frontend has for itself. */
    static Stream<String> dedicated(Item frontend) {
        return texts(frontend, "dedicatedIpfo").map(IpBlocks::canonical);
    }

    static String displayName(Item item) {
        JsonNode name = item.fields().path("displayName");
        return name.isTextual() ? "'" + name.asText() + "'" : "";
    }

    private Optional<Item> farmItem(long id) {
        return deployed.find(item.kind().sibling(Family.farm), id);
    }
}
