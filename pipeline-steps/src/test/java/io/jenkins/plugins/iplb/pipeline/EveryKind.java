package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** One job for each kind of step that sends something, all at the same time on one shop. */
final class EveryKind {
    private static final Map<String, String> STEPS = steps();

    /** How many jobs there are. */
    static final int COUNT = STEPS.size();

    /** What they send when nothing comes between: a route takes three calls, everything else one. */
    private static final int WRITES = COUNT + 2;

    private EveryKind() {}

    private static Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("refresh", "iplbRefresh loadBalancer: 'shop'");
        steps.put(
                "move", "iplbMoveFailover loadBalancer: 'shop', ip: '%s', to: 'shop'".formatted(DemoWorld.MOVABLE_IP));
        steps.put(
                "route",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web-http2', name: 'http2',"
                        + " rules: [[field: 'protocol', match: 'is', pattern: 'http/2.0']]");
        steps.put(
                "rule",
                "iplbAddRule loadBalancer: 'shop', protocol: 'http', route: 'plain', field: 'host', match: 'is', pattern: 'a'");
        steps.put(
                "dedicate",
                "iplbDedicateFailover loadBalancer: 'shop', protocol: 'http', frontend: 'http', ips: '%s'"
                        .formatted(DemoWorld.ATTACHED_IP));
        steps.put(
                "frontend",
                "iplbEnsureFrontend loadBalancer: 'shop', protocol: 'http', port: '8080', zone: 'all', farm: 'app'");
        steps.put(
                "sticky",
                "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'");
        return steps;
    }

    /** What the steps need: a route to put a rule on, and something to refresh. */
    static Shop shop() {
        Shop shop = new Shop();
        ServiceSeed service = shop.sandbox().world().service(Shop.SERVICE);
        service.add("http/route", Map.of("displayName", "plain", "action", Map.of("type", "reject")));
        service.add("udp/farm", Map.of("zone", "all", "port", 53));
        return shop;
    }

    static void start(JenkinsRule jenkins) throws Exception {
        for (Map.Entry<String, String> step : STEPS.entrySet()) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, step.getKey());
            job.setDefinition(new CpsFlowDefinition(
                    "def result = " + step.getValue() + "\necho \"changed: ${result.changed}\"", true));
            job.scheduleBuild2(0).waitForStart();
        }
    }

    /** Waits until those that wait for OVH have nothing else to do. */
    static void awaitWaits(JenkinsRule jenkins) throws Exception {
        jenkins.waitForMessage("refresh ", build(jenkins, "refresh"));
        jenkins.waitForMessage("moving ", build(jenkins, "move"));
        for (String name : STEPS.keySet()) {
            if (!List.of("refresh", "move").contains(name)) {
                jenkins.waitForCompletion(build(jenkins, name));
            }
        }
    }

    static void assertAllSucceed(JenkinsRule jenkins) throws Exception {
        for (String name : STEPS.keySet()) {
            WorkflowRun build = build(jenkins, name);
            jenkins.waitForCompletion(build);
            jenkins.assertBuildStatus(Result.SUCCESS, build);
            jenkins.assertLogContains("changed: true", build);
        }
    }

    static void assertNothingWasSentTwice(Shop shop) {
        List<String> writes = writes(shop).stream()
                .map(call -> call.method() + " " + call.path() + " " + call.requestBody())
                .toList();
        assertThat(writes).doesNotHaveDuplicates().hasSize(WRITES);
    }

    static boolean isWrite(Exchange call) {
        return !call.method().equals("GET");
    }

    /** Of the load balancer or its addresses: the clock is asked for once for all. */
    static boolean isRead(Exchange call) {
        return call.method().equals("GET") && !call.path().startsWith("/auth");
    }

    private static List<Exchange> writes(Shop shop) {
        return shop.sandbox().calls().all().stream().filter(EveryKind::isWrite).toList();
    }

    private static WorkflowRun build(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getBuildByNumber(1);
    }
}
