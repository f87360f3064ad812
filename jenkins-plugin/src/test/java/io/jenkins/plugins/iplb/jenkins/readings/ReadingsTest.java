package io.jenkins.plugins.iplb.jenkins.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
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
class ReadingsTest {
    private static final Duration LONG = Readings.KEPT;

    private final Shop shop = new Shop();

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatIsKnownServesAllWhoAskWithTheSameKeyUntilItIsTooOld() {
        Reading<List<PendingChange>> first = pending(Shop.NAME, LONG).join();
        shop.sandbox().world().service(Shop.SERVICE).add("tcp/farm", Map.of("zone", "gra"));

        assertThat(pending(Shop.NAME, LONG).join()).isSameAs(first);
        assertThat(pending(Shop.NAME, Duration.ZERO).join().value()).containsExactly(new PendingChange("gra", 1));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void nobodyIsShownWhatAnotherKeyHasRead() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(shop.serviceAccount("account"));

        pending(Shop.NAME, LONG).join();
        pending(new LoadBalancerChoice(null, Shop.SERVICE, "account"), LONG).join();

        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aReadingThatFailsServesThoseWhoAskAtTheSameTime() {
        shop.sandbox().faults().on("GET", "/ipLoadbalancing/*/pendingChanges").status(403);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pending(Shop.NAME, LONG).join()).hasCauseInstanceOf(IplbException.class);
        }

        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void aReadingWhoseTurnHasNotComeIsNotMadeAndNeitherIsAnotherOne() {
        OvhLoadBalancers.get().setRequestsPerMinute(2);
        pending(Shop.NAME, LONG).join();

        CompletableFuture<Reading<List<PendingChange>>> later = pending(Shop.NAME, Duration.ZERO);

        assertThat(pending(Shop.NAME, Duration.ZERO)).isSameAs(later);
        assertThat(later).isNotDone();
        assertThat(asked()).isEqualTo(1);
    }

    private static CompletableFuture<Reading<List<PendingChange>>> pending(String name, Duration maxAge) {
        return pending(new LoadBalancerChoice(name, null, null), maxAge);
    }

    private static CompletableFuture<Reading<List<PendingChange>>> pending(LoadBalancerChoice choice, Duration maxAge) {
        return Readings.get().of(choice.resolve((Item) null), Resource.PENDING_CHANGES, maxAge);
    }

    private long asked() {
        return shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/pendingChanges");
    }
}
