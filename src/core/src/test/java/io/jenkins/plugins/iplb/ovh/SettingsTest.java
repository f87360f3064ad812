package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path directory;

    private final Map<String, String> given = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    // ---- which source wins

    @Test
    void theFilesAreThoseOfOvhsClientsTheNearestFirst() {
        assertThat(Settings.files(Path.of("/work"), Path.of("/home/me")))
                .containsExactly(Path.of("/work/ovh.conf"), Path.of("/home/me/.ovh.conf"), Path.of("/etc/ovh.conf"));
    }

    @Test
    void eachKeyIsTakenFromTheStrongestSourceThatHasIt() throws IOException {
        given.put("application_key", "given");
        environment.put("OVH_APPLICATION_KEY", "environment");
        environment.put("OVH_APPLICATION_SECRET", "environment");
        local("[default]\nendpoint=ovh-ca\n[ovh-ca]\napplication_secret=local\nconsumer_key=local");
        home("[default]\nendpoint=ovh-us\n[ovh-ca]\nconsumer_key=home\ntoken_url=https://home.example/token");
        system("[ovh-ca]\napplication_key=system\ntoken_url=https://system.example/token");

        Settings found = find();

        assertThat(found.endpoint().name()).isEqualTo("ovh-ca");
        assertThat(found.endpoint().tokenUrl()).contains(URI.create("https://home.example/token"));
        assertThat(found.credentials()).isEqualTo(new ApplicationKeys("given", "environment", "local"));
    }

    @Test
    void theHomesFileIsStrongerThanTheSystems() throws IOException {
        home("[ovh-eu]\naccess_token=home");
        system("[ovh-eu]\naccess_token=system");

        assertThat(find().credentials()).isEqualTo(new AccessToken("home"));
    }

    @Test
    void theEndpointIsEuropeUnlessSaidOtherwise() {
        environment.put("OVH_ACCESS_TOKEN", "token");
        assertThat(find().endpoint()).isEqualTo(Endpoint.of("ovh-eu"));

        environment.put("OVH_ENDPOINT", "ovh-us");
        assertThat(find().endpoint()).isEqualTo(Endpoint.of("ovh-us"));

        given.put("endpoint", "ovh-ca");
        assertThat(find().endpoint()).isEqualTo(Endpoint.of("ovh-ca"));
    }

    @Test
    void theBudgetOfAKeyIsWhatIsFairUnlessSaidOtherwise() throws IOException {
        environment.put("OVH_ACCESS_TOKEN", "token");
        assertThat(find().limits(Limits.DEFAULT)).isEqualTo(Limits.DEFAULT);

        local("[ovh-eu]\nrequests_per_minute=300");
        assertThat(find().limits(Limits.DEFAULT).requestsPerMinute()).isEqualTo(300);

        environment.put("OVH_REQUESTS_PER_MINUTE", "600");
        assertThat(find().limits(Limits.DEFAULT).requestsPerMinute()).isEqualTo(600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "601", "-1", "sixty", "1e2", "99999999999"})
    void aBudgetThatNobodyMayHaveIsRefused(String budget) {
        environment.put("OVH_ACCESS_TOKEN", "token");
        environment.put("OVH_REQUESTS_PER_MINUTE", budget);

        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> find().limits(Limits.DEFAULT));

        assertThat(refused).hasMessage("requests_per_minute: '%s' was given; allowed: 1 to 600", budget);
    }

    @Test
    void credentialsOfAnotherEndpointAreNotUsed() throws IOException {
        local("[default]\nendpoint=ovh-ca\n[ovh-eu]\naccess_token=token");

        assertThat(failure())
                .hasMessageStartingWith("no OVHcloud credentials for ovh-ca: set OVH_APPLICATION_KEY")
                .hasMessageContaining("OVH_ACCESS_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void aBlankValueIsNoValue(String blank) throws IOException {
        given.put("access_token", blank);
        given.put("endpoint", blank);
        environment.put("OVH_ACCESS_TOKEN", blank);
        environment.put("OVH_CLIENT_ID", blank);
        local("[ovh-eu]\naccess_token=" + blank);
        home("[ovh-eu]\naccess_token=token");

        assertThat(find()).isEqualTo(new Settings(Endpoint.of("ovh-eu"), new AccessToken("token"), Optional.empty()));
    }

    @Test
    void whiteSpaceAroundAValueIsNoPartOfIt() {
        environment.put("OVH_ACCESS_TOKEN", " token\n");

        assertThat(find().credentials()).isEqualTo(new AccessToken("token"));
    }

    // ---- files as OVH's Python and Go clients take them

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[default]\nENDPOINT=ovh-ca\n[ovh-ca]\nAccess_Token=token",
                "[default] ; mine\nendpoint=ovh-ca\n[ovh-ca] # Canada\naccess_token=token",
                "\uFEFF[default]\r\nendpoint=ovh-ca\r\n[ovh-ca]\r\naccess_token=token",
                "; mine\n\n[default]\nendpoint: ovh-ca\n[ovh-ca]\naccess_token : token"
            })
    void aFileIsReadAsOvhsClientsReadIt(String content) throws IOException {
        local(content);

        assertThat(find()).isEqualTo(new Settings(Endpoint.of("ovh-ca"), new AccessToken("token"), Optional.empty()));
    }

    @Test
    void whatTheFilesDoHaveIsToldWhereNothingFits() throws IOException {
        local("[default]\nendpoint=ovh-ca\n[ovh-eu]\naccess_token=token");
        home("");

        assertThat(failure())
                .hasMessageContaining("in section [ovh-ca] of ovh.conf")
                .hasMessageContaining("local.conf has [default], [ovh-eu]; ")
                .hasMessageEndingWith(" has no section");
    }

    // ---- files that cannot be read

    @Test
    void aFileThatIsNotNeededNeedNotBeReadable() throws IOException {
        Files.write(directory.resolve("local.conf"), new byte[] {'[', (byte) 0xE9, ']'});
        environment.put("OVH_APPLICATION_KEY", "key");
        environment.put("OVH_APPLICATION_SECRET", "secret");
        environment.put("OVH_CONSUMER_KEY", "consumer");

        assertThat(find().credentials()).isEqualTo(new ApplicationKeys("key", "secret", "consumer"));

        environment.remove("OVH_CONSUMER_KEY");
        assertThat(failure()).hasMessageEndingWith("local.conf cannot be read: it is not UTF-8");
    }

    @Test
    void aFileThatCannotBeReadIsNotPassedOverForAWeakerOne() throws IOException {
        Files.write(directory.resolve("local.conf"), new byte[] {(byte) 0xE9});
        home("[ovh-eu]\naccess_token=home");

        assertThat(failure()).hasMessageEndingWith("local.conf cannot be read: it is not UTF-8");
    }

    // ---- exactly one method

    @Test
    void aServiceAccountIsFound() {
        environment.put("OVH_CLIENT_ID", "id");
        environment.put("OVH_CLIENT_SECRET", "secret");

        assertThat(find().credentials()).isEqualTo(new ServiceAccount("id", "secret"));
    }

    @Test
    void twoMethodsInOnePlaceAreRefusedNamingIt() throws IOException {
        environment.put("OVH_CLIENT_SECRET", "secret");
        environment.put("OVH_ACCESS_TOKEN", "token");
        home("[ovh-eu]\napplication_key=key");

        IplbException failure = failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
        assertThat(failure)
                .hasMessage("more than one authentication method for ovh-eu in environment: "
                        + "service account, access token; keep exactly one");
    }

    @Test
    void theStrongestSourceDecidesOnTheMethodAndWeakerOnesMayHaveTheRestOfIt() throws IOException {
        given.put("client_id", "id");
        environment.put("OVH_ACCESS_TOKEN", "token");
        home("[ovh-eu]\nclient_secret=secret\napplication_key=key");

        assertThat(find().credentials()).isEqualTo(new ServiceAccount("id", "secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "application_key,    consumer_key,       application_secret",
        "application_key,    application_secret, consumer_key",
        "application_secret, consumer_key,       application_key",
        "client_id,          client_id,          client_secret",
        "client_secret,      client_secret,      client_id",
    })
    void halfASetOfKeysIsRefusedNamingTheMissingOne(String one, String another, String missing) {
        given.put(one, "value");
        given.put(another, "value");

        InvalidInput failure = catchThrowableOfType(InvalidInput.class, this::find);

        assertThat(failure.parameter()).isEqualTo(missing);
        assertThat(failure)
                .hasMessageContaining("OVH_" + missing.toUpperCase(java.util.Locale.ROOT))
                .hasMessageContaining("section [ovh-eu] of ovh.conf");
    }

    // ---- endpoints by URL

    @Test
    void anEndpointByUrlHasASectionOfItsOwn() throws IOException {
        local("[default]\nendpoint=http://127.0.0.1:8080/1.0\n[http://127.0.0.1:8080/1.0]\naccess_token=local\n"
                + "[ovh-eu]\naccess_token=other");

        Settings found = find();

        assertThat(found.credentials()).isEqualTo(new AccessToken("local"));
        assertThat(found.endpoint().baseUrl()).hasToString("http://127.0.0.1:8080/1.0");
        assertThat(found.endpoint().tokenUrl()).contains(URI.create("http://127.0.0.1:8080/auth/oauth2/token"));
    }

    @Test
    void aTokenUrlOfItsOwnIsTakenFromWhereTheCredentialsMayBeToo() {
        environment.put("OVH_CLIENT_ID", "id");
        environment.put("OVH_CLIENT_SECRET", "secret");
        environment.put("OVH_TOKEN_URL", "http://127.0.0.1:1/token");

        assertThat(find().endpoint().tokenUrl()).contains(URI.create("http://127.0.0.1:1/token"));
    }

    @Test
    void anEndpointThatThereIsNotIsRefused() {
        environment.put("OVH_ENDPOINT", "ovh-mars");

        assertThat(failure()).hasMessageStartingWith("endpoint: 'ovh-mars' was given; allowed: one of ovh-eu");
    }

    // ---- how a file is read

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${x}",
                "$",
                "a#b",
                "a;b",
                "a=b",
                "==",
                "a:b",
                "a\\b",
                "a\\",
                "\\\\server",
                "\\u0041",
                "%(x)s",
                "a,b",
                "a'b",
                "a\"b",
                "[a]",
                "${env:PATH}",
                "a|b",
            })
    void aSecretIsReadAsItIsWritten(String secret) throws IOException {
        local("[ovh-eu]\nclient_id=id\nclient_secret=" + secret + "\n; what follows is not part of it\n[other]\na=b\n");

        assertThat(find().credentials()).isEqualTo(new ServiceAccount("id", secret));
    }

    @Test
    void spacesColonsCommentsAndWindowsLineEndsAreUnderstood() throws IOException {
        local("; a comment\r\n# another\r\n\r\n[default]\r\nendpoint = ovh-ca\r\n\r\n[ovh-ca]\r\n"
                + ";access_token=old\r\naccess_token : token\r\n");

        assertThat(find()).isEqualTo(new Settings(Endpoint.of("ovh-ca"), new AccessToken("token"), Optional.empty()));
    }

    @Test
    void ofAKeyThatIsWrittenTwiceTheLastCounts() throws IOException {
        local("[ovh-eu]\naccess_token=old\n[other]\n[ovh-eu]\naccess_token=new");

        assertThat(find().credentials()).isEqualTo(new AccessToken("new"));
    }

    @Test
    void aFileThatIsNoTextIsRefusedByItsName() throws IOException {
        Files.write(directory.resolve("local.conf"), new byte[] {'[', 'a', ']', (byte) 0xff, (byte) 0xfe});

        IplbException failure = failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
        assertThat(failure).hasMessageStartingWith(directory + "/local.conf cannot be read: it is not UTF-8");
    }

    // ---- helpers

    private Settings find() {
        return Settings.find(
                given,
                environment,
                List.of(
                        directory.resolve("local.conf"),
                        directory.resolve("home.conf"),
                        directory.resolve("system.conf")));
    }

    private IplbException failure() {
        return catchThrowableOfType(IplbException.class, this::find);
    }

    private void local(String text) throws IOException {
        write("local.conf", text);
    }

    private void home(String text) throws IOException {
        write("home.conf", text);
    }

    private void system(String text) throws IOException {
        write("system.conf", text);
    }

    private void write(String name, String text) throws IOException {
        Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
