package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three requests a minute, and operations that have a second: a fourth request would have to wait, and cannot. */
class BudgetTest {
    private static final Limits THREE_A_MINUTE = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            0,
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            3);

    @RegisterExtension
    final OvhServer ovh = new OvhServer();

    private OvhClients clients;

    @BeforeEach
    void start() {
        clients = ovh.limits(THREE_A_MINUTE).answers(OvhServer.ok()).clients();
    }

    @Test
    void aBurstIsNotSlowedAndWhatExceedsItIsNotSentWhenItWouldComeTooLate() {
        OvhClient client = clients.client(ovh.endpoint(), OvhServer.TOKEN);
        for (int i = 0; i < 3; i++) {
            send(client);
        }

        IplbException failure = OvhServer.failureOf(() -> send(client));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(ovh.requests()).hasSize(3);
    }

    @Test
    void whoLooksOnSeesWhatIsLeft() {
        OvhClient client = clients.client(ovh.endpoint(), OvhServer.TOKEN);
        assertThat(client.allowance()).isEqualTo(new Allowance(3, 3));

        send(client);

        assertThat(client.allowance()).isEqualTo(new Allowance(3, 2));
    }

    @Test
    void clientsOfOneKeyShareTheirBudget() {
        OvhClient one = clients.client(ovh.endpoint(), OvhServer.TOKEN);
        OvhClient another = clients.client(Endpoint.of(ovh.endpoint().baseUrl() + "/"), OvhServer.TOKEN);
        assertThat(another).isNotSameAs(one);
        send(one);
        send(another);
        send(one);

        OvhServer.failureOf(() -> send(another));

        assertThat(ovh.requests()).hasSize(3);
    }

    @Test
    void clientsOfDifferentKeysHaveEachTheirOwn() {
        OvhClient one = clients.client(ovh.endpoint(), OvhServer.TOKEN);
        OvhClient another = clients.client(ovh.endpoint(), new AccessToken("another"));
        for (int i = 0; i < 3; i++) {
            send(one);
            send(another);
        }

        assertThat(ovh.requests()).hasSize(6);
    }

    @Test
    void whoAsksForAClientTwiceGetsTheSame() {
        assertThat(clients.client(ovh.endpoint(), OvhServer.TOKEN))
                .isSameAs(clients.client(ovh.endpoint(), new AccessToken(OvhServer.TOKEN.token())));
    }

    private void send(OvhClient client) {
        client.session(CallObserver.NONE, Deadline.in(Duration.ofSeconds(1), ovh.clock()))
                .send(OvhServer.GET);
    }
}
