package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.dedicate;
import static io.jenkins.plugins.iplb.change.Wishes.ensureRule;
import static io.jenkins.plugins.iplb.change.Wishes.farm;
import static io.jenkins.plugins.iplb.change.Wishes.frontend;
import static io.jenkins.plugins.iplb.change.Wishes.host;
import static io.jenkins.plugins.iplb.change.Wishes.httpRoute;
import static io.jenkins.plugins.iplb.change.Wishes.httpRouteOfAnyRules;
import static io.jenkins.plugins.iplb.change.Wishes.move;
import static io.jenkins.plugins.iplb.change.Wishes.ref;
import static io.jenkins.plugins.iplb.change.Wishes.remove;
import static io.jenkins.plugins.iplb.change.Wishes.rule;
import static io.jenkins.plugins.iplb.change.Wishes.server;
import static io.jenkins.plugins.iplb.change.Wishes.stickiness;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.RouteTarget.Redirect;
import io.jenkins.plugins.iplb.change.RouteTarget.Reject;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be meant does not become a change at all, so that nothing can be sent: there is no client in sight. */
class BadInputTest {
    private static final String NAME = "1 to 255 characters, neither blank nor digits alone, which are an id";
    private static final String ID_OR_NAME = "an id (a whole number from 1) or a name";
    private static final String PORT =
            "a port from 1 to 49151, an increasing range such as 6000-6010, or a comma-separated list of both";
    private static final String IPV4 = "an IPv4 address such as 203.0.113.7, or a block such as 203.0.113.0/28";
    private static final String ADDRESS = "an IPv4 address such as 192.0.2.11";
    private static final RouteTarget APP = new ToFarm(ref("app"));

    @ParameterizedTest
    @MethodSource("wishes")
    void theMessageSaysWhichParameterWhatWasGivenAndWhatIsAllowed(
            Supplier<?> wish, String parameter, String given, String allowed) {
        Throwable thrown = catchThrowable(wish::get);

        assertThat(thrown).isInstanceOf(InvalidInput.class);
        InvalidInput refusal = (InvalidInput) thrown;
        assertThat(refusal).hasMessage("%s: %s was given; allowed: %s", parameter, given, allowed);
        assertThat(refusal.parameter()).isEqualTo(parameter);
        assertThat(refusal.kind()).isEqualTo(FailureKind.USAGE);
    }

    private static Stream<Arguments> wishes() {
        String longName = "n".repeat(256);
        RuleSpec[] six = {host("a"), host("b"), host("c"), host("d"), host("e"), host("f")};
        return Stream.of(
                bad("a negative id", () -> ref("-1"), "farm", "'-1'", ID_OR_NAME),
                bad("the id 0", () -> ref("0"), "farm", "'0'", ID_OR_NAME),
                bad("an id with a zero in front", () -> ref("007"), "farm", "'007'", ID_OR_NAME),
                bad("an id with a plus", () -> ref("+5"), "farm", "'+5'", ID_OR_NAME),
                bad("an id beyond a long", () -> ref("9".repeat(19)), "farm", "'" + "9".repeat(19) + "'", ID_OR_NAME),
                bad("a blank reference", () -> ref(" "), "farm", "' '", ID_OR_NAME),
                bad("no reference", () -> Reference.parse("farm", null), "farm", "nothing", ID_OR_NAME),
                bad(
                        "a negative route id",
                        () -> ensureRule(Protocol.HTTP, -4, null, host("a")),
                        "route",
                        "'-4'",
                        "an id (a whole number from 1) or a name"),
                bad("an unknown protocol", () -> Protocol.parse("ftp"), "protocol", "'ftp'", "http, tcp, udp"),
                bad("a protocol in capitals", () -> Protocol.parse("TCP"), "protocol", "'TCP'", "http, tcp, udp"),
                bad("no protocol", () -> Protocol.parse(null), "protocol", "nothing", "http, tcp, udp"),
                bad("a udp rule", () -> ensureRule(Protocol.UDP, 1, null, HTTP2), "protocol", "'udp'", "http, tcp"),
                bad(
                        "udp stickiness",
                        () -> stickiness(Protocol.UDP, "dns", "none"),
                        "protocol",
                        "'udp'",
                        "http, tcp: udp has no stickiness"),
                bad(
                        "cookie stickiness on tcp",
                        () -> stickiness(Protocol.TCP, "web", "cookie"),
                        "stickiness",
                        "'cookie'",
                        "for tcp one of sourceIp, none"),
                bad(
                        "no stickiness",
                        () -> stickiness(Protocol.HTTP, "web", null),
                        "stickiness",
                        "nothing",
                        "for http one of cookie, sourceIp, none"),
                bad("a weight of 300", () -> httpRoute(APP, 300, null), "weight", "300", "0 to 255"),
                bad("a weight of 256", () -> httpRoute(APP, 256, null), "weight", "256", "0 to 255"),
                bad("a weight of -1", () -> httpRoute(APP, -1, null), "weight", "-1", "0 to 255"),
                bad("six rules", () -> httpRoute(APP, null, null, six), "rules", "'6 rules'", "at most 5 on a route"),
                bad("an empty name", () -> httpRouteOfAnyRules(APP, null, ""), "name", "''", NAME),
                bad(
                        "a name of 256 characters",
                        () -> frontend(Protocol.TCP, "80", "all", longName),
                        "name",
                        "'256 characters'",
                        NAME),
                bad("a blank name of a rule", () -> ensureRule(Protocol.HTTP, 1, " ", host("a")), "name", "' '", NAME),
                bad(
                        "a route whose name would be an id",
                        () -> httpRouteOfAnyRules(APP, null, "10040"),
                        "name",
                        "'10040'",
                        NAME),
                bad(
                        "a rule whose name would be an id",
                        () -> ensureRule(Protocol.HTTP, 1, " 123", host("a")),
                        "name",
                        "' 123'",
                        NAME),
                bad(
                        "no service",
                        () -> new SetStickiness(null, Protocol.HTTP, ref("app"), "none"),
                        "service",
                        "nothing",
                        "the name of a load balancer, such as loadbalancer-0123456789abcdef"),
                bad(
                        "a path as a service",
                        () -> new SetStickiness("a/b", Protocol.HTTP, ref("app"), "none"),
                        "service",
                        "'a/b'",
                        "the name of a load balancer, such as loadbalancer-0123456789abcdef"),
                bad(
                        "a redirect on tcp",
                        () -> tcpRouteTo(new Redirect("https://a.example", null)),
                        "redirect",
                        "'https://a.example'",
                        "nothing: only http routes redirect"),
                bad(
                        "a redirect to a path",
                        () -> httpRoute(new Redirect("/new", null), null, null),
                        "redirect",
                        "'/new'",
                        "a URL that begins with http://, https:// or ${protocol}://"),
                bad(
                        "a redirect with 200",
                        () -> httpRoute(new Redirect("https://a.example", 200), null, null),
                        "status",
                        "200",
                        "301, 302, 303, 307, 308"),
                bad(
                        "a reject with 301",
                        () -> httpRoute(new Reject(301), null, null),
                        "status",
                        "301",
                        "200, 400, 403, 405, 408, 429, 500, 502, 503, 504"),
                bad(
                        "a reject on tcp with a status",
                        () -> tcpRouteTo(new Reject(403)),
                        "status",
                        "403",
                        "nothing: only http routes answer with a status"),
                bad(
                        "a field of http on tcp",
                        () -> tcpRoute("https", "web", null, rule("uri", "is", "/")),
                        "field",
                        "'uri'",
                        "for tcp one of host, protocol, sni, source"),
                bad(
                        "a field that nobody has",
                        () -> httpRoute(APP, null, null, rule("headers", "is", "x")),
                        "field",
                        "'headers'",
                        "for http one of cookie, header, host, method, param, protocol, source, uri"),
                bad(
                        "a header without its name",
                        () -> httpRoute(APP, null, null, rule("header", "is", "x")),
                        "subField",
                        "nothing",
                        "the name of the header to look at"),
                bad(
                        "a host with a name",
                        () -> httpRoute(APP, null, null, new RuleSpec("host", "X", "is", false, "x")),
                        "subField",
                        "'X'",
                        "nothing: only cookie, header, param have one"),
                bad(
                        "exists with a pattern",
                        () -> httpRoute(APP, null, null, new RuleSpec("cookie", "env", "exists", false, "x")),
                        "pattern",
                        "'x'",
                        "nothing: exists compares with nothing"),
                bad(
                        "exists of a host",
                        () -> httpRoute(APP, null, null, rule("host", "exists", null)),
                        "match",
                        "'exists'",
                        "for host one of is, in, contains, startswith, endswith, matches"),
                bad(
                        "exists of a header, which the guide gives to cookies only",
                        () -> httpRoute(APP, null, null, new RuleSpec("header", "X", "exists", false, null)),
                        "match",
                        "'exists'",
                        "for header one of is, in, contains, startswith, endswith, matches"),
                bad(
                        "contains of a source",
                        () -> httpRoute(APP, null, null, rule("source", "contains", "10.0.0.1")),
                        "match",
                        "'contains'",
                        "for source one of is, in"),
                bad(
                        "no match",
                        () -> httpRoute(APP, null, null, rule("method", null, "GET")),
                        "match",
                        "nothing",
                        "for method one of is, in"),
                bad(
                        "a host without a pattern",
                        () -> httpRoute(APP, null, null, rule("host", "is", "")),
                        "pattern",
                        "nothing",
                        "1 to 255 characters to compare the host with"),
                bad(
                        "a pattern of 256 characters",
                        () -> httpRoute(APP, null, null, host("h".repeat(256))),
                        "pattern",
                        "'256 characters'",
                        "1 to 255 characters to compare the host with"),
                bad(
                        "HTTP/2 on an http route, which never sees it",
                        () -> httpRoute(APP, null, null, rule("protocol", "is", "http/2.0")),
                        "pattern",
                        "'http/2.0'",
                        "one of tcp, tls, http, https"),
                bad(
                        "a list with a method that is none",
                        () -> httpRoute(APP, null, null, rule("method", "in", "GET, get")),
                        "pattern",
                        "' get'",
                        "one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE"),
                bad(
                        "an IPv6 source",
                        () -> httpRoute(APP, null, null, rule("source", "is", "2001:db8::1")),
                        "pattern",
                        "'2001:db8::1'",
                        IPV4),
                bad(
                        "a list of sources for is",
                        () -> httpRoute(APP, null, null, rule("source", "is", "10.0.0.1,10.0.0.2")),
                        "pattern",
                        "'10.0.0.1,10.0.0.2'",
                        IPV4),
                bad(
                        "a list of sources that ends with a comma",
                        () -> httpRoute(APP, null, null, rule("source", "in", "10.0.0.1,")),
                        "pattern",
                        "''",
                        IPV4),
                bad(
                        "an IPv6 address to listen on",
                        () -> dedicate(Protocol.TCP, "f", "2001:db8::1"),
                        "ip",
                        "'2001:db8::1'",
                        IPV4),
                bad(
                        "an IPv6 block of /129",
                        () -> move("2001:db8::/129", SERVICE),
                        "ip",
                        "'2001:db8::/129'",
                        IpBlock.ANY),
                bad("half an IPv6 block", () -> move("2001:db8:/64", SERVICE), "ip", "'2001:db8:/64'", IpBlock.ANY),
                bad("no failover IP", () -> IpBlock.parse("ip", null), "ip", "nothing", IPV4),
                bad("an address with 256", () -> move("203.0.113.256", SERVICE), "ip", "'203.0.113.256'", IpBlock.ANY),
                bad("an octal address", () -> move("203.0.113.07", SERVICE), "ip", "'203.0.113.07'", IpBlock.ANY),
                bad("a block of /33", () -> move("203.0.113.7/33", SERVICE), "ip", "'203.0.113.7/33'", IpBlock.ANY),
                bad("three numbers", () -> dedicate(Protocol.TCP, "f", "10.0.1"), "ip", "'10.0.1'", IPV4),
                bad(
                        "nowhere to move to",
                        () -> move("203.0.113.7", " "),
                        "to",
                        "' '",
                        "the name of the service that gets the address"),
                bad("port 0", () -> port("0"), "port", "'0'", PORT),
                bad("port 49152", () -> port("49152"), "port", "'49152'", PORT),
                bad("port 65536", () -> port("65536"), "port", "'65536'", PORT),
                bad("a port of six digits", () -> port("100000"), "port", "'100000'", PORT),
                bad("a negative port", () -> port("-80"), "port", "'-80'", PORT),
                bad("a decreasing range", () -> port("6010-6000"), "port", "'6010-6000'", PORT),
                bad("a range of one port", () -> port("6000-6000"), "port", "'6000-6000'", PORT),
                bad("a range that ends too far", () -> port("80-50000"), "port", "'80-50000'", PORT),
                bad("a list that ends with a comma", () -> port("80,"), "port", "'80,'", PORT),
                bad("a word as a port", () -> port("https"), "port", "'https'", PORT),
                bad(
                        "no port",
                        () -> port(null),
                        "port",
                        "nothing",
                        "a port: only a frontend that is there already, by its id or name, needs none"),
                bad(
                        "no zone",
                        () -> frontend(Protocol.TCP, "80", "", null),
                        "zone",
                        "''",
                        "all, or a zone of the load balancer"),
                bad(
                        "ssl on udp",
                        () -> frontend(Protocol.UDP, "{'port': '53', 'zone': 'all', 'ssl': true}"),
                        "ssl",
                        "true",
                        "nothing: udp frontends have no ssl"),
                bad(
                        "a header without a value",
                        () -> frontend(Protocol.HTTP, "{'port': 80, 'zone': 'all', 'httpHeader': ['X-Ip']}"),
                        "httpHeader",
                        "'X-Ip'",
                        "a header and its value, such as 'X-Ip-Header %ci'"),
                bad(
                        "an IPv6 source to allow",
                        () -> frontend(Protocol.HTTP, "{'name': 'f', 'allowedSource': ['10.0.0.1', '2001:db8::1']}"),
                        "allowedSource",
                        "'2001:db8::1'",
                        IPV4),
                bad(
                        "a blank text instead of a list",
                        () -> frontend(Protocol.HTTP, "{'name': 'f', 'allowedSource': ' , '}"),
                        "allowedSource",
                        "' , '",
                        "a list of addresses or blocks"),
                bad(
                        "a frontend told by nothing",
                        () -> frontend(Protocol.HTTP, "{'zone': 'all'}"),
                        "port",
                        "nothing",
                        "a port: only a frontend that is there already, by its id or name, needs none"),
                bad(
                        "a frontend whose ssl is null",
                        () -> frontend(Protocol.HTTP, "{'name': 'f', 'ssl': null}"),
                        "ssl",
                        "nothing",
                        "true, false"),
                bad(
                        "a default farm with the id 0",
                        () -> frontend(Protocol.HTTP, "{'name': 'f', 'farm': 0}"),
                        "farm",
                        "'0'",
                        ID_OR_NAME),
                bad(
                        "a certificate with the id 0",
                        () -> frontend(Protocol.TCP, "{'name': 'f', 'defaultSslId': 0}"),
                        "defaultSslId",
                        "'0'",
                        ID_OR_NAME),
                bad(
                        "a redirection on tcp",
                        () -> frontend(Protocol.TCP, "{'name': 'f', 'redirectLocation': 'https://a.example/'}"),
                        "redirectLocation",
                        "'https://a.example/'",
                        "nothing: tcp frontends have no redirectLocation"),
                bad(
                        "a redirection to a path",
                        () -> frontend(Protocol.HTTP, "{'name': 'f', 'redirectLocation': '/new'}"),
                        "redirectLocation",
                        "'/new'",
                        "a URL that begins with http:// or https://"),
                bad(
                        "a farm with a colour",
                        () -> farm(Protocol.HTTP, "web", "{'colour': 'red'}"),
                        "colour",
                        "'red'",
                        "nothing: http farms have no colour"),
                bad(
                        "a udp farm with stickiness",
                        () -> farm(Protocol.UDP, "dns", "{'stickiness': null}"),
                        "stickiness",
                        "nothing",
                        "nothing: udp farms have no stickiness"),
                bad(
                        "cookie stickiness of a tcp farm",
                        () -> farm(Protocol.TCP, "web", "{'stickiness': 'cookie'}"),
                        "stickiness",
                        "'cookie'",
                        "for tcp one of sourceIp, none"),
                bad(
                        "a tcp farm balanced by URI",
                        () -> farm(Protocol.TCP, "web", "{'balance': 'uri'}"),
                        "balance",
                        "'uri'",
                        "for tcp one of first, leastconn, roundrobin, source, none"),
                bad(
                        "a farm on port 0",
                        () -> farm(Protocol.TCP, "web", "{'port': 0}"),
                        "port",
                        "0",
                        "a port from 1 to 49151"),
                bad(
                        "a farm on several ports",
                        () -> farm(Protocol.TCP, "web", "{'port': '80,443'}"),
                        "port",
                        "'80,443'",
                        "a port from 1 to 49151"),
                bad(
                        "a udp farm without a port",
                        () -> farm(Protocol.UDP, "dns", "{'port': null}"),
                        "port",
                        "nothing",
                        "a port from 1 to 49151"),
                bad(
                        "a farm with two names",
                        () -> farm(Protocol.HTTP, "web", "{'name': 'other'}"),
                        "name",
                        "'other'",
                        "nothing, unless the farm is given by its id: then it is renamed"),
                bad(
                        "a probe that is a word",
                        () -> farm(Protocol.HTTP, "web", "{'probe': 'http'}"),
                        "probe",
                        "'http'",
                        "the fields of a probe, such as type, port and url"),
                bad(
                        "a probe of a type that OVH keeps for itself",
                        () -> farm(Protocol.HTTP, "web", "{'probe': {'type': 'internal'}}"),
                        "probe.type",
                        "'internal'",
                        "one of http, mysql, oco, pgsql, smtp, tcp, none"),
                bad(
                        "a probe every second",
                        () -> farm(Protocol.HTTP, "web", "{'probe': {'interval': 1}}"),
                        "probe.interval",
                        "1",
                        "30 to 3600"),
                bad(
                        "a probe with a timeout",
                        () -> farm(Protocol.HTTP, "web", "{'probe': {'timeout': 3}}"),
                        "probe.timeout",
                        "3",
                        "nothing: probes have no timeout"),
                bad(
                        "a server told by nothing",
                        () -> server(Protocol.HTTP, "web", "{'weight': 1}"),
                        "address",
                        "nothing",
                        "the address, the id or the name of a server"),
                bad("an IPv6 server", () -> address("2001:db8::1"), "address", "'2001:db8::1'", ADDRESS),
                bad("a block of servers", () -> address("192.0.2.0/28"), "address", "'192.0.2.0/28'", ADDRESS),
                bad("a server with a length", () -> address("192.0.2.1/32"), "address", "'192.0.2.1/32'", ADDRESS),
                bad("a server by its host name", () -> address("web1.example"), "address", "'web1.example'", ADDRESS),
                bad(
                        "a weight of 257",
                        () -> server(Protocol.HTTP, "web", "{'address': '192.0.2.1', 'weight': 257}"),
                        "weight",
                        "257",
                        "0 to 256"),
                bad(
                        "a weight in words",
                        () -> server(Protocol.HTTP, "web", "{'address': '192.0.2.1', 'weight': 'heavy'}"),
                        "weight",
                        "'heavy'",
                        "0 to 256"),
                bad(
                        "a server that is down",
                        () -> server(Protocol.HTTP, "web", "{'address': '192.0.2.1', 'status': 'down'}"),
                        "status",
                        "'down'",
                        "one of active, inactive"),
                bad(
                        "a cookie on tcp",
                        () -> server(Protocol.TCP, "web", "{'address': '192.0.2.1', 'cookie': 'a'}"),
                        "cookie",
                        "'a'",
                        "nothing: tcp servers have no cookie"),
                bad(
                        "a server with two names",
                        () -> server(Protocol.TCP, "web", "a", "{'name': 'b'}"),
                        "name",
                        "'b'",
                        "nothing for a server that is given by its name"),
                bad(
                        "the port of a server without its address",
                        () -> new ServerKey(Optional.of(ref("a")), Optional.empty(), Optional.of(80)),
                        "port",
                        "80",
                        "nothing without an address"),
                bad(
                        "a udp route to remove",
                        () -> remove(Protocol.UDP, new Removable.Route(ref("a"), Optional.empty())),
                        "protocol",
                        "'udp'",
                        "http, tcp"),
                bad(
                        "a rule to remove told by nothing",
                        () -> new Removable.Rule(ref("a"), Optional.empty(), Optional.empty(), Optional.empty()),
                        "rule",
                        "nothing",
                        "either its id or name, or what it says (field, match, pattern)"));
    }

    private static EnsureServer address(String address) {
        return server(Protocol.TCP, "web", "{'address': '%s'}".formatted(address));
    }

    private static EnsureFrontend port(String port) {
        return frontend(Protocol.TCP, port, "all", null);
    }

    private static EnsureRoute tcpRouteTo(RouteTarget target) {
        return new EnsureRoute(
                SERVICE,
                Protocol.TCP,
                Optional.of(ref("https")),
                target,
                Optional.empty(),
                null,
                Optional.empty(),
                Map.of());
    }

    private static Arguments bad(String what, Supplier<?> wish, String parameter, String given, String allowed) {
        return argumentSet(what, wish, parameter, given, allowed);
    }
}
