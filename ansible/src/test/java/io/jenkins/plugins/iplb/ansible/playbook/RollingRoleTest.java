package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The role that deploys to one server after the other, on the hosts that are the servers of a farm. */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class RollingRoleTest {
    private static final List<String> HOSTS = List.of("192.0.2.31", "192.0.2.32", "192.0.2.33");

    /** It fails on the host that it is told. */
    private static final String DEPLOY = """
            - ansible.builtin.debug:
                msg: deployed to {{ inventory_hostname }}
            - name: Deploy
              ansible.builtin.fail:
                msg: no room left
              when: inventory_hostname == failing | default('')
            """;

    /** It says which servers are out, live. */
    private static final String LOOK = """
            - ovhiplb.loadbalancer.iplb_info:
                service: '{{ service }}'
                servers: true
              delegate_to: localhost
              register: there
            - ansible.builtin.debug:
                msg: "deployed to {{ inventory_hostname }} while out: {{ there.farms.http | selectattr('display_name', 'eq', 'app') | map(attribute='servers') | first | selectattr('status', 'eq', 'inactive') | map(attribute='address') | join(' ') }}"
            """;

    private Sandbox sandbox;
    private ServiceSeed shop;
    private Ansible ansible;

    @BeforeEach
    void prepare(Sandbox box, Ansible installed) {
        sandbox = box;
        shop = sandbox.world().service(DemoWorld.SERVICE);
        shop.add("http/server", shop.id("http/farm", "app"), Map.of("address", "192.0.2.33", "status", "active"));
        shop.deployed();
        sandbox.world().refreshTakes(Duration.ZERO);
        ansible = installed.on(sandbox);
        ansible.write("deploy.yml", DEPLOY);
    }

    @Test
    void oneServerAfterTheOtherIsOutWhileItsTasksRun() {
        Ansible.Ran ran = ansible.playbook(
                        "ovhiplb.loadbalancer.rolling",
                        "-i",
                        String.join(",", HOSTS),
                        "-e",
                        "servers=all",
                        "-e",
                        "ansible_connection=local",
                        "-e",
                        "iplb_rolling_service=" + DemoWorld.SERVICE,
                        "-e",
                        "iplb_rolling_farm=app",
                        "-e",
                        "iplb_rolling_empty_after=1s",
                        "-e",
                        "iplb_rolling_tasks=" + ansible.write("look.yml", LOOK))
                .succeeded();

        for (String host : HOSTS) {
            assertThat(ran.output()).contains("deployed to %1$s while out: %1$s\"".formatted(host));
        }
        assertThat(changes())
                .containsExactly(
                        "192.0.2.31 inactive",
                        "192.0.2.31 active",
                        "192.0.2.32 inactive",
                        "192.0.2.32 active",
                        "192.0.2.33 inactive",
                        "192.0.2.33 active");
        assertThat(out()).isEmpty();
        assertThat(shop.pending()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"back, ", "out, 192.0.2.32"})
    void aHostThatFailsEndsItAndTheHostsBehindItAreNotTouched(String onFailure, String left) {
        Ansible.Ran ran = roll("", "-e", "failing=192.0.2.32", "-e", "iplb_rolling_on_failure=" + onFailure)
                .failed();

        assertThat(ran.output())
                .contains("192.0.2.32: Deploy: no room left; no other batch begins")
                .contains("deployed to 192.0.2.31")
                .doesNotContain("deployed to 192.0.2.33");
        assertThat(changes()).noneMatch(change -> change.startsWith("192.0.2.33"));
        assertThat(out()).isEqualTo(Stream.ofNullable(left).toList());
        assertThat(shop.pending()).isEmpty();
    }

    /** What else may be said of a play's failures changes nothing of that. */
    @ParameterizedTest
    @ValueSource(strings = {"any_errors_fatal: true", "max_fail_percentage: 0"})
    void theOthersOfItsBatchComeToTheirEnd(String keyword) {
        Ansible.Ran ran =
                roll("serial: 2\n  " + keyword, "-e", "failing=192.0.2.31").failed();

        assertThat(ran.output()).contains("deployed to 192.0.2.32").doesNotContain("deployed to 192.0.2.33");
        assertThat(changes())
                .contains("192.0.2.31 active", "192.0.2.32 active")
                .noneMatch(change -> change.startsWith("192.0.2.33"));
        assertThat(out()).isEmpty();
    }

    @Test
    void aHostThatCannotBeReachedAnyMoreStaysOutAndEndsIt() {
        ansible.write("deploy.yml", DEPLOY + """
                - ansible.builtin.command: 'true'
                  when: inventory_hostname == '192.0.2.32'
                  vars: {ansible_connection: ssh, ansible_host: 127.0.0.1, ansible_port: 1}
                """);

        Ansible.Ran ran = roll("").failed();

        assertThat(ran.output()).contains("UNREACHABLE").doesNotContain("deployed to 192.0.2.33");
        assertThat(out()).containsExactly("192.0.2.32");
        assertThat(changes()).noneMatch(change -> change.startsWith("192.0.2.33"));
    }

    @Test
    void whereTheCheckFailsAServerGoesOutAgain() {
        Ansible.Ran ran = roll(
                        "",
                        "-e",
                        "iplb_rolling_on_failure=out",
                        "-e",
                        "iplb_rolling_check_url=" + sandbox.httpEndpoint() + "/nothing/there",
                        "-e",
                        "{\"iplb_rolling_check_expect\": [\"status is 200\"], \"iplb_rolling_timeout\": \"4s\"}")
                .failed();

        assertThat(ran.output()).contains("192.0.2.31: It answers: ");
        assertThat(changes()).containsExactly("192.0.2.31 inactive", "192.0.2.31 active", "192.0.2.31 inactive");
        assertThat(out()).containsExactly("192.0.2.31");
    }

    @Test
    void theLastServerOfAFarmIsNotTakenOut() {
        shop.staged("http/server").stream()
                .filter(server -> !server.text("address").equals("192.0.2.31"))
                .forEach(server -> shop.alter("http/server", server.id(), Map.of("status", "inactive")));
        shop.deployed();

        Ansible.Ran ran = roll("", "--limit", "192.0.2.31").failed();

        assertThat(ran.output()).contains("would be left with no server").doesNotContain("deployed to");
        assertThat(changes()).isEmpty();
    }

    @Test
    void inCheckModeNothingIsSent() {
        Ansible.Ran ran = roll("", "--check").succeeded();

        assertThat(ran.changed()).isOne();
        assertThat(sandbox.calls().count("PUT", "/**") + sandbox.calls().count("POST", "/**"))
                .isZero();
    }

    @Test
    void aRoleIsRunInsteadOfTasksAndTheRecordTellsAll(@TempDir Path folder) {
        Path record = folder.resolve("changes.json");
        ansible.write("roles/deploys/tasks/main.yml", DEPLOY);

        Ansible.Ran ran = ansible.play(
                        play("", "iplb_rolling_role: deploys, iplb_rolling_record: " + record),
                        "-i",
                        "192.0.2.31,",
                        "-e",
                        "iplb_rolling_empty_after=1s")
                .succeeded();

        assertThat(ran.output()).contains("deployed to 192.0.2.31");
        assertThat(RecordReader.read(record).stream().map(RecordedEntry::operation))
                .containsExactly("drain", "refresh", "undrain", "refresh");
    }

    @Test
    void whatItNeedsIsSaidBeforeAnythingIsSent() {
        assertThat(ansible.play(play("", "iplb_rolling_zone: gra"), "-i", "192.0.2.31,")
                        .failed()
                        .output())
                .contains("exactly one of iplb_rolling_tasks and iplb_rolling_role is needed");
        assertThat(ansible.playbook("ovhiplb.loadbalancer.rolling", "-i", "192.0.2.31,", "-e", "servers=all")
                        .failed()
                        .output())
                .contains("missing required arguments: iplb_rolling_farm, iplb_rolling_service");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    /** @param keywords of the play; {@code serial: 1} where there is none of that */
    private Ansible.Ran roll(String keywords, String... options) {
        String[] all = Stream.concat(
                        Stream.of("-i", String.join(",", HOSTS), "-e", "iplb_rolling_empty_after=1s"),
                        Stream.of(options))
                .toArray(String[]::new);
        return ansible.play(play(keywords, "iplb_rolling_tasks: deploy.yml"), all);
    }

    private static String play(String keywords, String variables) {
        return """
                - hosts: all
                  gather_facts: false
                  connection: local
                  %s
                  roles:
                    - role: ovhiplb.loadbalancer.iplb_rolling
                      vars: {iplb_rolling_service: '{{ service }}', iplb_rolling_farm: app, %s}
                """.formatted(keywords.contains("serial") ? keywords : "serial: 1\n  " + keywords, variables);
    }

    /** What was made of which server, in the order in which it was sent. */
    private List<String> changes() {
        Map<Long, String> addresses = shop.staged("http/server").stream()
                .collect(Collectors.toMap(Item::id, server -> server.text("address")));
        return sandbox.calls().all().stream()
                .filter(call -> call.method().equals("PUT"))
                .map(call -> addresses.get(Long.valueOf(call.path().replaceAll(".*/", ""))) + " " + status(call))
                .toList();
    }

    private static String status(Exchange call) {
        return call.requestBody().contains("inactive") ? "inactive" : "active";
    }

    private List<String> out() {
        return shop.live("rbx", "http/server").stream()
                .filter(server -> server.text("status").equals("inactive"))
                .map(server -> server.text("address"))
                .toList();
    }
}
