package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
        String[] more = {
            "-e", "iplb_http2_service=" + DemoWorld.SERVICE,
            "-e", "iplb_http2_url=https://www.shop.example/",
            "-e", "iplb_http2_connect_to=127.0.0.1:" + sandbox.tlsAddress().getPort(),
            "-e", "iplb_http2_ca=" + sandbox.caFile()
        };

        assertThat(runs("http2", more)).isEqualTo(2);

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
    void blueAndGreen() {
        long blue = shop.id("http/farm", "app");
        long green = shop.add("http/farm", Map.of("displayName", "green", "zone", "all"));
        shop.add(
                "http/frontend",
                Map.of("displayName", "preview", "port", "8080", "zone", "all", "defaultFarmId", green));
        shop.deployed();
        String[] swap = {"-e", "live=http", "-e", "preview=preview"};

        assertThat(ansible.playbook("ovhiplb.loadbalancer.blue_green", swap).changed())
                .isEqualTo(2);

        assertThat(shop.live("gra", "http/frontend"))
                .extracting(frontend -> frontend.text("displayName") + " " + frontend.text("defaultFarmId"))
                .containsExactlyInAnyOrder("http " + green, "preview " + blue);
        assertThat(shop.refreshes()).hasSize(1);
    }

    @Test
    void theRoleSaysWhatItNeeds() {
        assertThat(ansible.playbook("ovhiplb.loadbalancer.http2").failed().output())
                .contains("missing required arguments: iplb_http2_service");
        assertThat(sandbox.calls().all()).isEmpty();
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
