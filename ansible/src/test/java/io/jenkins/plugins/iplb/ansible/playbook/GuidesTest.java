package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ansible.Documentation;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The playbooks of the collection, one for each of OVHcloud's guides. */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class GuidesTest {
    private Sandbox sandbox;
    private ServiceSeed shop;
    private Ansible ansible;

    @BeforeEach
    void prepare(Sandbox box, Ansible installed) {
        sandbox = box;
        shop = sandbox.world().service(DemoWorld.SERVICE);
        sandbox.world().refreshTakes(Duration.ZERO).ipMoveTakes(Duration.ZERO);
        ansible = installed.on(sandbox);
    }

    @Test
    void http2() {
        assertThat(runs("http2", http2Options())).isOne();

        assertThat(shop.staged("tcp/route")).isEmpty();
        assertThat(shop.refreshes()).hasSize(1);
    }

    @Test
    void http2ByARoute() {
        sandbox.world().nativeHttp2Since(Instant.MAX);

        assertThat(runs("http2", http2Options("-e", "iplb_http2_farm=web-http2")))
                .isOne();

        assertThat(shop.live("rbx", "tcp/route")).hasSize(1);
        assertThat(shop.refreshes()).hasSize(1);
    }

    @Test
    void aFailoverIpOnOneFrontend() {
        assertThat(runs("failover_ip", "-e", "ip=203.0.113.7")).isEqualTo(3);

        assertThat(sandbox.world().routedTo("203.0.113.7/32")).contains(DemoWorld.SERVICE);
        assertThat(shop.live("gra", "tcp/frontend").get(0).fields().path("dedicatedIpfo"))
                .extracting(JsonNode::textValue)
                .containsExactly("203.0.113.7/32");
    }

    @Test
    void stickiness() {
        assertThat(runs("stickiness", "-e", "farm=app")).isEqualTo(2);

        assertThat(shop.live("gra", "http/farm").get(0).text("stickiness")).isEqualTo("cookie");
    }

    @Test
    void stickinessThatIsStagedOnlyGoesLiveWhenThePlaybookIsRunAgain() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);
        goesLiveWhenItIsRunAgain("stickiness", "-e", "farm=app");

        assertThat(shop.live("gra", "http/farm").get(0).text("stickiness")).isEqualTo("cookie");
    }

    @Test
    void aFailoverIpThatIsDedicatedInTheStagedConfigurationOnlyGoesLiveWhenThePlaybookIsRunAgain() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.done).nextTaskEndsIn(TaskEnding.error);
        goesLiveWhenItIsRunAgain("failover_ip", "-e", "ip=203.0.113.7");

        assertThat(shop.live("gra", "tcp/frontend").get(0).fields().path("dedicatedIpfo"))
                .hasSize(1);
    }

    @Test
    void whatTheFirstExampleOfTheReadmeStagesGoesLiveWhenItIsRunAgain() {
        Matcher example = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Documentation.read("README.md"));
        assertThat(example.find()).isTrue();
        String play = example.group(1).replaceAll("loadbalancer-[0-9a-f]+", DemoWorld.SERVICE);
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);

        assertThat(ansible.play(play).failed().output()).contains("what is staged is not live");
        assertThat(ansible.play(play).changed()).isOne();

        assertThat(shop.live("gra", "tcp/route")).hasSize(1);
        assertThat(ansible.play(play).changed()).isZero();
    }

    @Test
    void blueAndGreen() {
        BlueAndGreen farms = blueAndGreenFarms();

        assertThat(swap().changed()).isEqualTo(2);

        assertThat(behind(shop.live("gra", "http/frontend")))
                .containsExactlyInAnyOrder("http " + farms.green(), "preview " + farms.blue());
        assertThat(shop.refreshes()).hasSize(1);
    }

    @Test
    void aSwapThatWasRefusedHalfwayIsToldAndNeitherGoneOnWithNorRefreshed() {
        BlueAndGreen farms = blueAndGreenFarms();
        sandbox.faults()
                .on("PUT", "/ipLoadbalancing/*/http/frontend/" + shop.id("http/frontend", "preview"))
                .times(1)
                .status(400);
        swap().failed();
        assertThat(behind(shop.staged("http/frontend")))
                .containsExactlyInAnyOrder("http " + farms.green(), "preview " + farms.green());

        assertThat(swap().failed().output())
                .contains("The frontends http and preview are both on farm " + farms.green())
                .contains("decide which frontend gets which farm");

        assertThat(sandbox.calls().count("PUT", "/**")).isEqualTo(2);
        assertThat(shop.refreshes()).isEmpty();
    }

    @Test
    void aSwapThatIsStagedOnlyIsNotTakenBackWhenThePlaybookIsRunAgain() {
        BlueAndGreen farms = blueAndGreenFarms();
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);
        assertThat(swap().failed().output()).contains("what is staged is not live");

        String told = swap().failed().output();

        Matcher command = Pattern.compile("ansible localhost -m (\\S+) -a '(service=[^']+)'")
                .matcher(told);
        assertThat(command.find()).as(told).isTrue();
        ansible.run("ansible", "localhost", "-m", command.group(1), "-a", command.group(2))
                .succeeded();
        assertThat(behind(shop.live("gra", "http/frontend")))
                .containsExactlyInAnyOrder("http " + farms.green(), "preview " + farms.blue());
    }

    @Test
    void aFrontendIsNotSwappedWithItself() {
        assertThat(swap("http", "http").failed().output()).contains("live and preview are both http");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void theRoleSaysWhatItNeeds() {
        assertThat(ansible.playbook("ovhiplb.loadbalancer.http2").failed().output())
                .contains("missing required arguments: iplb_http2_service");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void theRoleTakesWhatIsEmptyForNotGiven() {
        assertThat(http2("-e", "iplb_http2_farm=", "-e", "iplb_http2_record=").changed())
                .isOne();
    }

    @Test
    void theRoleKeepsTheRecordThatItIsGiven(@TempDir Path folder) {
        Path record = folder.resolve("changes.json");

        assertThat(http2("-e", "iplb_http2_farm=web-http2", "-e", "iplb_http2_record=" + record)
                        .changed())
                .isOne();

        assertThat(operations(record)).containsExactly("enable-http2", "refresh");
    }

    @Test
    void theRoleKeepsTheRecordOfThePlay(@TempDir Path folder) {
        Path record = folder.resolve("changes.json");

        ansible.play("""
                - hosts: localhost
                  gather_facts: false
                  module_defaults:
                    group/ovhiplb.loadbalancer.changes: {record: %s}
                  roles:
                    - role: ovhiplb.loadbalancer.iplb_http2
                      vars:
                        iplb_http2_service: '{{ service }}'
                        iplb_http2_protocol: tcp
                        iplb_http2_url: https://www.shop.example/
                        iplb_http2_connect_to: 127.0.0.1:%d
                        iplb_http2_ca: %s
                """.formatted(record, sandbox.tlsAddress().getPort(), sandbox.caFile()))
                .succeeded();

        assertThat(operations(record)).containsExactly("refresh");
    }

    private Ansible.Ran http2(String... options) {
        return ansible.playbook("ovhiplb.loadbalancer.http2", http2Options(options));
    }

    private String[] http2Options(String... more) {
        return Stream.concat(
                        Stream.of(
                                        "service=" + DemoWorld.SERVICE,
                                        "protocol=tcp",
                                        "url=https://www.shop.example/",
                                        "connect_to=127.0.0.1:"
                                                + sandbox.tlsAddress().getPort(),
                                        "ca=" + sandbox.caFile())
                                .flatMap(each -> Stream.of("-e", "iplb_http2_" + each)),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static List<String> operations(Path record) {
        return RecordReader.read(record).stream().map(RecordedEntry::operation).toList();
    }

    /** Behind the frontends http and preview. */
    private record BlueAndGreen(long blue, long green) {}

    private BlueAndGreen blueAndGreenFarms() {
        long green = shop.add("http/farm", Map.of("displayName", "green", "zone", "all"));
        shop.add(
                "http/frontend",
                Map.of("displayName", "preview", "port", "8080", "zone", "all", "defaultFarmId", green));
        shop.deployed();
        return new BlueAndGreen(shop.id("http/farm", "app"), green);
    }

    private Ansible.Ran swap() {
        return swap("http", "preview");
    }

    private Ansible.Ran swap(String live, String preview) {
        return ansible.playbook("ovhiplb.loadbalancer.blue_green", "-e", "live=" + live, "-e", "preview=" + preview);
    }

    private static List<String> behind(List<Item> frontends) {
        return frontends.stream()
                .map(frontend -> frontend.text("displayName") + " " + frontend.text("defaultFarmId"))
                .toList();
    }

    /** With a refresh that fails, and then once more. */
    private void goesLiveWhenItIsRunAgain(String playbook, String... options) {
        String name = "ovhiplb.loadbalancer." + playbook;
        assertThat(ansible.playbook(name, options).failed().output()).contains("what is staged is not live");
        assertThat(shop.pending()).isNotEmpty();

        assertThat(ansible.playbook(name, options).changed()).isOne();

        assertThat(shop.pending()).isEmpty();
    }

    /** In check mode first, and once more in the end. @return how many tasks it takes */
    private int runs(String playbook, String... options) {
        String name = "ovhiplb.loadbalancer." + playbook;
        String[] inCheckMode =
                Stream.concat(Stream.of(options), Stream.of("--check")).toArray(String[]::new);
        assertThat(ansible.playbook(name, inCheckMode).changed()).isPositive();
        assertThat(sandbox.calls().count("PUT", "/**") + sandbox.calls().count("POST", "/**"))
                .isZero();

        int changed = ansible.playbook(name, options).changed();
        assertThat(shop.pending()).isEmpty();
        assertThat(ansible.playbook(name, options).changed()).isZero();
        return changed;
    }
}
