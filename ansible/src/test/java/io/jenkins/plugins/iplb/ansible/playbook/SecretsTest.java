package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Told to show all it knows, while all goes well and while it does not. That no secret is in what is printed and in what
 * is left behind is what {@link Ansible} sees to; these tests see to it that there is something to look at.
 */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class SecretsTest {
    private static final String TASKS = """
            - ovhiplb.loadbalancer.iplb_farm: {protocol: http, name: app, stickiness: cookie, record: changes.json}
            - ovhiplb.loadbalancer.iplb_farm: {protocol: http, name: app, stickyness: cookie}
              ignore_errors: true
            - ovhiplb.loadbalancer.iplb_info: {service: loadbalancer-nowhere}
              ignore_errors: true
            - ovhiplb.loadbalancer.iplb_info:
              async: 60
              poll: 1
            """;

    private Sandbox sandbox;
    private Ansible ansible;

    @BeforeEach
    void prepare(Sandbox box, Ansible installed) {
        sandbox = box;
        ansible = installed.with("OVH_ENDPOINT", sandbox.httpEndpoint().toString());
    }

    @Test
    void noneIsToldOfTheEnvironment() {
        ansible.on(sandbox);

        assertThat(ansible.tasks(TASKS, "-vvvv", "--diff").succeeded().output())
                .contains("\"consumer_key\": null", "EXEC");
    }

    @Test
    void noneIsToldOfTheArguments() {
        Ansible.Ran ran = ansible.play(
                """
                - hosts: localhost
                  gather_facts: false
                  module_defaults:
                    group/ovhiplb.loadbalancer.iplb:
                      service: '{{ service }}'
                      application_key: %s
                      application_secret: %s
                      consumer_key: %s
                  tasks:
                """.formatted(
                                        sandbox.credentials().applicationKey(),
                                        sandbox.credentials().applicationSecret(),
                                        sandbox.credentials().consumerKey())
                        + TASKS.indent(4),
                "-vvvv",
                "--diff");

        assertThat(ran.succeeded().output())
                .contains("\"consumer_key\": \"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER\"")
                .contains("\"application_key\": \"" + sandbox.credentials().applicationKey());
    }

    /** By variables: ansible-core 2.19 and later print the lines of a task that fails, and those beside it. */
    @Test
    void noneIsToldOfAServiceAccountAndAToken() {
        ansible.write("secrets.yml", """
                account: '%s'
                account_secret: '%s'
                token: '%s'
                wrong_secret: sandboxsecret0of0another
                wrong_token: sandboxsecret0 that was not copied as it is
                """.formatted(
                        sandbox.credentials().clientId(),
                        sandbox.credentials().clientSecret(),
                        sandbox.credentials().accessToken()));

        Ansible.Ran ran = ansible.tasks("""
                - ansible.builtin.include_vars: secrets.yml
                  no_log: true
                - ovhiplb.loadbalancer.iplb_info: {client_id: '{{ account }}', client_secret: '{{ account_secret }}'}
                - ovhiplb.loadbalancer.iplb_info: {access_token: '{{ token }}'}
                - ovhiplb.loadbalancer.iplb_info: {client_id: '{{ account }}', client_secret: '{{ wrong_secret }}'}
                  ignore_errors: true
                - ovhiplb.loadbalancer.iplb_info: {access_token: '{{ wrong_token }}'}
                  ignore_errors: true
                """, "-vvvv");

        assertThat(ran.succeeded().output()).contains("\"kind\": \"credentials\"", "was not copied as it is");
    }

    @Test
    void noneIsToldOfTheFile() {
        ansible.write("ovh.conf", """
                [default]
                endpoint=%s
                [%s]
                application_key=%s
                application_secret=%s
                consumer_key=%s
                """.formatted(
                        sandbox.httpEndpoint(),
                        sandbox.httpEndpoint(),
                        sandbox.credentials().applicationKey(),
                        sandbox.credentials().applicationSecret(),
                        sandbox.credentials().consumerKey()));

        ansible.without("OVH_ENDPOINT").tasks(TASKS, "-vvvv").succeeded();
    }
}
