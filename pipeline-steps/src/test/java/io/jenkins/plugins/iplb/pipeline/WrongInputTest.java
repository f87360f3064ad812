package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What cannot be meant fails the build in one line, and nothing is sent. */
@WithJenkins
class WrongInputTest {
    private static JenkinsRule jenkins;
    private static Shop shop;

    @BeforeAll
    static void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = new Shop();
        shop.configure();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    static Stream<Arguments> slips() {
        return Stream.of(
                Arguments.of(
                        "iplbRefresh loadBalancer: 'store'",
                        "iplbRefresh failed (usage): loadBalancer: 'store' was given; allowed: shop"),
                Arguments.of(
                        "iplbRefresh()",
                        "loadBalancer: nothing was given; allowed: shop, or service and credentialsId"),
                Arguments.of(
                        "iplbRefresh service: 'loadbalancer-1', credentialsId: 'nobody'",
                        "credentialsId: no OVHcloud API credentials 'nobody' that this build may use"),
                Arguments.of(
                        "iplbRefresh loadBalancer: 'shop', timeout: 'soon'",
                        "timeout: 'soon' was given; allowed: a duration"),
                Arguments.of(
                        "iplbRefresh loadBalancer: 'shop', onFailure: 'ignore'",
                        "onFailure: 'ignore' was given; allowed: fail, unstable"),
                Arguments.of(
                        "iplbRefresh loadBalancer: 'shop', zone: 'gra'",
                        "zone: 'gra' was given; allowed: nothing: iplbRefresh has no such parameter; did you mean zones?"),
                Arguments.of(
                        "iplbRefresh loadBalancer: 'shop', wait: false, zones: ['gra', 'rbx']",
                        "zones: 'gra, rbx' was given; allowed: one zone or all when not waiting"),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'udp', frontend: 'https', farm: 'web-http2'",
                        "iplbAddRoute failed (usage): protocol: 'udp' was given; allowed: one of tcp, http"),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https'",
                        "farm: nothing was given; allowed: exactly one of farm, redirect and reject"),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web', weight: 256",
                        "weight: '256' was given; allowed: 0 to 255"),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web', rules: [[field: 'protocol', match: 'is', patern: 'h2']]",
                        "patern: 'h2' was given; allowed: nothing: a rule has no such parameter; did you mean pattern?"),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web', rules: [[field: 'method', match: 'is', pattern: 'GET']]",
                        "field: 'method' was given; allowed: for tcp one of host, protocol, sni, source"),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web', rules: [field: 'protocol']",
                        "match: nothing was given; allowed: one of is, in"),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web', weight: 'heavy'",
                        "weight: 'heavy' was given; allowed: 0 to 255"),
                Arguments.of(
                        "iplbRefresh loadBalancer: 'shop', dryRun: 'yes'",
                        "dryRun: 'yes' was given; allowed: true, false"),
                Arguments.of("iplbRefresh loadBalancer: 'shop', zones: [a: 1]", "allowed: a text"),
                Arguments.of(
                        "iplbAddRule loadBalancer: 'shop', protocol: 'tcp', route: -1, field: 'protocol', match: 'is', pattern: 'http/2.0'",
                        "route: '-1' was given; allowed: an id (a whole number from 1) or a name"),
                Arguments.of(
                        "iplbMoveFailover loadBalancer: 'shop', ip: '203.0.113.300', to: 'shop'",
                        "ip: '203.0.113.300' was given; allowed: an IP"),
                Arguments.of(
                        "iplbDedicateFailover loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', ips: '1.2.3'",
                        "ips: '1.2.3' was given; allowed: an IPv4 address"),
                Arguments.of(
                        "iplbEnsureFrontend loadBalancer: 'shop', protocol: 'tcp', port: 0, zone: 'all'",
                        "port: '0' was given"),
                Arguments.of(
                        "iplbSetStickiness loadBalancer: 'shop', protocol: 'tcp', farm: 'web', stickiness: 'cookie'",
                        "stickiness: 'cookie' was given; allowed: for tcp one of sourceIp, none"),
                Arguments.of(
                        "iplbRefresh loadBalancer: 'shop', foreignChanges: 'ignore'",
                        "foreignChanges: 'ignore' was given; allowed: one of refuse, warn, allow"),
                Arguments.of(
                        "iplbCheckHttp2 url: 'http://www.shop.example/'", "url: 'http://www.shop.example/' was given"),
                Arguments.of(
                        "iplbCheckHttp2 url: 'https://www.shop.example/', connectTo: 'here'",
                        "connectTo: 'here' was given; allowed: HOST:PORT"),
                Arguments.of(
                        "iplbCheckHttp2 url: 'https://www.shop.example/', ca: 'mine'",
                        "ca: 'the text' was given; allowed: a PEM"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slips")
    void itFailsBeforeAnyCallWithoutAStackTrace(String step, String message) throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, step);

        jenkins.assertLogContains("ERROR: iplb", build);
        jenkins.assertLogContains(message, build);
        jenkins.assertLogNotContains("\tat ", build);
        jenkins.assertLogNotContains("Exception", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void unstableIsNoExcuseForIt() throws Exception {
        Jobs.run(jenkins, Result.FAILURE, "iplbRefresh loadBalancer: 'store', onFailure: 'unstable'");
    }
}
