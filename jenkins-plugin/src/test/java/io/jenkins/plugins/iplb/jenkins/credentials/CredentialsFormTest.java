package io.jenkins.plugins.iplb.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CredentialsFormTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void nothingIsStored() {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        OvhLoadBalancers.get().setCustomEndpoints(List.of());
    }

    @Test
    void theFormOfKeysSavesWhatItShowsAndShowsNoSecret() throws Exception {
        OvhApplicationKeys keys = new OvhApplicationKeys(
                CredentialsScope.GLOBAL,
                "keys",
                "of the shop",
                "ovh-ca",
                "TDPKJdwZwAQPwKX2",
                Secret.fromString("application-secret"),
                Secret.fromString("consumer-key"));
        store(keys);

        String page = saveUnchanged("keys");

        jenkins.assertEqualDataBoundBeans(keys, stored());
        assertThat(page).contains("TDPKJdwZwAQPwKX2").doesNotContain("application-secret", "consumer-key");
    }

    @Test
    void theFormOfAServiceAccountSavesWhatItShowsAndShowsNoSecret() throws Exception {
        OvhServiceAccount account = new OvhServiceAccount(
                CredentialsScope.GLOBAL,
                "account",
                "of the shop",
                "ovh-us",
                "EU.0123456789abcdef",
                Secret.fromString("client-secret"));
        store(account);

        String page = saveUnchanged("account");

        jenkins.assertEqualDataBoundBeans(account, stored());
        assertThat(page).contains("EU.0123456789abcdef").doesNotContain("client-secret");
    }

    @Test
    void anEndpointThatIsNotAllowedAnyMoreStaysWhatItWas() throws Exception {
        try (Shop shop = new Shop()) {
            store(shop.credentials("old"));

            saveUnchanged("old");

            assertThat(stored().getEndpoint())
                    .isEqualTo(shop.sandbox().httpEndpoint().toString());
        }
    }

    @Test
    void theTestButtonSaysWhatOvhSays() throws Exception {
        try (Shop shop = new Shop();
                JenkinsRule.WebClient client = jenkins.createWebClient()) {
            shop.configure();
            HtmlPage page = openDialog(client, Shop.CREDENTIALS);

            HtmlButton test = page.getFirstByXPath("//button[@data-validate-button-method='test']");
            test.click();
            client.waitForBackgroundJavaScript(10_000);

            HtmlElement status = page.querySelector(".jenkins-validate-button__container__status");
            assertThat(status.getTextContent()).contains("sb12345-ovh");
        }
    }

    @Test
    void theEndpointLeadsToThePageThatMakesAKeyWithTheNeededRights() throws Exception {
        store(new OvhApplicationKeys(CredentialsScope.GLOBAL, "keys", null, "ovh-ca", "key", null, null));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = openDialog(client, "keys");

            HtmlElement link = page.getFirstByXPath("//a[contains(@href, 'createToken')]");

            assertThat(link.getAttribute("href"))
                    .startsWith("https://ca.api.ovh.com/createToken/?GET=/auth/currentCredential&")
                    .endsWith("&POST=/ip/*/move&POST=/ip/*/park");
            assertThat(link.getAttribute("rel")).contains("noopener");
        }
    }

    @Test
    void secretsAreEncryptedOnDisk() throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            store(shop.serviceAccount("account"));

            assertThat(filesWith(
                            jenkins.jenkins.getRootDir().toPath(),
                            shop.sandbox().credentials().applicationSecret(),
                            shop.sandbox().credentials().consumerKey(),
                            shop.sandbox().credentials().clientSecret()))
                    .isEmpty();
            assertThat(jenkins.jenkins.getRootDir().toPath().resolve("credentials.xml"))
                    .content()
                    .contains(shop.sandbox().credentials().applicationKey());
        }
    }

    @Test
    void aNameHasTheEndpointAndTheBeginningOfTheKeyAndNoSecret() {
        assertThat(CredentialsNameProvider.name(new OvhApplicationKeys(
                        CredentialsScope.GLOBAL,
                        "keys",
                        "of the shop",
                        "ovh-eu",
                        "TDPKJdwZwAQPwKX2",
                        Secret.fromString("application-secret"),
                        Secret.fromString("consumer-key"))))
                .isEqualTo("ovh-eu TDPKJdwZ… (of the shop)");
        assertThat(CredentialsNameProvider.name(
                        new OvhServiceAccount(CredentialsScope.GLOBAL, "account", null, null, "EU.1", null)))
                .isEqualTo("ovh-eu EU.1");
    }

    private static void store(OvhApiCredentials credentials) throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private static OvhApiCredentials stored() {
        return (OvhApiCredentials)
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
    }

    private static String saveUnchanged(String id) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = openDialog(client, id);
            String shown = page.asXml();
            jenkins.submit(page.getFormByName("updateCredentials"));
            return shown;
        }
    }

    private static HtmlPage openDialog(JenkinsRule.WebClient client, String id) throws Exception {
        HtmlPage page = client.goTo("manage/credentials/store/system/domain/_/credential/" + id + "/");
        HtmlElement update = page.querySelector("button[data-type='credentials-update']");
        HtmlElementUtil.click(update);
        client.waitForBackgroundJavaScript(10_000);
        return page;
    }

    private static List<Path> filesWith(Path directory, String... texts) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(texts).anyMatch(read(file)::contains))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
