package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * One job for each kind of step, all at the same time. Each is about a load balancer of its own, since changes to one
 * take turns.
 */
final class EveryKind {
    private static final String PARKED_IP = "198.51.100.25/32";
    private static final Map<String, String> ADDRESSES = Map.of("move", DemoWorld.MOVABLE_IP, "park", PARKED_IP);
    private static final HeldCertificate CERTIFICATE = KeyPem.elliptic("new.shop.example");

    /** Those that send something; of these, as of each group, no more than a controller has workers to wait for an answer. */
    static final List<Kind> SENDING = List.of(
            new Kind("refresh", 1, "iplbRefresh loadBalancer: 'refresh'"),
            new Kind(
                    "move",
                    1,
                    "iplbMoveFailover loadBalancer: 'move', ip: '%s', to: 'move'".formatted(DemoWorld.MOVABLE_IP)),
            new Kind("route", 4, """
                    iplbAddRoute loadBalancer: 'route', protocol: 'tcp', frontend: 'https', farm: 'web-http2', name: 'http2',
                        rules: [[field: 'protocol', match: 'is', pattern: 'http/2.0'], [field: 'sni', match: 'is', pattern: 'a']]
                    """),
            new Kind("http2", 4, """
                    iplbEnableHttp2 loadBalancer: 'http2', protocol: 'tcp', frontend: 'https', farm: 'web-http2',
                        url: 'https://www.shop.example/', connectTo: CONNECT_TO, ca: CA
                    """),
            new Kind("rule", 1, """
                    iplbAddRule loadBalancer: 'rule', protocol: 'http', route: 'plain', field: 'host', match: 'is', pattern: 'a'
                    """),
            new Kind("dedicate", 1, """
                    iplbDedicateFailover loadBalancer: 'dedicate', protocol: 'http', frontend: 'http', ips: '%s'
                    """.formatted(DemoWorld.ATTACHED_IP)),
            new Kind("sticky", 1, """
                    iplbSetStickiness loadBalancer: 'sticky', protocol: 'http', farm: 'app', stickiness: 'cookie'
                    """),
            new Kind("changes", 2, """
                    iplbChanges loadBalancer: 'changes', {
                        iplbSetStickiness loadBalancer: 'changes', protocol: 'http', farm: 'app', stickiness: 'cookie'
                    }
                    """));

    /** Those that make and remove objects. */
    static final List<Kind> OBJECTS = List.of(
            new Kind("farm", 1, """
                    iplbEnsureFarm loadBalancer: 'farm', protocol: 'http', farm: 'new', zone: 'all'
                    """),
            new Kind("server", 1, """
                    iplbEnsureServer loadBalancer: 'server', protocol: 'http', farm: 'app', address: '192.0.2.99', port: 8080
                    """),
            new Kind("frontend", 1, """
                    iplbEnsureFrontend loadBalancer: 'frontend', protocol: 'http', port: '8080', zone: 'all', farm: 'app'
                    """),
            new Kind("no-route", 1, """
                    iplbRemoveRoute loadBalancer: 'no-route', protocol: 'http', route: 'plain'
                    """),
            new Kind("no-rule", 1, """
                    iplbRemoveRule loadBalancer: 'no-rule', protocol: 'http', route: 'plain', says: 'host is b'
                    """),
            new Kind("no-frontend", 1, """
                    iplbRemoveFrontend loadBalancer: 'no-frontend', protocol: 'http', frontend: 'http'
                    """),
            new Kind("no-farm", 2, """
                    iplbRemoveFarm loadBalancer: 'no-farm', protocol: 'udp', farm: 'served'
                    """),
            new Kind("no-server", 1, """
                    iplbRemoveServer loadBalancer: 'no-server', protocol: 'udp', farm: 'served', address: '192.0.2.98'
                    """));

    /** About certificates, and about an address that is given up. */
    static final List<Kind> CERTIFICATES = List.of(
            new Kind("park", 1, "iplbParkFailover loadBalancer: 'park', ip: '%s'".formatted(PARKED_IP)),
            new Kind("certificate", 1, """
                    iplbEnsureCertificate loadBalancer: 'certificate', name: 'site', certificate: PEM, keyCredentialsId: KEY
                    """),
            new Kind("rotation", 2, """
                    iplbRotateCertificate loadBalancer: 'rotation', name: 'site', certificate: PEM, keyCredentialsId: KEY
                    """),
            new Kind("no-certificate", 1, """
                    iplbRemoveCertificate loadBalancer: 'no-certificate', certificate: 'www.shop.example'
                    """),
            new Kind("order", 1, """
                    iplbOrderFreeCertificate loadBalancer: 'order', hosts: 'a.shop.example'
                    """));

    /** About the load balancer as a whole, its private networks, and what deployments take of it. */
    static final List<Kind> WHOLES = List.of(
            new Kind("apply", 2, """
                    iplbApply loadBalancer: 'apply', content: '{loadBalancer: apply, http: {farms: {new: {zone: all, port: 80}}}}'
                    """),
            new Kind("rollback", 1, """
                    iplbRollback loadBalancer: 'rollback', content: RECORD, refresh: false
                    """),
            new Kind("settings", 1, """
                    iplbSetService loadBalancer: 'settings', sslConfiguration: 'modern'
                    """),
            new Kind("network", 1, """
                    iplbEnsureVrackNetwork loadBalancer: 'network', network: 'new', subnet: '10.1.0.0/24', natIp: '10.1.0.0/28'
                    """),
            new Kind("no-network", 1, """
                    iplbRemoveVrackNetwork loadBalancer: 'no-network', network: 'spare'
                    """),
            new Kind("drain", 2, """
                    iplbDrain loadBalancer: 'drain', protocol: 'http', farm: 'app', servers: '192.0.2.31', emptyAfter: '1s'
                    """),
            new Kind("undrain", 2, """
                    iplbUndrain loadBalancer: 'undrain', protocol: 'http', farm: 'app', servers: '192.0.2.31'
                    """),
            new Kind("switch", 2, """
                    iplbSwitchFarm loadBalancer: 'switch', protocol: 'http', frontend: 'http', farm: 'green'
                    """));

    /** Deployments, with a block that takes its time. */
    static final List<Kind> DEPLOYMENTS = List.of(new Kind("rolling", 8, """
                    iplbRolling loadBalancer: 'rolling', protocol: 'http', farm: 'app', emptyAfter: '1s', {
                        echo "in the block: ${env.IPLB_SERVER}"
                        sleep 3
                    }
                    """), new Kind("shift", 2, """
                    iplbShift loadBalancer: 'shift', protocol: 'http', farm: 'app', from: '192.0.2.31', to: '192.0.2.32', steps: 100, {
                        echo "in the block: ${env.IPLB_SHARE}"
                        sleep 3
                    }
                    """));

    /** Those that only look. */
    static final List<Kind> LOOKING = List.of(
            new Kind("show", 0, "iplbShow loadBalancer: 'show'"),
            new Kind("plan", 0, """
                    iplbPlan loadBalancer: 'plan', content: '{loadBalancer: plan, http: {farms: {gone: {state: absent}}}}'
                    """),
            new Kind("drift", 0, """
                    iplbDrift loadBalancer: 'drift', content: '{loadBalancer: drift, http: {farms: {app: {zone: all}}}}'
                    """),
            new Kind("check", 0, "iplbCheckHttp2 url: 'https://www.shop.example/', connectTo: CONNECT_TO, ca: CA"),
            new Kind("traffic", 0, """
                    iplbCheckTraffic url: 'https://www.shop.example/', connectTo: CONNECT_TO, ca: CA, times: 2
                    """),
            new Kind("metrics", 0, "iplbCheckMetrics loadBalancer: 'metrics', atMost: 0"));

    /** What somebody has changed of the load balancer whose changes are undone. */
    private static final String RECORD = """
            {"format":"iplb-changes","version":1,"entries":[{"id":"6d0b52c2-55b5-4cf8-8f0a-4f0c8f0b8a11","operation":"set-service",\
            "service":"loadbalancer-rollback","endpoint":"https://eu.api.ovh.com/1.0",\
            "startedAt":"2026-01-02T03:04:05Z","endedAt":"2026-01-02T03:04:06Z","outcome":"changed",\
            "wanted":{"sslConfiguration":"modern"},\
            "before":{"displayName":null,"sslConfiguration":null},\
            "after":{"displayName":null,"sslConfiguration":"modern"},"diff":[],\
            "calls":[{"method":"PUT","path":"/ipLoadbalancing/loadbalancer-rollback",\
            "body":{"sslConfiguration":"modern"},"sentAt":"2026-01-02T03:04:05Z","answeredAt":"2026-01-02T03:04:06Z",\
            "fate":"done","status":200}],"tasks":[],"result":{},"error":null}]}""";

    private EveryKind() {}

    /** @param writes what it sends when nothing comes between */
    record Kind(String name, int writes, String step) implements Serializable {
        private String service() {
            return "loadbalancer-" + name;
        }

        private boolean madeCall(Exchange call) {
            String mine =
                    call.path().startsWith("/ip/") ? "/ip/" + ADDRESSES.get(name) : "/ipLoadbalancing/" + service();
            return (call.path() + "/").startsWith(mine + "/");
        }
    }

    /** Where the load balancers are, for a controller in another process. */
    record Place(Shop.Key key, String connectTo, String ca, String pem, String privateKey) implements Serializable {
        /** Runs on the controller. */
        void start(JenkinsRule jenkins, List<Kind> kinds) throws Exception {
            key.configure();
            keep(privateKey);
            OvhLoadBalancers.get().setRequestsPerMinute(600);
            OvhLoadBalancers.get()
                    .setLoadBalancers(kinds.stream()
                            .map(kind -> new NamedLoadBalancer(kind.name(), kind.service(), Shop.CREDENTIALS))
                            .toList());
            for (Kind kind : kinds) {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, kind.name());
                job.setDefinition(new CpsFlowDefinition(
                        """
                        CONNECT_TO = '%s'
                        CA = '''%s'''
                        PEM = '''%s'''
                        KEY = 'key'
                        RECORD = '%s'
                        def result = %s
                        echo "changed: ${[result.changed, result.added, result.refresh].any { it }}"
                        """.formatted(connectTo, ca, pem, RECORD, kind.step().strip()), true));
                job.scheduleBuild2(0).waitForStart();
            }
        }

        private static void keep(String privateKey) throws IOException {
            SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
            store.getCredentials()
                    .add(new FileCredentialsImpl(
                            CredentialsScope.GLOBAL,
                            "key",
                            "a key",
                            "key.pem",
                            SecretBytes.fromBytes(privateKey.getBytes(StandardCharsets.US_ASCII))));
            store.save();
        }
    }

    /** With what the steps need: a route to put a rule on or to remove, a farm with a server, and a side that answers over HTTP/2. */
    static Shop shop() {
        Shop shop = new Shop();
        World world = shop.sandbox().world();
        all().forEach(kind -> {
            ServiceSeed service = DemoWorld.shop(world, kind.service());
            long route = service.add("http/route", Map.of("displayName", "plain", "action", Map.of("type", "reject")));
            if (kind.name().equals("no-rule")) {
                service.add("http/rule", route, Map.of("field", "host", "match", "is", "pattern", "b"));
            }
            if (kind.name().equals("rollback")) {
                service.property("sslConfiguration", "modern");
            }
            if (kind.name().endsWith("network")) {
                service.property("vrackName", "pn-1234").vrackNetwork("spare", "10.9.0.0/24", "10.9.0.0/28", 0);
            }
            if (kind.name().equals("undrain")) {
                service.alter("http/server", server(service), Map.of("status", "inactive"));
            }
            if (kind.name().equals("switch")) {
                service.add("http/farm", Map.of("displayName", "green", "zone", "all"));
            }
            long farm = service.add("udp/farm", Map.of("displayName", "served", "zone", "all", "port", 53));
            service.add("udp/server", farm, Map.of("address", "192.0.2.98", "status", "active"));
        });
        world.failoverIp(
                DemoWorld.MOVABLE_IP, DemoWorld.DEDICATED_SERVER, kind("move").service());
        world.failoverIp(DemoWorld.ATTACHED_IP, kind("dedicate").service());
        world.failoverIp(PARKED_IP, kind("park").service());
        speakHttp2(world.service(DemoWorld.SERVICE));
        return shop;
    }

    /** The steps' names in a Pipeline. */
    static List<String> functions() {
        return all().map(kind -> kind.step().substring(0, kind.step().indexOf(' ')))
                .toList();
    }

    private static Stream<Kind> all() {
        return Stream.of(SENDING, OBJECTS, CERTIFICATES, WHOLES, DEPLOYMENTS, LOOKING)
                .flatMap(List::stream);
    }

    private static long server(ServiceSeed service) {
        return service.staged("http/server").stream()
                .filter(server -> server.text("address").equals("192.0.2.31"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void speakHttp2(ServiceSeed service) {
        long route = service.add(
                "tcp/route",
                Map.of(
                        "frontendId",
                        service.id("tcp/frontend", "https"),
                        "action",
                        Map.of("type", "farm", "target", Long.toString(service.id("tcp/farm", "web-http2")))));
        service.add("tcp/rule", route, Map.of("field", "protocol", "match", "is", "pattern", "http/2.0"));
        service.deployed();
    }

    private static Kind kind(String name) {
        return all().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
    }

    static Place place(Shop shop) throws IOException {
        return new Place(
                shop.key(),
                "127.0.0.1:" + shop.sandbox().tlsAddress().getPort(),
                Files.readString(shop.sandbox().caFile()),
                CERTIFICATE.certificatePem(),
                CERTIFICATE.privateKeyPkcs8Pem());
    }

    /** Holds back the answer to the first such call of each of the kinds. */
    static Blockade blockade(Shop shop, List<Kind> kinds, Predicate<Exchange> which) {
        Blockade blockade = new Blockade(kinds.stream().map(Kind::name).toList());
        shop.sandbox()
                .calls()
                .onExchange(call -> whose(kinds, call)
                        .filter(kind -> which.test(call))
                        .ifPresent(kind -> blockade.pass(kind.name())));
        shop.sandbox().onVisit(() -> {
            // Whichever of the two comes first.
            blockade.pass("check");
            blockade.pass("traffic");
        });
        return blockade;
    }

    private static Optional<Kind> whose(List<Kind> kinds, Exchange call) {
        return kinds.stream().filter(kind -> kind.madeCall(call)).findFirst();
    }

    /** Waits until those that wait for OVH have nothing else to do. */
    static void awaitWaits(JenkinsRule jenkins) throws Exception {
        Map<String, String> waits =
                Map.of("refresh", "is todo", "http2", "is todo", "move", "moving ", "changes", "is todo");
        for (Kind kind : SENDING) {
            WorkflowRun build = build(jenkins, kind.name());
            if (waits.containsKey(kind.name())) {
                jenkins.waitForMessage(waits.get(kind.name()), build);
            } else {
                jenkins.waitForCompletion(build);
            }
        }
    }

    static void awaitBlocks(JenkinsRule jenkins) throws Exception {
        for (Kind kind : DEPLOYMENTS) {
            jenkins.waitForMessage("in the block: ", build(jenkins, kind.name()));
        }
    }

    static void assertAllSucceed(JenkinsRule jenkins, List<Kind> kinds) throws Exception {
        for (Kind kind : kinds) {
            WorkflowRun build = build(jenkins, kind.name());
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatus(Result.SUCCESS, build);
            jenkins.assertLogContains("changed: " + (kind.writes() > 0), build);
        }
    }

    static void assertNothingWasSentTwice(Shop shop, List<Kind> kinds) {
        List<Exchange> writes =
                shop.sandbox().calls().all().stream().filter(EveryKind::isWrite).toList();
        for (Kind kind : kinds) {
            assertThat(told(writes.stream().filter(kind::madeCall).toList()))
                    .as(kind.name())
                    .doesNotHaveDuplicates()
                    .hasSize(kind.writes());
        }
        assertThat(writes).allMatch(call -> whose(kinds, call).isPresent());
    }

    /** A refresh is another one when something else was sent since the last. */
    private static List<String> told(List<Exchange> writes) {
        List<String> told = new ArrayList<>();
        int others = 0;
        for (Exchange call : writes) {
            boolean isRefresh = call.path().endsWith("/refresh");
            others += isRefresh ? 0 : 1;
            told.add("%s %s %s%s"
                    .formatted(call.method(), call.path(), call.requestBody(), isRefresh ? " after " + others : ""));
        }
        return told;
    }

    static boolean isWrite(Exchange call) {
        return !isRead(call);
    }

    static boolean isRead(Exchange call) {
        return call.method().equals("GET");
    }

    private static WorkflowRun build(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getBuildByNumber(1);
    }
}
