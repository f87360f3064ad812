package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import java.io.InputStream;
import java.util.List;
import org.jboss.marshalling.InputStreamByteInput;
import org.jboss.marshalling.MarshallingConfiguration;
import org.jboss.marshalling.Unmarshaller;
import org.jboss.marshalling.river.RiverMarshallerFactory;
import org.junit.jupiter.api.Test;

/** A build that was under way when the plugin was updated goes on: its file was written when steps were written by hand. */
class SavedStepsTest {
    @Test
    void stepsThatAPipelineHasKeptAreWhatTheyWere() throws Exception {
        List<?> steps = steps();

        AddRouteStep route = (AddRouteStep) steps.get(0);
        assertThat(List.of(
                        route.getFrontend(),
                        route.getStatus(),
                        route.getWeight(),
                        route.getRedirect(),
                        route.getLoadBalancer(),
                        route.getTimeout(),
                        route.getOnFailure()))
                .containsExactly("10005", "301", "7", "https://${host}${path}", "shop", "1h", "unstable");
        assertThat(route.isDryRun()).isTrue();
        RuleForm rule = route.getRules().get(0);
        assertThat(List.of(rule.getField(), rule.getSubField(), rule.getMatch(), rule.getPattern()))
                .containsExactly("header", "X-Env", "is", " preprod ");
        assertThat(rule.isNegate()).isTrue();
        assertThat(((AddRuleStep) steps.get(1)).getCredentialsId()).isEqualTo("ovh");
        assertThat(((SetStickinessStep) steps.get(2)).getStickiness()).isEqualTo("none");
        assertThat(((MoveFailoverStep) steps.get(3)).getTo()).isEqualTo("shop");
        assertThat(((DedicateFailoverStep) steps.get(4)).getIps()).isEqualTo("203.0.113.7");
        EnsureFrontendStep frontend = (EnsureFrontendStep) steps.get(5);
        assertThat(frontend.getSsl()).isFalse();
        assertThat(frontend.getHsts()).isNull();
        assertThat(((RefreshStep) steps.get(6)).isWait()).isTrue();
        assertThat(((RefreshStep) steps.get(7)).isWait()).isFalse();
        assertThat(((ShowStep) steps.get(8)).isServers()).isTrue();
        assertThat(((CheckHttp2Step) steps.get(9)).getConnectTo()).isEqualTo("203.0.113.7:443");
    }

    /** As Pipeline reads the program of a build. */
    private static List<?> steps() throws Exception {
        try (InputStream file = SavedStepsTest.class.getResourceAsStream("steps-by-hand.dat");
                Unmarshaller program =
                        new RiverMarshallerFactory().createUnmarshaller(new MarshallingConfiguration())) {
            program.start(new InputStreamByteInput(file));
            return (List<?>) program.readObject();
        }
    }
}
