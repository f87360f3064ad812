package io.jenkins.plugins.iplb.jenkins.lookout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
@Timeout(120)
class LooksTest {
    private static final Duration LONG = Looks.LASTING;

    private final Shop shop = new Shop();
    private Looks<List<PendingChange>> looks;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        shop.configure();
        looks = Lookout.get().pending();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatIsKnownServesAllWhoAskWithTheSameKeyUntilItIsTooOld() {
        Sighting<List<PendingChange>> first =
                looks.noOlderThan(LONG, called(Shop.NAME)).join();
        shop.sandbox().world().service(Shop.SERVICE).add("tcp/farm", Map.of("zone", "gra"));

        assertThat(looks.noOlderThan(LONG, called(Shop.NAME)).join()).isSameAs(first);
        assertThat(looks.noOlderThan(Duration.ZERO, called(Shop.NAME)).join().found())
                .containsExactly(new PendingChange("gra", 1));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void nobodyIsShownWhatAnotherKeyHasRead() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(shop.serviceAccount("account"));

        looks.noOlderThan(LONG, called(Shop.NAME)).join();
        looks.noOlderThan(LONG, new LoadBalancerChoice(null, Shop.SERVICE, "account").resolve((Item) null))
                .join();

        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aLookThatFailsServesThoseWhoAskAtTheSameTime() {
        shop.sandbox().faults().on("GET", "/ipLoadbalancing/*/pendingChanges").status(403);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> looks.noOlderThan(LONG, called(Shop.NAME)).join())
                    .hasCauseInstanceOf(IplbException.class);
        }

        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void aLookWhoseTurnHasNotComeIsNotMadeAndNeitherIsAnotherOne() {
        OvhLoadBalancers.get().setRequestsPerMinute(2);
        looks.noOlderThan(LONG, called(Shop.NAME)).join();

        CompletableFuture<Sighting<List<PendingChange>>> later = looks.noOlderThan(Duration.ZERO, called(Shop.NAME));

        assertThat(looks.noOlderThan(Duration.ZERO, called(Shop.NAME))).isSameAs(later);
        assertThat(later).isNotDone();
        assertThat(asked()).isEqualTo(1);
    }

    private static Target called(String name) {
        return new LoadBalancerChoice(name, null, null).resolve((Item) null);
    }

    private long asked() {
        return shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/pendingChanges");
    }
}
