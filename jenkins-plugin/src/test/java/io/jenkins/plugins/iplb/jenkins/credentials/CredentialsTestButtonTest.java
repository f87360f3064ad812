package io.jenkins.plugins.iplb.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.iplb.api.NeededRights;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CredentialsTestButtonTest {
    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void secure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Folder folder = rule.createProject(Folder.class, "folder");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, CredentialsProvider.CREATE)
                .everywhere()
                .to("keeper")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("owner")
                .grant(CredentialsProvider.CREATE)
                .onItems(folder)
                .to("owner")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void saysWhoseAValidKeyIsAndThatNothingIsMissing() throws Exception {
        assertThat(answer("admin", keys()))
                .contains("class=\"ok\"")
                .contains(
                        "they belong to the account sb12345-ovh", "They do not end", "all rights that the steps need");
    }

    @Test
    void saysWhichRightsAreMissing() throws Exception {
        rules(NeededRights.all().stream()
                .filter(right -> !right.path().endsWith("/refresh"))
                .map(right -> new AccessRule(right.method().name(), right.path()))
                .toArray(AccessRule[]::new));

        assertThat(answer("admin", keys()))
                .contains("class=\"warning\"")
                .contains("They lack rights that the steps need: POST /ipLoadbalancing/*/refresh.");
    }

    @Test
    void saysWhenAKeyEndsAndWarnsWhenThatIsSoon() throws Exception {
        shop.sandbox().credentials().expiration(key(), Instant.parse("2999-05-01T10:20:30Z"));
        assertThat(answer("admin", keys())).contains("class=\"ok\"").contains("ends at 2999-05-01 10:20 UTC");

        shop.sandbox().credentials().expiration(key(), Instant.now().plus(Duration.ofDays(2)));
        assertThat(answer("admin", keys())).contains("class=\"warning\"");
    }

    @Test
    void saysThatAKeyHasExpired() throws Exception {
        shop.sandbox().credentials().state(key(), CredentialState.expired);

        assertThat(answer("admin", keys())).contains("class=\"error\"").contains("expired or not validated yet");
    }

    @Test
    void saysThatASecretIsWrong() throws Exception {
        assertThat(answer("admin", with(keys(), "applicationSecret", "another")))
                .contains("class=\"error\"")
                .contains("check the application secret");
    }

    @Test
    void saysThatASecretWasNotCopiedAsItIs() throws Exception {
        assertThat(answer("admin", with(keys(), "consumerKey", "two words")))
                .contains("class=\"error\"")
                .contains("was not copied as it is")
                .doesNotContain("two words");
    }

    @Test
    void saysWhoseAServiceAccountIs() throws Exception {
        assertThat(answer("admin", account()))
                .contains("class=\"ok\"")
                .contains("they belong to the account sb12345-ovh", "IAM policies");
    }

    @Test
    void saysThatAServiceAccountIsNotKnown() throws Exception {
        assertThat(answer("admin", with(account(), "clientSecret", "another"))).contains("class=\"error\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/2.0", "http://localhost:%d/1.0", "nonsense", ""})
    void sendsNothingToAnEndpointThatIsNotAllowed(String endpoint) throws Exception {
        String there = endpoint.formatted(shop.sandbox().httpEndpoint().getPort());

        for (Map<String, String> form : List.of(keys(), account())) {
            assertThat(answer("admin", with(form, "endpoint", there)))
                    .contains("class=\"error\"")
                    .contains("is not allowed");
        }
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void isForWhoeverMayMakeCredentials() throws Exception {
        assertThat(answer("keeper", keys())).contains("class=\"ok\"");
    }

    @Test
    void isForTheOwnerOfAFolderInThatFolderOnly() throws Exception {
        assertThat(post("owner", "job/folder/", keys()).getContentAsString()).contains("class=\"ok\"");
        assertThat(post("owner", "", keys()).getStatusCode()).isEqualTo(403);
    }

    @Test
    void isNotForReadersAndThenSendsNothing() throws Exception {
        assertThat(post("reader", keys()).getStatusCode()).isEqualTo(403);
        assertThat(post("reader", account()).getStatusCode()).isEqualTo(403);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void neverRepeatsASecret() throws Exception {
        SandboxCredentials known = shop.sandbox().credentials();

        assertThat(answer("admin", keys()) + answer("admin", account()))
                .doesNotContain(known.applicationSecret(), known.consumerKey(), known.clientSecret());
    }

    private String answer(String user, Map<String, String> form) throws Exception {
        return post(user, form).getContentAsString();
    }

    private static WebResponse post(String user, Map<String, String> form) throws Exception {
        return post(user, "", form);
    }

    /** @param place of the store, below the controller's root */
    private static WebResponse post(String user, String place, Map<String, String> form) throws Exception {
        Descriptor<?> descriptor = jenkins.jenkins.getDescriptorOrDie(
                form.containsKey("consumerKey") ? OvhApplicationKeys.class : OvhServiceAccount.class);
        try (Visitor visitor = new Visitor(jenkins, user)) {
            return visitor.post(place + descriptor.getDescriptorUrl() + "/test", form);
        }
    }

    private Map<String, String> keys() {
        SandboxCredentials known = shop.sandbox().credentials();
        return Map.of(
                "endpoint", shop.sandbox().httpEndpoint().toString(),
                "applicationKey", known.applicationKey(),
                "applicationSecret", known.applicationSecret(),
                "consumerKey", known.consumerKey());
    }

    private Map<String, String> account() {
        SandboxCredentials known = shop.sandbox().credentials();
        return Map.of(
                "endpoint", shop.sandbox().httpEndpoint().toString(),
                "clientId", known.clientId(),
                "clientSecret", known.clientSecret());
    }

    private static Map<String, String> with(Map<String, String> form, String name, String value) {
        Map<String, String> changed = new HashMap<>(form);
        changed.put(name, value);
        return changed;
    }

    private String key() {
        return shop.sandbox().credentials().consumerKey();
    }

    private void rules(AccessRule... rules) {
        shop.sandbox().credentials().rules(key(), rules);
    }
}
