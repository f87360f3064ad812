package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every step, in Scripted and Declarative Pipelines, without an agent. */
@WithJenkins
class EveryStepTest {
    private static final String RULE = "field: 'protocol', match: 'is', pattern: 'http/2.0'";

    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        shop = new Shop();
        shop.configure();
        ServiceSeed service = shop.sandbox().world().service(Shop.SERVICE);
        service.add("tcp/route", Map.of("displayName", "plain", "action", Map.of("type", "reject")));
        service.add("udp/farm", Map.of("zone", "all", "port", 53));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** Step, its arguments, the kind of call it makes and how many of them, and a field of what it returns. */
    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(
                        "iplbAddRoute",
                        "protocol: 'tcp', frontend: 'https', farm: 'web-http2', weight: 5, name: 'http2', rules: [[%s]]"
                                .formatted(RULE),
                        3,
                        "ruleIds"),
                Arguments.of("iplbAddRule", "protocol: 'tcp', route: 'plain', %s".formatted(RULE), 1, "ruleId"),
                Arguments.of("iplbMoveFailover", "ip: '%s', to: 'shop'".formatted(DemoWorld.MOVABLE_IP), 1, "taskId"),
                Arguments.of(
                        "iplbDedicateFailover",
                        "protocol: 'tcp', frontend: 'https', ips: ['%s']".formatted(DemoWorld.ATTACHED_IP),
                        1,
                        "frontendId"),
                Arguments.of(
                        "iplbEnsureFrontend",
                        "protocol: 'http', port: '8080', zone: 'all', name: 'alt', farm: 'app', ssl: false",
                        1,
                        "frontendId"),
                Arguments.of("iplbSetStickiness", "protocol: 'http', farm: 'app', stickiness: 'cookie'", 1, "farmId"),
                Arguments.of("iplbRefresh", "zones: ['gra', 'rbx'], timeout: '1m'", 1, "tasks"),
                Arguments.of("iplbShow", "timeout: '1m'", 0, "frontends"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void itWorksInAScriptedPipelineAndReturnsAMap(String step, String arguments, int writes, String field)
            throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                def result = %s(loadBalancer: 'shop', %s)
                echo "${result.getClass().simpleName}, changed: ${result.changed}, ${result.%s != null}"
                """.formatted(step, arguments, field));

        jenkins.assertLogContains("LinkedHashMap, changed: " + (writes > 0) + ", true", build);
        assertThat(writes()).isEqualTo(writes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void itWorksInADeclarativePipelineByServiceAndCredentials(String step, String arguments, int writes, String field)
            throws Exception {
        String target = "service: '%s', credentialsId: '%s'".formatted(Shop.SERVICE, Shop.CREDENTIALS);

        WorkflowRun build = Jobs.succeed(jenkins, Jobs.declarative("%s %s, %s".formatted(step, target, arguments)));

        assertThat(writes()).isEqualTo(writes);
        assertThat(Files.exists(build.getRootDir().toPath().resolve("iplb-changes.json")))
                .as("a record")
                .isEqualTo(writes > 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void aDryRunSaysWhatItWouldDoAndChangesNothing(String step, String arguments, int writes, String field)
            throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                echo "changed: ${%s(loadBalancer: 'shop', %s, dryRun: true).changed}"
                """.formatted(step, arguments));

        jenkins.assertLogContains("changed: " + (writes > 0), build);
        assertThat(writes()).isZero();
        assertThat(Files.exists(build.getRootDir().toPath().resolve("iplb-changes.json")))
                .isFalse();
    }

    /** A step with all that it takes, and what of it is in the bodies of its calls. */
    static Stream<Arguments> allParameters() {
        return Stream.of(
                Arguments.of(
                        """
                        iplbAddRoute loadBalancer: 'shop', protocol: 'http', frontend: 'http', redirect: 'https://a.example/${path}',
                            status: 301, weight: 7, name: 'moved', rules: [[field: 'header', subField: 'X-Env', match: 'is',
                            pattern: 'preprod', negate: true]], timeout: '2m', onFailure: 'unstable', dryRun: false
                        """,
                        List.of(
                                "\"displayName\":\"moved\"",
                                "\"weight\":7",
                                "\"type\":\"redirect\"",
                                "\"target\":\"https://a.example/${path}\"",
                                "\"status\":301",
                                "\"frontendId\":",
                                "\"field\":\"header\"",
                                "\"subField\":\"X-Env\"",
                                "\"match\":\"is\"",
                                "\"pattern\":\"preprod\"",
                                "\"negate\":true")),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'http', frontend: 'http', reject: true, status: 403",
                        List.of("\"type\":\"reject\"", "\"status\":403")),
                Arguments.of(
                        "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web-http2'",
                        List.of("\"type\":\"farm\"")),
                Arguments.of(
                        """
                        iplbAddRule loadBalancer: 'shop', protocol: 'http', route: 'web', field: 'cookie', subField: 'beta',
                            match: 'contains', pattern: ' yes ', negate: true, name: 'beta'
                        """,
                        List.of(
                                "\"field\":\"cookie\"",
                                "\"subField\":\"beta\"",
                                "\"match\":\"contains\"",
                                "\"pattern\":\" yes \"",
                                "\"negate\":true",
                                "\"displayName\":\"beta\"")),
                Arguments.of(
                        "iplbSetStickiness loadBalancer: 'shop', protocol: 'tcp', farm: 'web-http1', stickiness: 'sourceIp'",
                        List.of("\"stickiness\":\"sourceIp\"")),
                Arguments.of(
                        "iplbMoveFailover loadBalancer: 'shop', ip: '%s', to: 'shop'".formatted(DemoWorld.MOVABLE_IP),
                        List.of("\"to\":\"%s\"".formatted(Shop.SERVICE))),
                Arguments.of(
                        "iplbDedicateFailover loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', ips: ['%s']"
                                .formatted(DemoWorld.ATTACHED_IP),
                        List.of("\"dedicatedIpfo\":[\"%s".formatted(DemoWorld.ATTACHED_IP))),
                Arguments.of(
                        """
                        iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', frontend: 'new', port: '8081-8083,8090',
                            zone: 'gra', farm: 'app', ips: '%s', disabled: true, ssl: true, defaultSslId: CERTIFICATE,
                            forceSni: true, allowedSource: ['10.0.0.0/8'], hsts: true, httpHeader: ['X-Ip %%ci', 'X-Port %%cp'],
                            redirectLocation: 'https://b.example/'
                        """.formatted(DemoWorld.ATTACHED_IP),
                        List.of(
                                "\"displayName\":\"new\"",
                                "\"port\":\"8081-8083,8090\"",
                                "\"zone\":\"gra\"",
                                "\"defaultFarmId\":",
                                "\"dedicatedIpfo\":[\"%s".formatted(DemoWorld.ATTACHED_IP),
                                "\"disabled\":true",
                                "\"ssl\":true",
                                "\"defaultSslId\":",
                                "\"allowedSource\":[\"10.0.0.0/8\"]",
                                "\"hsts\":true",
                                "\"httpHeader\":[\"X-Ip %ci\",\"X-Port %cp\"]",
                                "\"redirectLocation\":\"https://b.example/\"")),
                Arguments.of(
                        "iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', frontend: FRONTEND, name: 'renamed', deniedSource: '192.0.2.0/24'",
                        List.of("\"displayName\":\"renamed\"", "\"deniedSource\":[\"192.0.2.0/24\"]")),
                Arguments.of("""
                        iplbRefresh loadBalancer: 'shop', zones: ['gra'], force: true, wait: false, exclusive: true,
                            foreignChanges: 'allow'
                        """, List.of("\"zone\":\"gra\"")));
    }

    /** Those of the check are in its own test; the show only looks. Each against the core: {@link PipelineFaceTest}. */
    @ParameterizedTest
    @MethodSource("allParameters")
    void everyParameterReachesTheApi(String step, List<String> fields) throws Exception {
        ServiceSeed service = shop.sandbox().world().service(Shop.SERVICE);
        service.add("http/route", Map.of("displayName", "web", "action", Map.of("type", "reject")));
        long certificate = service.certificate("b.example");

        Jobs.succeed(
                jenkins,
                step.strip()
                        .replace("CERTIFICATE", Long.toString(certificate))
                        .replace("FRONTEND", Long.toString(service.id("http/frontend", "http"))));

        assertThat(shop.sandbox().calls().all().stream()
                        .filter(call -> !call.method().equals("GET"))
                        .map(call -> call.requestBody().replace(" :", ":"))
                        .collect(Collectors.joining("\n")))
                .contains(fields);
    }

    @Test
    void aDryRunOfTheGateKnowsWhatTheBuildItselfHasStaged() throws Exception {
        shop.sandbox().world().service(Shop.SERVICE).deployed();

        WorkflowRun build = Jobs.succeed(jenkins, """
                iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                def plan = iplbRefresh loadBalancer: 'shop', foreignChanges: 'refuse', dryRun: true
                echo "changed: ${plan.changed}"
                """);

        jenkins.assertLogContains("changed: true", build);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void runningItAgainChangesNothing(String step, String arguments, int writes, String field) throws Exception {
        Jobs.succeed(jenkins, "2.times { %s(loadBalancer: 'shop', %s) }".formatted(step, arguments));

        assertThat(writes()).isEqualTo(writes);
    }

    @Test
    void idsMayBeNumbers() throws Exception {
        Jobs.succeed(jenkins, """
                def there = iplbShow loadBalancer: 'shop'
                def route = iplbAddRoute loadBalancer: 'shop', protocol: 'tcp',
                    frontend: there.frontends.tcp[0].frontendId, farm: there.farms.tcp[1].farmId
                iplbAddRule loadBalancer: 'shop', protocol: 'tcp', route: route.routeId, %s
                """.formatted(RULE));

        assertThat(writes()).isEqualTo(2);
    }

    @Test
    void theServersOfTheFarmsAreShownWhenTheyAreWanted() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                def app = iplbShow(loadBalancer: 'shop', servers: true).farms.http[0]
                echo "${app.displayName}: ${app.servers*.status}"
                """);

        jenkins.assertLogContains("app: [active", build);
    }

    @Test
    void inADeclarativePipelineNumbersAreNumbersOrTexts() throws Exception {
        ServiceSeed service = shop.sandbox().world().service(Shop.SERVICE);
        long frontend = service.id("http/frontend", "http");

        Jobs.succeed(jenkins, Jobs.declarative("""
                iplbAddRoute loadBalancer: 'shop', protocol: 'http', frontend: %d, reject: true, status: 403, weight: '7', name: 'a'
                iplbAddRoute loadBalancer: 'shop', protocol: 'http', frontend: '%d', reject: true, status: '403', weight: 7, name: 'a'
                iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', port: 8080, zone: 'all', farm: 'app', hsts: true
                """.formatted(frontend, frontend)));

        assertThat(writes()).isEqualTo(2);
    }

    @Test
    void aTextIsAListWhereOneIsMeantAndAListWithoutValuesResets() throws Exception {
        Jobs.succeed(jenkins, """
                iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', name: 'http', deniedSource: '192.0.2.0/24 198.51.100.1', httpHeader: 'A b'
                iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', name: 'http', deniedSource: ['198.51.100.1', '192.0.2.0/24'], httpHeader: ['A b']
                iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web-http2', name: 'h', rules: 'protocol is http/2.0'
                iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web-http2', name: 'h', rules: [[%s]]
                """.formatted(RULE));
        assertThat(writes()).isEqualTo(4);

        Jobs.succeed(jenkins, """
                iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', name: 'http', deniedSource: [], httpHeader: 'none'
                iplbEnsureFarm loadBalancer: 'shop', protocol: 'http', farm: 'app', probe: [type: 'http', url: '/health']
                """);
        assertThat(shop.sandbox()
                        .world()
                        .service(Shop.SERVICE)
                        .staged("http/frontend")
                        .toString())
                .doesNotContain("192.0.2.0");
        assertThat(writes()).isEqualTo(6);
    }

    @Test
    void aMapWithTheDiffOutlivesTheStepThatReturnedIt() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                def sticky = iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                sleep time: 1, unit: 'MILLISECONDS'
                def change = sticky.diff[0]
                echo "${change.path}: ${change.before} -> ${change.after}"
                echo "${sticky.msg}, ${sticky.about.effect} of ${sticky.about.subject.in.name}"
                """);

        jenkins.assertLogContains("stickiness: null -> cookie", build);
        jenkins.assertLogContains("Stickiness of farm app changed, changed of app", build);
    }

    @Test
    void pipelineStepsCallsItByAShortSentence() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web-http2', rules: [[%s]]
                iplbRefresh loadBalancer: 'shop', zones: ['gra', 'rbx']
                """.formatted(RULE));

        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(build, "flowGraphTable").asNormalizedText())
                    .contains(
                            "stickiness of app: cookie",
                            "route of https: to web-http2, when protocol is http/2.0",
                            "refresh of shop in gra, rbx");
        }
    }

    @Test
    void aGateThatIsNotToWaitLetsTheBuildGoOn() throws Exception {
        shop.sandbox().world().refreshTakes(Duration.ofHours(1));

        WorkflowRun build = Jobs.succeed(jenkins, """
                echo "status: ${iplbRefresh(loadBalancer: 'shop', wait: false).tasks[0].status}"
                """);

        jenkins.assertLogContains("status: todo", build);
    }

    @Test
    void theHttp2CheckSaysWhatAnswers() throws Exception {
        String address = "127.0.0.1:" + shop.sandbox().tlsAddress().getPort();
        String ca = Files.readString(shop.sandbox().caFile());

        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, """
                iplbCheckHttp2 url: 'https://www.shop.example/', connectTo: '%s', ca: '''%s'''
                """.formatted(address, ca));

        jenkins.assertLogContains(
                "ERROR: iplbCheckHttp2 failed (unavailable): https://www.shop.example/ answered", build);

        Jobs.succeed(jenkins, """
                iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web-http2', rules: [[%s]]
                iplbRefresh loadBalancer: 'shop'
                def answer = iplbCheckHttp2 url: 'https://www.shop.example/', connectTo: '%s', ca: '''%s'''
                assert answer.protocol == 'h2'
                """.formatted(RULE, address, ca));
    }

    @Test
    void theCheckOfTrafficOpensWhenItHasBeenAnsweredWellOftenEnough() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                def answer = iplbCheckTraffic(url: 'https://www.shop.example/', connectTo: ['127.0.0.1:%d'], ca: '''%s''',
                    expect: ['status is 200', 'certificate:name is www.shop.example'], times: 2)
                assert answer.places[0].good == 2 && answer.places[0].bad == 0
                assert answer.places[0].certificate.sha256.length() == 64
                """.formatted(
                        shop.sandbox().tlsAddress().getPort(),
                        Files.readString(shop.sandbox().caFile())));

        jenkins.assertLogContains(" answered well 2 of 2 times, at last over ", build);
    }

    @Test
    void tooManyBadAnswersFailTheBuildOrMarkItUnstable() throws Exception {
        try (Page page = new Page(503)) {
            String check = "iplbCheckTraffic url: '%s', maxErrors: 1".formatted(page.url());

            WorkflowRun failed = Jobs.run(jenkins, Result.FAILURE, check);
            jenkins.assertLogContains("ERROR: iplbCheckTraffic failed (unavailable): " + page.url(), failed);
            jenkins.assertLogContains("status was '503', expected: status", failed);

            Jobs.run(jenkins, Result.UNSTABLE, check + ", onFailure: 'unstable'");
            assertThat(page.asked()).isEqualTo(2);
        }
    }

    @Test
    void theCheckOfMetricsLooksAtWhatOvhMeasures() throws Exception {
        shop.sandbox().world().service(Shop.SERVICE).traffic("gra", 0, 0);

        WorkflowRun build = Jobs.succeed(jenkins, """
                def measured = iplbCheckMetrics(loadBalancer: 'shop', zones: ['gra'], count: 'connections', atMost: 0)
                assert measured.zones[0].zone == 'gra' && measured.zones[0].perSecond == 0
                """);

        jenkins.assertLogNotContains("sandboxsecret", build);
    }

    @Test
    void http2IsBroughtInTheWayThatIsRightAndLeftAloneWhereItIsSpoken() throws Exception {
        String enable = """
                iplbEnableHttp2 loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', url: 'https://www.shop.example/',
                    connectTo: '127.0.0.1:%d', ca: '''%s'''""".formatted(
                        shop.sandbox().tlsAddress().getPort(),
                        Files.readString(shop.sandbox().caFile()));

        WorkflowRun build = Jobs.succeed(jenkins, """
                def done = %s
                assert done.changed && done.way == 'native' && done.answers == 'h2'
                def again = %s
                assert !again.changed
                """.formatted(enable, enable));

        jenkins.assertLogContains("shop: HTTP/2 (native): tcp frontends with ssl speak HTTP/2 by themselves", build);
        jenkins.assertLogContains("shop: HTTP/2 added to frontend https", build);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).hasSize(1);

        Jobs.succeed(jenkins, """
                def route = %s, farm: 'web-http2'
                assert route.changed && route.way == 'route' && route.answers == 'h2'
                """.formatted(enable));
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).hasSize(2);
    }

    private long writes() {
        return shop.sandbox().calls().all().stream()
                .filter(call -> !call.method().equals("GET"))
                .count();
    }
}
