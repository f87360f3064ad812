package io.jenkins.plugins.iplb.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.ApiCall.Method;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class IdentityTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void aKeyKnowsItsRightsAndItsEnd() {
        Instant end = bench.clock().instant().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        allow(new AccessRule("GET", "/auth/*"), new AccessRule("PUT", "/ipLoadbalancing/*"));
        bench.sandbox().credentials().expiration(key(), end);

        ConsumerKey key = identity().consumerKey();

        assertThat(key)
                .isEqualTo(new ConsumerKey(
                        "validated",
                        end,
                        List.of(new Right(Method.GET, "/auth/*"), new Right(Method.PUT, "/ipLoadbalancing/*"))));
    }

    @Test
    void aKeyThatDoesNotEndHasNoEnd() {
        assertThat(identity().consumerKey().expiration()).isNull();
    }

    @Test
    void aKeyBelongsToAnAccount() {
        assertThat(identity().account())
                .hasValueSatisfying(account -> assertThat(account.account()).isEqualTo("sb12345-ovh"));
    }

    @Test
    void aKeyThatMayNotAskKnowsNoAccount() {
        allow(new AccessRule("GET", "/auth/currentCredential"));

        assertThat(identity().account()).isEmpty();
        assertThat(identity().consumerKey().status()).isEqualTo("validated");
    }

    @Test
    void aKeyThatIsNotValidIsRefused() {
        bench.sandbox().credentials().state(key(), CredentialState.expired);

        IplbException failure = Bench.failure(() -> identity().account());

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure).hasMessageContaining("unknown, expired or not validated yet");
    }

    @Test
    void aServiceAccountHasAnAccountAndNoConsumerKey() {
        Sandbox sandbox = bench.sandbox();
        Identity account = new Identity(new OvhClients(new OkHttpClient(), Bench.LIMITS, bench.clock())
                .client(
                        Endpoint.of(sandbox.httpEndpoint().toString()),
                        new ServiceAccount(
                                sandbox.credentials().clientId(),
                                sandbox.credentials().clientSecret()))
                .session(CallObserver.NONE, bench.deadline()));

        assertThat(account.account())
                .hasValueSatisfying(each ->
                        assertThat(each.identities()).containsExactly("urn:v1:eu:identity:account:sb12345-ovh"));
        assertThat(Bench.failure(account::consumerKey)).isInstanceOf(OvhException.class);
    }

    @Test
    void theRightsThatAKeyIsMadeWithAreEnoughForLookingAndRefreshing() {
        allow(NeededRights.all().stream()
                .map(right -> new AccessRule(right.method().name(), right.path()))
                .toArray(AccessRule[]::new));

        assertThat(NeededRights.missing(identity().consumerKey().rules())).isEmpty();
        bench.ended(bench.operations().run(new Operation.Showing(Bench.SERVICE, true), bench.options(false)));
        bench.refresh(new RefreshRequest(Bench.SERVICE, List.of(), true, true));
    }

    private void allow(AccessRule... rules) {
        bench.sandbox().credentials().rules(key(), rules);
    }

    private String key() {
        return bench.sandbox().credentials().consumerKey();
    }

    private Identity identity() {
        return new Identity(bench.session());
    }
}
