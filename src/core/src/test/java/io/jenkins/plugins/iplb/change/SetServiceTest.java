package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class SetServiceTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void whatIsMentionedIsSetAndTheRestIsLeftAsItIs() {
        Report report = bench.apply(set("{'sslConfiguration': 'modern'}"));

        assertThat(bench.writes()).containsExactly("PUT /ipLoadbalancing/" + SERVICE);
        assertThat(json(bench.writeCalls().get(0).requestBody())).isEqualTo(json("{'sslConfiguration': 'modern'}"));
        assertThat(report.headline(false)).isEqualTo("loadbalancer-7f3a9c21d4e5b6a7 changed");
        assertThat(report.diff()).extracting(Object::toString).containsExactly("+ sslConfiguration: modern");
        assertThat(bench.apply(set("{'sslConfiguration': 'modern', 'name': 'shop'}"))
                        .changed())
                .isFalse();
    }

    @Test
    void nullResets() {
        Report report = bench.apply(set("{'name': null}"));

        assertThat(report.diff()).extracting(Object::toString).containsExactly("- name: shop");
        assertThat(bench.read().path("displayName").isNull()).isTrue();
    }

    @Test
    void aNameIsAsLongAsOvhTakesIt() {
        assertThatThrownBy(() -> set("{'name': '%s'}".formatted("x".repeat(51))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("name: '")
                .hasMessageEndingWith("allowed: 1 to 50 characters");
    }

    private static SetService set(String fields) {
        return new SetService(SERVICE, new Fields((ObjectNode) json(fields)));
    }
}
