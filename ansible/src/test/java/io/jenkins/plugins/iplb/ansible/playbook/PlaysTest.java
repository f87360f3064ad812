package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ansible's ways of running a task, with a real Ansible. */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class PlaysTest {
    private static final String ROUTE = """
            - ovhiplb.loadbalancer.iplb_route:
                protocol: tcp
                frontend: https
                farm: web-http2
                name: http2
                rules:
                  - {field: protocol, match: is, pattern: http/2.0}
            """;

    private Sandbox sandbox;
    private ServiceSeed shop;
    private Ansible ansible;

    @BeforeEach
    void prepare(Sandbox box, Ansible installed) {
        sandbox = box;
        shop = sandbox.world().service(DemoWorld.SERVICE);
        sandbox.world().refreshTakes(Duration.ZERO);
        ansible = installed.on(sandbox);
    }

    @Test
    void whatIsMadePresentIsThereAndTheSecondTimeNothingChanges() {
        assertThat(ansible.tasks(ROUTE).changed()).isOne();
        assertThat(shop.id("tcp/route", "http2")).isPositive();

        assertThat(ansible.tasks(ROUTE).changed()).isZero();
        assertThat(shop.staged("tcp/route")).hasSize(1);
    }

    @Test
    void inCheckModeTheDifferencesAreShownAndNothingIsWritten() {
        Ansible.Ran checked = ansible.tasks(ROUTE, "--check", "--diff");

        assertThat(checked.changed()).isOne();
        assertThat(checked.output())
                .contains("--- before: iplb_route on " + DemoWorld.SERVICE + ", as it is")
                .contains("+++ after: iplb_route on " + DemoWorld.SERVICE + ", as it is to be")
                .contains("+rule: protocol is http/2.0");
        assertThat(shop.staged("tcp/route")).isEmpty();
    }

    @Test
    void whatIsMadeAbsentIsGoneAndTheSecondTimeNothingChanges() {
        ansible.tasks(ROUTE).succeeded();
        String absent = """
                - ovhiplb.loadbalancer.iplb_route:
                    protocol: tcp
                    name: http2
                    state: absent
                """;

        Ansible.Ran removed = ansible.tasks(absent, "--diff");

        assertThat(removed.changed()).isOne();
        assertThat(removed.output()).contains("-name: http2");
        assertThat(shop.staged("tcp/route")).isEmpty();
        assertThat(ansible.tasks(absent).changed()).isZero();
    }

    @Test
    void fiveChangesAreOneRefreshByTheHandler() {
        String play = """
                - hosts: localhost
                  gather_facts: false
                  module_defaults:
                    group/ovhiplb.loadbalancer.iplb: {service: '{{ service }}'}
                    group/ovhiplb.loadbalancer.changes: {record: changes.json}
                  tasks:
                    - ovhiplb.loadbalancer.iplb_farm: {protocol: http, name: green, zone: all, port: 8080}
                      notify: refresh
                    - ovhiplb.loadbalancer.iplb_server: {protocol: http, farm: green, address: '{{ item }}'}
                      loop: [192.0.2.41, 192.0.2.42]
                      notify: refresh
                    - ovhiplb.loadbalancer.iplb_farm: {protocol: http, name: app, stickiness: cookie}
                      notify: refresh
                    - ovhiplb.loadbalancer.iplb_frontend: {protocol: http, name: http, farm: green}
                      notify: refresh
                  handlers:
                    - name: refresh
                      ovhiplb.loadbalancer.iplb_refresh:
                """;

        assertThat(ansible.play(play).changed()).isEqualTo(5);

        assertThat(shop.refreshes()).hasSize(1);
        assertThat(shop.pending()).isEmpty();
        assertThat(shop.live("gra", "http/server")).hasSize(4);
        assertThat(ansible.play(play).changed()).isZero();
        assertThat(shop.refreshes()).hasSize(1);
    }

    @Test
    void inCheckModeTheHandlerHasNothingToRefresh() {
        Ansible.Ran checked = ansible.play("""
                - hosts: localhost
                  gather_facts: false
                  module_defaults:
                    group/ovhiplb.loadbalancer.iplb: {service: '{{ service }}'}
                  tasks:
                    - ovhiplb.loadbalancer.iplb_farm: {protocol: http, name: app, stickiness: cookie}
                      notify: refresh
                  handlers:
                    - name: refresh
                      ovhiplb.loadbalancer.iplb_refresh:
                """, "--check");

        assertThat(checked.changed()).isOne();
        assertThat(shop.refreshes()).isEmpty();
    }

    @Test
    void tasksAreListedWithoutACall() {
        Ansible.Ran listed = ansible.tasks(ROUTE, "--list-tasks").succeeded();

        assertThat(listed.output()).contains("ovhiplb.loadbalancer.iplb_route");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void aTaskOfAnotherHostRunsHereWhenItIsDelegated() {
        Ansible.Ran ran = ansible.play("""
                - hosts: all
                  gather_facts: false
                  tasks:
                    - ovhiplb.loadbalancer.iplb_server:
                        service: '{{ service }}'
                        protocol: http
                        farm: app
                        address: '{{ inventory_hostname }}'
                        weight: 0
                      delegate_to: localhost
                """, "-i", "192.0.2.31,192.0.2.32");

        assertThat(ran.changed()).isOne();
        assertThat(shop.staged("http/server"))
                .extracting(server -> server.text("address") + " " + server.text("weight"))
                .containsExactlyInAnyOrder("192.0.2.31 0", "192.0.2.32 0");
    }

    @Test
    void hostsThatWantTheSameAtOnceMakeItOnce() {
        Ansible.Ran ran = ansible.play("""
                - hosts: all
                  gather_facts: false
                  tasks:
                    - ovhiplb.loadbalancer.iplb_farm:
                        service: '{{ service }}'
                        protocol: http
                        name: green
                        zone: all
                      delegate_to: localhost
                """, "-i", "192.0.2.31,192.0.2.32,192.0.2.33,192.0.2.34,192.0.2.35");

        assertThat(ran.succeeded().output()).containsOnlyOnce("changed=1");
        assertThat(shop.staged("http/farm")).hasSize(2);
    }

    @Test
    void aRefreshInTheBackgroundIsWaitedForByAnsible() {
        shop.add("tcp/farm", Map.of("zone", "all", "displayName", "new"));

        Ansible.Ran ran = ansible.tasks("""
                - ovhiplb.loadbalancer.iplb_refresh:
                  async: 60
                  poll: 1
                  register: polled
                - ovhiplb.loadbalancer.iplb_info:
                  async: 60
                  poll: 0
                  register: started
                - ansible.builtin.async_status: {jid: '{{ started.ansible_job_id }}'}
                  register: there
                  until: there.finished
                  delay: 1
                  retries: 60
                - ansible.builtin.assert:
                    that:
                      - polled.tasks[0].status == 'done'
                      - there.zones == ['gra', 'rbx']
                      - there.pending_changes == []
                """).succeeded();

        assertThat(ran.output()).contains("ASYNC OK");
        assertThat(shop.pending()).isEmpty();
    }

    @Test
    void whatIsReturnedCanBeGoneOnWith() {
        ansible.tasks(ROUTE + """
                  register: route
                - ovhiplb.loadbalancer.iplb_rule:
                    protocol: tcp
                    route: '{{ route.route_id }}'
                    field: sni
                    match: is
                    pattern: www.shop.example
                  register: rule
                - ansible.builtin.assert:
                    that:
                      - rule.route_id == route.route_id
                      - rule.rule_id not in route.rule_ids
                      - route.calls.writes == 3
                - ovhiplb.loadbalancer.iplb_info:
                  register: there
                - ansible.builtin.assert:
                    that:
                      - there.routes.tcp[0].rules | length == 2
                      - there.frontends.tcp[0].display_name == 'https'
                """).succeeded();
    }
}
