package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three requests a minute, and operations that have a second: a fourth request would have to wait, and cannot. */
class BudgetTest {
    @RegisterExtension
    final OvhServer ovh = new OvhServer();

    private OvhClients clients;

    @BeforeEach
    void start() {
        clients = ovh.limits(perMinute(3)).answers(OvhServer.ok()).clients();
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
    void whatIsLeftTellsHowLongSoManyRequestsTake() {
        assertThat(new Allowance(60, 10).until(10)).isZero();
        assertThat(new Allowance(60, 10).until(40)).isEqualTo(Duration.ofSeconds(30));
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
    void whoWaitsForTheBudgetIsToldBeforehandForHowLong() {
        OvhClient client = clients.client(ovh.endpoint(), OvhServer.TOKEN);
        for (int i = 0; i < 3; i++) {
            send(client);
        }
        CallObserver observer = new CallObserver() {
            @Override
            public void waiting(ApiCall call, int perMinute, Duration about) {
                assertThat(perMinute).isEqualTo(3);
                assertThat(about).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
                throw new CancellationException("told"); // nobody waits for that long here
            }

            @Override
            public void reading(ApiCall call) {}

            @Override
            public Sent writing(ApiCall call) {
                return NONE.writing(call);
            }

            @Override
            public void settled(ApiCall call, boolean tookEffect) {}
        };
        OvhSession session = client.session(observer, Deadline.in(Duration.ofMinutes(1), ovh.clock()));

        assertThatThrownBy(() -> session.send(OvhServer.GET)).isInstanceOf(CancellationException.class);
    }

    /** The fifth would otherwise wait for six. */
    @Test
    void whoIsInterruptedWhileWaitingGivesBackWhatItWaitedFor() throws Exception {
        Budget budget = new Budget(60);
        for (int i = 0; i < 60; i++) {
            assertThat(budget.take(Duration.ofMillis(1))).isTrue();
        }
        for (int i = 0; i < 5; i++) {
            Thread waiting = new Thread(() -> {
                try {
                    budget.take(Duration.ofMinutes(1));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waiting.start();
            waiting.interrupt();
            waiting.join();
        }

        assertThat(budget.take(Duration.ofMillis(1500))).isTrue();
    }

    @Test
    void looksThatCanWaitGetHalfOfTheRateInTheOrderInWhichTheyAsk() {
        OvhSession session = session(clients(8));
        List<Duration> waits = IntStream.range(0, 6)
                .mapToObj(look -> session.untilLook(Duration.ZERO))
                .toList();

        assertThat(waits.subList(0, 4)).containsOnly(Duration.ZERO);
        assertThat(waits.subList(4, 6))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30)));
        assertThat(waits).isSorted();
    }

    @Test
    void looksWaitWhileLittleIsLeftForTheOthers() {
        OvhSession session = session(clients(8));
        for (int i = 0; i < 7; i++) {
            session.send(OvhServer.GET);
        }

        // One of eight is left; two must be, and each takes seven and a half seconds to come.
        assertThat(session.untilLook(Duration.ZERO)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
    }

    @Test
    void whoAsksForAClientTwiceGetsTheSame() {
        assertThat(clients.client(ovh.endpoint(), OvhServer.TOKEN))
                .isSameAs(clients.client(ovh.endpoint(), new AccessToken(OvhServer.TOKEN.token())));
    }

    private OvhClients clients(int requestsPerMinute) {
        return ovh.limits(perMinute(requestsPerMinute)).clients();
    }

    private OvhSession session(OvhClients of) {
        return of.client(ovh.endpoint(), OvhServer.TOKEN)
                .session(CallObserver.NONE, Deadline.in(Duration.ofSeconds(1), ovh.clock()));
    }

    private void send(OvhClient client) {
        client.session(CallObserver.NONE, Deadline.in(Duration.ofSeconds(1), ovh.clock()))
                .send(OvhServer.GET);
    }

    private static Limits perMinute(int requests) {
        return new Limits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                0,
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                requests);
    }
}
