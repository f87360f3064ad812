package io.jenkins.plugins.iplb.sandbox.haproxy;

import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Kind;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that a zone has deployed, as HAProxy takes it. A function of its arguments alone. */
public final class HaproxyConfiguration {
    private final Configuration deployed;
    private final Site site;
    private final List<Frontend> frontends;
    private final List<String> remarks = new ArrayList<>();

    private HaproxyConfiguration(Configuration deployed, Site site) {
        this.deployed = deployed;
        this.site = site;
        frontends = Stream.of(Protocol.http, Protocol.tcp)
                .flatMap(protocol -> deployed.ofKind(new Kind(protocol, Family.frontend)))
                .filter(site::has)
                .filter(frontend -> !frontend.flag("disabled"))
                .map(frontend -> new Frontend(deployed, frontend, site))
                .toList();
    }

    public static Rendered of(Configuration deployed, Site site) {
        return new HaproxyConfiguration(deployed, site).render();
    }

    private Rendered render() {
        Lines out = new Lines();
        global(out);
        Collection<String> dedicated = dedicated();
        frontends.forEach(frontend -> frontend.render(out, dedicated));
        Map<String, String> files = new LinkedHashMap<>();
        farms().forEach((farm, port) -> {
            Farm rendered = new Farm(deployed, farm, site, port);
            rendered.render(out);
            rendered.servers().stream()
                    .filter(Farm::hasChain)
                    .forEach(server -> files.put(Farm.chainFile(server), server.text("chain")));
        });
        frontends.forEach(frontend ->
                frontend.certificateList().ifPresent(list -> files.put(frontend.certificateListFile(), list)));
        if (!files.isEmpty()) {
            files.put(Frontend.ownCertificate(), site.ownCertificate());
            for (Certificate certificate : deployed.certificates()) {
                files.put(Frontend.file(certificate), site.pem().apply(certificate));
            }
        }
        if (site.explained()) {
            Explaining.standIns(out, site);
            files.put(Frontend.ownCertificate(), site.ownCertificate());
        }
        files.put(Rendered.MAIN, out.toString());
        List<Rendered.Listener> listeners = frontends.stream()
                .flatMap(frontend -> frontend.listens(dedicated).stream()
                        .map(at -> new Rendered.Listener(
                                frontend.item(), at, frontend.ranges().toList())))
                .toList();
        remark(listeners);
        return new Rendered(files, listeners, List.copyOf(remarks));
    }

    private void global(Lines out) {
        out.section("", "global");
        // What nobody has to reach: HAProxy does not run without a listener, and a zone may have none.
        out.line("stats socket", Words.word(site.folder() + "/" + Rendered.STATISTICS), "mode 600 level admin");
        // Else it reads all authorities that the system trusts at each load, for requests of its own that it never
        // makes.
        out.line("httpclient.ssl.verify none");
        out.line(
                "ssl-default-bind-options ssl-min-ver",
                "modern".equals(site.sslConfiguration()) ? "TLSv1.3" : "TLSv1.2");
        out.section("", "defaults");
        out.line("timeout connect 5s");
        out.line("timeout client 60s");
        out.line("timeout server 60s");
        out.line("timeout http-request 60s");
        out.line("option redispatch");
    }

    /** The additional IPs that some frontend has for itself. */
    private Collection<String> dedicated() {
        Set<String> blocks = new LinkedHashSet<>();
        deployed.ofFamily(Family.frontend)
                .filter(site::has)
                .flatMap(Frontend::dedicated)
                .forEach(blocks::add);
        return blocks;
    }

    /** Those that live here, and those that something here leads to; with the first port that leads there. */
    private Map<Item, OptionalInt> farms() {
        Map<Item, OptionalInt> farms = new TreeMap<>(Comparator.comparing(Item::id));
        for (Frontend frontend : frontends) {
            frontend.farms().forEach(farm -> farms.putIfAbsent(farm, OptionalInt.of(frontend.firstPort())));
        }
        deployed.ofFamily(Family.farm)
                .filter(farm -> farm.kind().protocol() != Protocol.udp)
                .filter(site::has)
                .forEach(farm -> farms.putIfAbsent(farm, OptionalInt.empty()));
        return farms;
    }

    private void remark(List<Rendered.Listener> listeners) {
        deployed.ofKind(Kind.parse("udp/frontend"))
                .filter(site::has)
                .filter(frontend -> !frontend.flag("disabled"))
                .forEach(frontend -> remarks.add("UDP frontend %s is left out".formatted(named(frontend))));
        farms().keySet().stream()
                .filter(farm -> !site.has(farm))
                .forEach(farm -> remarks.add(
                        "farm %s lives in zone %s and has no server here".formatted(named(farm), farm.text("zone"))));
        for (int i = 0; i < listeners.size(); i++) {
            for (Rendered.Listener other : listeners.subList(0, i)) {
                overlap(listeners.get(i), other);
            }
        }
    }

    private void overlap(Rendered.Listener one, Rendered.Listener other) {
        boolean overlap = one.at().equals(other.at())
                && one.ports().stream().anyMatch(ports -> other.ports().stream().anyMatch(ports::overlaps));
        if (overlap) {
            remarks.add("frontends %s and %s share a port of %s: HAProxy deals its connections out between them"
                    .formatted(
                            named(other.frontend()),
                            named(one.frontend()),
                            one.at().address()));
        }
    }

    private static String named(Item item) {
        return (item.id() + " " + Frontend.displayName(item)).strip();
    }
}
