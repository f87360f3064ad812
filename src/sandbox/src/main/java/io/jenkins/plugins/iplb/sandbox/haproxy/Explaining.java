package io.jenkins.plugins.iplb.sandbox.haproxy;

import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration has beside all else when it is to explain itself: whether each rule holds is asked where its route is, and
 * said in a line of the log, which {@link Verdict} reads. A HAProxy answers in the servers' place.
 */
public final class Explaining {
    private static final String PLAIN = "plain";
    private static final String TLS = "tls";
    private static final String PROXY = "proxy-";

    private Explaining() {}

    static void log(Lines out, boolean http) {
        out.line("log stdout format raw daemon");
        out.line("log-format", Words.word(Verdict.format(http)));
        out.line("error-log-format", Words.word(Verdict.ERROR_FORMAT));
        if (http) {
            out.line("http-after-response set-var(txn.location) res.hdr(location)");
        }
    }

    /** @param rules as conditions, by their ids */
    static void route(Lines out, boolean http, Item route, Map<Long, String> rules) {
        String when = http ? "http-request" : "tcp-request content";
        rules.forEach((id, rule) -> out.line(when, "set-var-fmt(txn.held) '%[var(txn.held)] " + id + "'", "if", rule));
        // Of those that lead to farms, the first that matches is taken.
        out.line(
                when,
                "set-var(txn.route)",
                "int(" + route.id() + ")",
                "if !{ var(txn.route) -m found }",
                String.join(" ", rules.values()));
    }

    /** Somebody for each way in which a server may be spoken to. */
    static void standIns(Lines out, Site site) {
        String certificate =
                "ssl crt " + Words.word(site.folder() + "/" + Frontend.ownCertificate()) + " alpn h2,http/1.1";
        out.section("In the servers' place", "frontend stand-ins");
        out.line("mode http");
        out.line("option httpclose");
        out.line("bind", socket(site.folder(), PLAIN));
        out.line("bind", socket(site.folder(), PROXY + PLAIN), "accept-proxy");
        out.line("bind", socket(site.folder(), TLS), certificate);
        out.line("bind", socket(site.folder(), PROXY + TLS), "accept-proxy", certificate);
        out.line("http-request return status 200");
    }

    /** Those of a configuration that is to explain itself. @param folder where its files will be */
    public static Site.StandIns standIns(String folder) {
        return (server, port) -> Optional.of(
                socket(folder, (Farm.proxy(server).isEmpty() ? "" : PROXY) + (server.flag("ssl") ? TLS : PLAIN)));
    }

    private static String socket(String folder, String name) {
        return "unix@" + Words.word(folder + "/" + name + ".sock");
    }
}
