package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.tls.HeldCertificate;
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
    void aTokenForMetricsIsForThePlayAloneAndIsNotMadeWhereItWouldBeShown() {
        Ansible.Ran ran = ansible.on(sandbox).tasks("""
                - ovhiplb.loadbalancer.iplb_metrics_token:
                  ignore_errors: true
                - ovhiplb.loadbalancer.iplb_metrics_token:
                  no_log: true
                  register: metrics
                - ansible.builtin.assert:
                    that: metrics.endpoint.endswith(service) and metrics.token | length == 64 and not metrics.changed
                """, "-vvvv");

        assertThat(ran.succeeded().output()).contains("no_log: true is missing");
        assertThat(sandbox.calls().matching("GET", "/ipLoadbalancing/*/metricsToken"))
                .hasSize(1);
    }

    @Test
    void aPrivateKeyIsForOvhAlone() throws IOException {
        sandbox.world().refreshTakes(Duration.ZERO);
        HeldCertificate first = KeyPem.elliptic("new.shop.example");
        HeldCertificate second = KeyPem.elliptic("new.shop.example");
        Path secrets = ansible.write(
                "secrets.yml",
                "keys:\n  - |\n" + first.privateKeyPkcs8Pem().indent(4) + "  - |\n"
                        + second.privateKeyPkcs8Pem().indent(4));
        ansible.write(
                "certificates.yml",
                "certificates:\n  - |\n" + first.certificatePem().indent(4) + "  - |\n"
                        + second.certificatePem().indent(4));

        Ansible.Ran ran = ansible.on(sandbox).tasks("""
                - ansible.builtin.include_vars: secrets.yml
                  no_log: true
                - ansible.builtin.include_vars: certificates.yml
                - ovhiplb.loadbalancer.iplb_certificate:
                    {name: site, certificate: '{{ certificates[0] }}', key: '{{ keys[0] }}', record: '{{ playbook_dir }}/changes.json'}
                - ovhiplb.loadbalancer.iplb_certificate_rotation:
                    {name: site, certificate: '{{ certificates[1] }}', key: '{{ keys[1] }}', record: '{{ playbook_dir }}/changes.json'}
                - ovhiplb.loadbalancer.iplb_certificate: {certificate: '{{ certificates[0] }}', key: '{{ keys[1] }}'}
                  ignore_errors: true
                """, "-vvvv", "--diff");

        assertThat(sandbox.calls().count("POST", "/ipLoadbalancing/*/ssl")).isEqualTo(2);
        assertThat(ran.succeeded().output() + Files.readString(secrets.resolveSibling("changes.json")))
                .contains("\"key\": \"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER\"", "remove-certificate", "key: ")
                .doesNotContain("PRIVATE KEY")
                .doesNotContain(first.privateKeyPkcs8Pem().lines().toList().get(1))
                .doesNotContain(second.privateKeyPkcs8Pem().lines().toList().get(1));
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
