package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.WebMethods;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WebMethodsTest {
    @Test
    void tellAReaderNothingAnswerNoGetFindNoFaultWithWhatIsEmptyAndThenAskOvhNothing(JenkinsRule jenkins)
            throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            WebMethods methods = new WebMethods(jenkins);

            assertThat(methods.paths())
                    .anyMatch(path -> path.endsWith("AddRouteStep/fillField/farm"))
                    .anyMatch(path -> path.endsWith("RefreshStep/fillField/foreignChanges"))
                    .anyMatch(path -> path.endsWith("ShiftStep/fillField/from"));
            assertThat(methods.thatTellAReaderSomething()).isEmpty();
            assertThat(methods.thatAnswerAGet()).isEmpty();
            assertThat(methods.thatFindFaultWithWhatIsEmpty()).isEmpty();
            // Who looks after load balancers may have asked meanwhile for what is pending.
            assertThat(shop.sandbox().calls().all())
                    .noneMatch(call -> call.path().matches(".*/(http|tcp|udp|failover|zone).*"));
        }
    }
}
