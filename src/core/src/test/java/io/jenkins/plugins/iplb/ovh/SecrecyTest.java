package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in through a credential comes out nowhere but in the proof of who asks. */
class SecrecyTest {
    private static final List<String> SECRETS = List.of("s3cr3t-one", "s3cr3t-two", "s3cr3t-three", "s3cr3t-four");
    private static final ApplicationKeys KEYS = new ApplicationKeys("public-key", "s3cr3t-one", "s3cr3t-two");
    private static final ServiceAccount ACCOUNT = new ServiceAccount("public-id", "s3cr3t-three");
    private static final AccessToken TOKEN = new AccessToken("s3cr3t-four");

    @RegisterExtension
    final OvhServer ovh = new OvhServer();

    static Stream<Credentials> credentials() {
        return Stream.of(KEYS, ACCOUNT, TOKEN);
    }

    static Stream<Arguments> failures() {
        return credentials()
                .flatMap(each -> Stream.of(
                                OvhServer.status(403),
                                OvhServer.status(500),
                                OvhServer.html(503),
                                OvhServer.json(200, ""),
                                OvhServer.json(200, "s3cr3t-four.not-json"),
                                OvhServer.json(400, "{'message':'Query out of time'}"),
                                OvhServer.but(
                                        OvhServer.ok(), reply -> reply.onResponseStart(new SocketEffect.CloseSocket())))
                        .map(reply -> Arguments.of(each, reply)));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void noTextFormOfCredentialsOrOfWhatIsMadeOfThemHoldsASecret(Credentials credentials) {
        OvhClient client = ovh.credentials(credentials).clients().client(ovh.endpoint(), credentials);

        assertThat(List.of(
                        credentials.toString(),
                        credentials.principal(),
                        new Settings(ovh.endpoint(), credentials).toString(),
                        client.toString(),
                        ovh.session().toString(),
                        new GivenToken(TOKEN).toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noFailureHoldsASecretAnywhereInItsChain(Credentials credentials, MockResponse reply) {
        ovh.credentials(credentials).answers(reply);

        OvhException failure = ovh.failure(ApiCall.post(Fields.none().with("a", "b"), "some", "thing"));

        assertThat(Secrets.textOf(failure)).contains(failure.asked()).doesNotContain(SECRETS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t-\u200bone", "s3cr3t one", "s3cr3t\none", "s3cr3t-oné"})
    void aKeyThatCannotBeAHeaderIsRefusedByNameAndNotRepeated(String damaged) {
        assertRefused("consumer_key", () -> new ApplicationKeys("key", "secret", damaged));
        assertRefused("application_key", () -> new ApplicationKeys(damaged, "secret", "consumer"));
        assertRefused("access_token", () -> new AccessToken(damaged));
    }

    private static void assertRefused(String name, Runnable construction) {
        IplbException failure = catchThrowableOfType(IplbException.class, construction::run);

        assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
        assertThat(failure).hasMessageStartingWith(name + " holds a space, a line break");
        assertThat(failure.getMessage()).doesNotContain("s3cr3t");
    }
}
