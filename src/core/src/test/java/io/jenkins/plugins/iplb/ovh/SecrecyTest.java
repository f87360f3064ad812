package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
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
    @SuppressWarnings("ObjectToString") // some have none of their own, and none can leak from it
    void noTextFormOfCredentialsOrOfWhatIsMadeOfThemHoldsASecret(Credentials credentials) {
        OvhClient client = ovh.credentials(credentials).clients().client(ovh.endpoint(), credentials);

        assertThat(List.of(
                        credentials.toString(),
                        credentials.principal(),
                        new Settings(ovh.endpoint(), credentials, Optional.empty()).toString(),
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

    static Stream<Arguments> repeated() {
        return Stream.of(
                        Arguments.of(KEYS, "s3cr3t-two"),
                        Arguments.of(ACCOUNT, "s3cr3t-three"),
                        Arguments.of(TOKEN, "s3cr3t-four"))
                .flatMap(given -> Stream.of(
                                "{'message':'no %s here','class':'Client::%s'}",
                                "{'error':'invalid %s','error_description':'%s is disabled'}",
                                "{'message':'not granted','details':{'unauthorizedActionsByIAM':'%s:%s'}}")
                        .map(body -> Arguments.of(given.get()[0], body.replace("%s", given.get()[1].toString()))));
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void whatOvhRepeatsOfACredentialIsNotTold(Credentials credentials, String body) {
        ovh.credentials(credentials).answers(OvhServer.json(403, body));

        OvhException failure = ovh.failure(OvhServer.POST);

        assertThat(Secrets.textOf(failure)).contains("********").doesNotContain(SECRETS);
        assertThat(failure.errorCode().orElse("")).doesNotContain("s3cr3t");
    }

    /** OVH may refuse a token with a status of success. */
    @Test
    void whatOvhRepeatsOfACredentialInASuccessIsNotTold() {
        ovh.credentials(ACCOUNT)
                .answers(OvhServer.json(200, "{'error':'invalid','error_description':'s3cr3t-three is wrong'}"));

        assertThat(Secrets.textOf(ovh.failure(OvhServer.GET)))
                .contains("******** is wrong")
                .doesNotContain(SECRETS);
    }

    /** As it is, in lines of its own, or in one line: OVH publishes neither. */
    @ParameterizedTest
    @ValueSource(strings = {"KEY", "    FIRST\\r\\n    LAST", "FIRSTLAST", "line 2 is wrong: LAST"})
    void whatOvhRepeatsOfAPrivateKeyIsNotTold(String repeated) {
        String key = "-----BEGIN PRIVATE KEY-----\ns3cr3t-five\ns3cr3t-six\n-----END PRIVATE KEY-----\n";
        String message = repeated.replace("KEY", key.replace("\n", "\\n"))
                .replace("FIRST", "s3cr3t-five")
                .replace("LAST", "s3cr3t-six");
        ovh.answers(OvhServer.json(400, "{'message':'Invalid value for parameter key: %s'}".formatted(message)));

        OvhException failure =
                ovh.failure(ApiCall.post(Fields.none().with("key", key).with("displayName", "site"), "some", "thing")
                        .secret("key"));

        assertThat(Secrets.textOf(failure))
                .contains("Invalid value for parameter key: ", "********")
                .doesNotContain("s3cr3t");
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
