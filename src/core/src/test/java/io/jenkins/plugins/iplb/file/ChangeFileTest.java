package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Others;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operation.OnLoadBalancer;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change file means, and what its author hears when it can mean nothing. */
class ChangeFileTest {

    @Test
    void ofSeveralLoadBalancersTheOneIsTakenThatIsMeantByWhicheverName() {
        String text = """
                loadBalancer: shop
                ---
                loadBalancer: loadbalancer-2
                """;
        ChangeFile file = ChangeFile.read(
                "iplb.yaml", text, name -> Optional.empty(), name -> name.equals("shop") ? "loadbalancer-1" : name);

        assertThat(file.of("loadbalancer-1").service()).isEqualTo("loadbalancer-1");
        assertThat(file.of("loadbalancer-2").service()).isEqualTo("loadbalancer-2");
        assertThat(catchThrowableOfType(InvalidInput.class, () -> file.of("loadbalancer-3")))
                .hasMessage("loadBalancer: 'loadbalancer-3' was given; allowed: what the change file is about:"
                        + " loadbalancer-1, loadbalancer-2");
    }

    @Test
    void aFileIsOperationsOfTheCatalogueAndNothingComesBeforeWhatItLeadsTo() throws Exception {
        WantedState shop = read("""
                loadBalancer: loadbalancer-shop
                http:
                  frontends:
                    https:
                      zone: all
                      port: 443
                      ssl: true
                      farm: web
                      routes:
                        api:
                          farm: api
                          weight: 5
                          rules:
                            - uri startswith /api
                            - {field: header, subField: X-Env, match: is, pattern: prod}
                  farms:
                    web:
                      zone: all
                      port: 80
                      stickiness: cookie
                      probe: {type: http, url: /health}
                      servers:
                        192.0.2.10:8080: {weight: 10}
                        192.0.2.11:
                        green: {address: 192.0.2.12}
                    api: {zone: all, port: 80}
                """);

        assertThat(shop.service()).isEqualTo("loadbalancer-shop");
        assertThat(shop.wishes())
                .extracting(wish -> Operation.of(wish.change()))
                .containsExactly(
                        asked("ensure-farm", """
                                {"protocol": "http", "farm": "web", "zone": "all", "port": 80, "stickiness": "cookie",
                                 "probe": {"type": "http", "url": "/health"}}"""),
                        asked("ensure-server", """
                                {"protocol": "http", "farm": "web", "zone": "all", "address": "192.0.2.10", "port": 8080, "weight": 10}"""),
                        asked("ensure-server", """
                                {"protocol": "http", "farm": "web", "zone": "all", "address": "192.0.2.11"}"""),
                        asked("ensure-server", """
                                {"protocol": "http", "farm": "web", "zone": "all", "server": "green", "address": "192.0.2.12"}"""),
                        asked("ensure-farm", """
                                {"protocol": "http", "farm": "api", "zone": "all", "port": 80}"""),
                        asked("ensure-frontend", """
                                {"protocol": "http", "frontend": "https", "zone": "all", "port": 443, "ssl": true,
                                 "farm": "web"}"""),
                        asked("add-route", """
                                {"protocol": "http", "frontend": "https", "zone": "all", "name": "api", "farm": "api", "weight": 5,
                                 "rules": ["uri startswith /api",
                                           {"field": "header", "subField": "X-Env", "match": "is", "pattern": "prod"}]}"""));
    }

    @Test
    void whatIsToBeGoneIsRemovedAndAFrontendWithAllItsRoutes() throws Exception {
        WantedState shop = read("""
                loadBalancer: loadbalancer-shop
                tcp:
                  farms:
                    old: {state: absent}
                    new:
                      zone: gra
                      servers:
                        192.0.2.10: {state: absent}
                  frontends:
                    https: {state: absent, zone: gra}
                    http:
                      routes:
                        spam: {state: absent}
                """);

        assertThat(shop.wishes())
                .extracting(wish -> Operation.of(wish.change()))
                .containsExactlyInAnyOrder(
                        asked("ensure-farm", "{'protocol': 'tcp', 'farm': 'new', 'zone': 'gra'}"),
                        asked("ensure-frontend", "{'protocol': 'tcp', 'frontend': 'http'}"),
                        asked("remove-route", "{'protocol': 'tcp', 'frontend': 'http', 'route': 'spam'}"),
                        asked("remove-frontend", "{'protocol': 'tcp', 'frontend': 'https', 'zone': 'gra'}"),
                        asked(
                                "remove-server",
                                "{'protocol': 'tcp', 'farm': 'new', 'zone': 'gra', 'address': '192.0.2.10'}"),
                        asked("remove-farm", "{'protocol': 'tcp', 'farm': 'old'}"));
        assertThat(shop.others())
                .containsExactly(new Others(
                        "loadbalancer-shop",
                        Optional.of(Protocol.TCP),
                        Kind.ROUTE,
                        Optional.of(new Reference("https", Optional.of("gra"))),
                        Set.of()));
    }

    @Test
    void oneNameMayStandForAnObjectInEachZoneAndDigitsAreAnId() throws Exception {
        WantedState shop = read("""
                loadBalancer: loadbalancer-shop
                http:
                  farms:
                    web:
                      - {zone: gra, balance: leastconn}
                      - {zone: rbx}
                    10004: {stickiness: null}
                """);

        assertThat(shop.wishes())
                .extracting(wish -> Operation.of(wish.change()))
                .containsExactly(
                        asked("ensure-farm", """
                                {"protocol": "http", "farm": "web", "zone": "gra", "balance": "leastconn"}"""),
                        asked("ensure-farm", "{'protocol': 'http', 'farm': 'web', 'zone': 'rbx'}"),
                        asked("ensure-farm", "{'protocol': 'http', 'farm': '10004', 'stickiness': null}"));
    }

    @Test
    void aRouteWithoutANameIsToldByWhatItDoes() throws Exception {
        WantedState shop = read("""
                loadBalancer: loadbalancer-shop
                http:
                  frontends:
                    https:
                      routes:
                        - {reject: true, rules: [uri startswith /wp-login]}
                        - {redirect: 'https://${host}${path}', status: 301}
                """);

        assertThat(shop.wishes())
                .extracting(wish -> Operation.of(wish.change()))
                .contains(asked("add-route", """
                                {"protocol": "http", "frontend": "https", "reject": true,
                                 "rules": ["uri startswith /wp-login"]}"""), asked("add-route", """
                                {"protocol": "http", "frontend": "https", "redirect": "https://${host}${path}",
                                 "status": 301}"""));
    }

    @Test
    void aCollectionMayBeExactAndSaysWhatItNames() {
        WantedState shop = read("""
                loadBalancer: loadbalancer-shop
                http:
                  farms:
                    exact: true
                    web:
                      servers:
                        exact: true
                        192.0.2.10:80:
                        192.0.2.11:80:
                """);

        assertThat(shop.others())
                .containsExactlyInAnyOrder(
                        new Others(
                                "loadbalancer-shop",
                                Optional.of(Protocol.HTTP),
                                Kind.FARM,
                                Optional.empty(),
                                Set.of("web")),
                        new Others(
                                "loadbalancer-shop",
                                Optional.of(Protocol.HTTP),
                                Kind.SERVER,
                                Optional.of(new Reference("web")),
                                Set.of("192.0.2.10:80", "192.0.2.11:80")));
    }

    @Test
    void severalDocumentsAreSeveralLoadBalancers() {
        ChangeFile file = ChangeFile.read("iplb.yaml", """
                loadBalancer: loadbalancer-one
                ---
                loadBalancer: loadbalancer-two
                """, nothing -> Optional.empty());

        assertThat(file.loadBalancers())
                .extracting(WantedState::service)
                .containsExactly("loadbalancer-one", "loadbalancer-two");
    }

    @Test
    void anchorsMergeKeysAndAnyNumberOfAliasesAreFollowed() throws Exception {
        StringBuilder servers = new StringBuilder();
        for (int i = 1; i <= 60; i++) {
            servers.append("        192.0.2.%d: *plain%n".formatted(i));
        }
        WantedState shop = read("""
                loadBalancer: loadbalancer-shop
                http:
                  farms:
                    web: &web
                      zone: all
                      port: 80
                      servers:
                        192.0.2.100: &plain {weight: 7}
                %s
                    api:
                      <<: *web
                      port: 8080
                      servers:
                """.formatted(servers));

        assertThat(shop.wishes())
                .hasSize(63)
                .extracting(wish -> Operation.of(wish.change()))
                .contains(
                        asked("ensure-farm", "{'protocol': 'http', 'farm': 'api', 'zone': 'all', 'port': 8080}"),
                        asked("ensure-server", """
                                {"protocol": "http", "farm": "web", "zone": "all", "address": "192.0.2.60", "weight": 7}"""));
    }

    @Test
    void placeholdersAreValuesDefaultsOrTheirOwnText() throws Exception {
        Map<String, String> values = Map.of("SHOP", "loadbalancer-shop", "PORT", "8080", "EMPTY", "");
        WantedState shop = ChangeFile.read("iplb.yaml", """
                        loadBalancer: ${SHOP}
                        http:
                          farms:
                            web-${STAGE:-test}:
                              zone: ${ZONE:-all}
                              port: ${PORT}
                              balance: ${EMPTY:-leastconn}
                          frontends:
                            https: {redirectLocation: 'https://$${HOST}/${PORT}'}
                        """, name -> Optional.ofNullable(values.get(name)))
                .loadBalancers()
                .get(0);

        assertThat(shop.wishes())
                .extracting(wish -> Operation.of(wish.change()))
                .containsExactly(asked("ensure-farm", """
                                {"protocol": "http", "farm": "web-test", "zone": "all", "port": 8080,
                                 "balance": "leastconn"}"""), asked("ensure-frontend", """
                                {"protocol": "http", "frontend": "https",
                                 "redirectLocation": "https://${HOST}/8080"}"""));
    }

    @Test
    void everyMistakeIsToldOnceAtItsOwnPlaceInTheOrderOfTheFile() {
        assertThat(mistakes("""
                loadBalancer: shop/7
                http:
                  farms:
                    web:
                      stickyness: cookie
                      port: 70000
                      probe: {type: http, prot: 80}
                      servers:
                        192.0.2.10: {weight: 300, wight: 1}
                    web: {zone: all}
                  frontents: {}
                tcp:
                  farms:
                    mail: {stickiness: cookie}
                  frontends:
                    smtp:
                      allowedSource: [192.0.2.0/24, nowhere]
                      routes:
                        a: {farm: x, redirect: 'https://y'}
                        b: {farm: x, rules: [uri is /, protocol is http/2.0]}
                """))
                .containsExactly(
                        "1:15 loadBalancer: 'shop/7' was given; allowed: the name of a load balancer, such as "
                                + "loadbalancer-0123456789abcdef",
                        "5:7 stickyness: http farm has no such field; did you mean stickiness?",
                        "6:13 port: 70000 was given; allowed: a port from 1 to 49151",
                        "7:33 probe.prot: 80 was given; allowed: nothing: probes have no prot; did you mean port?",
                        "9:30 weight: 300 was given; allowed: 0 to 256",
                        "9:35 wight: http server has no such field; did you mean weight?",
                        "10:5 web: written twice, here and in line 4",
                        "11:3 frontents: http has no such field; did you mean frontends?",
                        "14:24 stickiness: 'cookie' was given; allowed: for tcp one of sourceIp, none",
                        "17:37 allowedSource: 'nowhere' was given; allowed: an IPv4 address such as 203.0.113.7, "
                                + "or a block such as 203.0.113.0/28",
                        "19:32 redirect: 'https://y' was given; allowed: nothing: tcp routes have no redirect",
                        "20:30 field: 'uri' was given; allowed: for tcp one of host, protocol, sni, source");
    }

    @Test
    void aMistakeIsOneLineWhateverItRepeats() {
        assertThatThrownBy(() -> ChangeFile.read("iplb.yaml", """
                        loadBalancer: "shop/\\nforged\\e[2J"
                        http: {farms: {web: {port: 70000}}}
                        """, nothing -> Optional.empty()))
                .message()
                .hasLineCount(2)
                .contains("'shop/ forged [2J' was given");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            ssl: no            => 5:12 ssl: 'no' was given; allowed: true, false
            port: 0755         => 5:13 0755: with a zero before it a number is read in two ways; write it without, or in quotes
            port: !vault x     => 5:13 !vault: tags are not understood here
            port: *nothing     => 5:13 *nothing: there is no anchor &nothing before it
            port: ${PORT}      => 5:13 ${PORT} has no value: set PORT, or write ${PORT:-what counts then}
            [a, b]: c          => 5:7 a key is a text
            <<: 7              => 5:11 <<: takes the fields of a mapping, or of a list of mappings
            state: gone        => 5:14 state: "gone" was given; allowed: present, absent
            """)
    void whatIsHardlyMeantIsRefused(String line, String mistake) {
        assertThat(mistakes("""
                loadBalancer: loadbalancer-shop
                http:
                  frontends:
                    https:
                      %s
                """.formatted(line))).containsExactly(mistake);
    }

    @Test
    void whatIsNoYamlEndsThere() {
        assertThat(mistakes("loadBalancer: [loadbalancer-shop\nhttp: {}\n"))
                .singleElement()
                .asString()
                .startsWith("2:");
        assertThat(mistakes("")).containsExactly("1:1 nothing stands here: a change file names a loadBalancer");
        assertThat(mistakes("- a\n"))
                .containsExactly("1:1 a change file: is a mapping of names to values, not [\"a\"]");
    }

    private static WantedState read(String text) {
        return ChangeFile.read("iplb.yaml", text, nothing -> Optional.empty())
                .loadBalancers()
                .get(0);
    }

    private static List<String> mistakes(String text) {
        BadFile refused = catchThrowableOfType(
                BadFile.class, () -> ChangeFile.read("iplb.yaml", text, nothing -> Optional.empty()));
        return refused.mistakes().stream()
                .map(each ->
                        "%d:%d %s".formatted(each.place().line(), each.place().column(), each.message()))
                .toList();
    }

    /** What any other face would ask for. */
    private static OnLoadBalancer asked(String operation, String arguments) throws Exception {
        Fields given = new Fields(
                (com.fasterxml.jackson.databind.node.ObjectNode) Json.MAPPER.readTree(arguments.replace('\'', '"')));
        return (OnLoadBalancer) Catalogue.named(operation).operation(given.with("service", "loadbalancer-shop"));
    }
}
