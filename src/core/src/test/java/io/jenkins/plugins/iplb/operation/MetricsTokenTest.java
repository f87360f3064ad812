package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.MetricsToken;
import io.jenkins.plugins.iplb.api.Snapshot;
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
class MetricsTokenTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void eachWhoAsksGetsAnotherOneAndNobodyElseHearsOfIt() {
        Report first = ask();
        Report second = ask();

        assertThat(first.result().path("endpoint").textValue()).isEqualTo(endpoint());
        assertThat(first.result().path("token").textValue())
                .isNotEqualTo(second.result().path("token").textValue());
        assertThat(first.changed()).isFalse();
        assertThat(first.entry()).isEmpty();
        assertThat(bench.entries()).isEmpty();
        assertThat(bench.told()).isEmpty();
    }

    @Test
    void neitherOfThoseThatOvhTellsIsSaidByAccident() {
        Snapshot lb = new Snapshot(bench.session(), SERVICE);
        MetricsToken token = lb.metricsToken();

        assertThat(token).hasToString("token for " + endpoint());
        assertThat(lb.loadBalancer().toString()).doesNotContain("sandboxsecret");
    }

    private String endpoint() {
        return bench.sandbox().httpEndpoint().resolve("/metrics/" + SERVICE).toString();
    }

    private Report ask() {
        Operation operation =
                Catalogue.named("metrics-token").operation(Fields.none().with("service", SERVICE));
        return bench.ended(bench.operations().run((Operation.OnLoadBalancer) operation, bench.options(false)));
    }
}
