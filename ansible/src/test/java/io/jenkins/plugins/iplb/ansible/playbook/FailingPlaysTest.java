package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every failure is one sentence in {@code msg}, and what a play may decide by in {@code error}. */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class FailingPlaysTest {
    private static final String STICKINESS = """
            - ovhiplb.loadbalancer.iplb_farm: {protocol: http, name: app, stickiness: cookie}
            """;

    private Sandbox sandbox;
    private Ansible ansible;

    @BeforeEach
    void prepare(Sandbox box, Ansible installed) {
        sandbox = box;
        ansible = installed.on(sandbox);
    }

    @Test
    void anOptionThatThereIsNotIsNamedAndNothingIsSent() {
        assertFails(
                "- ovhiplb.loadbalancer.iplb_refresh: {zone: gra}",
                "Unsupported parameters for (iplb_refresh) module: zone. Supported parameters include: ");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void missingCredentialsAreToldWithAllTheWaysToGiveThem() {
        ansible.without("OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY");

        assertFails(STICKINESS, "no OVHcloud credentials for ", "set OVH_APPLICATION_KEY");
    }

    @Test
    void aMissingRightIsTold() {
        sandbox.credentials().rules(sandbox.credentials().consumerKey(), new AccessRule("GET", "/*"));

        assertFails(STICKINESS, "PUT /ipLoadbalancing/", "lacks this right", "\"kind\": \"credentials\"");
    }

    @Test
    void anUnknownNameIsToldAndCanBeDecidedBy() {
        ansible.tasks("""
                - ovhiplb.loadbalancer.iplb_rule:
                    {protocol: http, route: nowhere, field: method, match: is, pattern: PUT}
                  register: rule
                  failed_when: rule.error.kind != 'refused'
                - ansible.builtin.assert:
                    that: "rule.msg is search('has no http route named .nowhere.')"
                """).succeeded();
    }

    @Test
    void whatStandsInTheWayOfARefreshIsTold() {
        sandbox.world().service(DemoWorld.SERVICE).add("http/frontend", Map.of("port", "8081", "zone", "gra"));

        assertFails(
                "- ovhiplb.loadbalancer.iplb_refresh:",
                "cannot be refreshed: http frontend ",
                "has neither a default farm, a redirect nor a route with a rule");
    }

    @Test
    void aRefreshThatFailsIsTold() {
        sandbox.world().refreshTakes(Duration.ZERO);
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);

        assertFails(
                STICKINESS + "- ovhiplb.loadbalancer.iplb_refresh:",
                "is error: what is staged is not live",
                "\"kind\": \"task-failed\"");
    }

    @Test
    void aRefreshThatHangsIsGivenUpInTime() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.hang);

        assertFails(
                STICKINESS + "- ovhiplb.loadbalancer.iplb_refresh: {timeout: 2}",
                "was not refreshed by the deadline; refresh ",
                "goes on at OVH");
    }

    private void assertFails(String tasks, String... words) {
        Ansible.Ran ran = ansible.tasks(tasks).failed();

        assertThat(ran.output()).contains("fatal: [localhost]: FAILED!").contains(words);
        assertThat(ran.output()).doesNotContain("MODULE FAILURE", "Exception", "Traceback");
    }
}
