package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.SetStickinessChange;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** No secret of either kind of credentials is in clear anywhere that a build leaves something. */
@WithJenkins
class SecretsTest {
    private static final String ACCOUNT = "account";

    /** What every secret of the sandbox begins with: keys, and the tokens that it gives for a service account. */
    private static final String SECRET = "sandboxsecret";

    private static JenkinsRule jenkins;

    private final Shop shop = new Shop();
    private final LogRecorder log = new LogRecorder()
            .record("io.jenkins.plugins.iplb", Level.ALL)
            .record("okhttp3", Level.ALL)
            .capture(10_000);

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        shop.configure();
        SystemCredentialsProvider.getInstance().getCredentials().add(shop.serviceAccount(ACCOUNT));
        SystemCredentialsProvider.getInstance().save();
        shop.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/refresh")
                .times(1)
                .status(403);
    }

    @AfterEach
    void close() {
        log.close();
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Shop.CREDENTIALS, ACCOUNT})
    void aPipelineLeavesNoneBehind(String credentials) throws Exception {
        use(credentials);

        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, """
                iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                echo "${iplbShow(loadBalancer: 'shop')}"
                try {
                    iplbSetStickiness service: 'nobody', credentialsId: '%s', protocol: 'http', farm: 'app', stickiness: 'none'
                } catch (e) {
                    echo e.message
                }
                iplbRefresh loadBalancer: 'shop'
                """.formatted(credentials));

        assertNoneIsLeft(build, "flowGraphTable/");
    }

    @ParameterizedTest
    @ValueSource(strings = {Shop.CREDENTIALS, ACCOUNT})
    void aFreestyleBuildLeavesNoneBehind(String credentials) throws Exception {
        use(credentials);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        ChangeBuilder change = new ChangeBuilder(List.of(new SetStickinessChange("http", "app", "cookie")));
        change.setLoadBalancer(Shop.NAME);
        job.getBuildersList().add(change);
        RefreshBuilder refresh = new RefreshBuilder();
        refresh.setService(Shop.SERVICE);
        refresh.setCredentialsId(credentials);
        job.getBuildersList().add(refresh);

        assertNoneIsLeft(jenkins.buildAndAssertStatus(Result.FAILURE, job), "../configure");
    }

    @Test
    void aPrivateKeyComesFromTheCredentialsStoreAndIsLeftNowhere() throws Exception {
        HeldCertificate held = KeyPem.rsa("new.shop.example");
        keep("shop-key", KeyPem.traditional(held));

        WorkflowRun build = Jobs.run(jenkins, Result.SUCCESS, """
                def pem = '''%s'''
                echo "${iplbEnsureCertificate(loadBalancer: 'shop', name: 'site', certificate: pem, keyCredentialsId: 'shop-key')}"
                try {
                    iplbEnsureCertificate loadBalancer: 'shop', certificate: pem, keyCredentialsId: 'other'
                } catch (e) {
                    echo e.message
                }
                """.formatted(held.certificatePem()));

        assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/ssl"))
                .isOne();
        assertThat(JenkinsRule.getLog(build))
                .contains("keyCredentialsId: no secret file or secret text 'other' that this build may use");
        // A line of it in the middle, which no other key has.
        String line = KeyPem.traditional(held).lines().toList().get(5);
        assertIsNowhere(line, build, "flowGraphTable/");
        assertIsNowhere("RSA PRIVATE KEY", build, "load-balancer-changes/");
    }

    @Test
    void aPrivateKeyThatOvhRepeatsIsCutFromWhatItSays() throws Exception {
        HeldCertificate held = KeyPem.rsa("new.shop.example");
        String key = KeyPem.traditional(held);
        keep("shop-key", key);
        shop.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/ssl")
                .status(
                        400,
                        Map.of(),
                        "application/json",
                        "{\"message\":\"Invalid value: %s\"}".formatted(key.replace("\n", "\\n")));

        WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, """
                iplbEnsureCertificate loadBalancer: 'shop', certificate: '''%s''', keyCredentialsId: 'shop-key'
                """.formatted(held.certificatePem()));

        assertThat(JenkinsRule.getLog(build)).contains("Invalid value: ********");
        assertIsNowhere(key.lines().toList().get(5), build, "load-balancer-changes/");
    }

    private static void keep(String id, String key) throws IOException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        id,
                        "the shop's",
                        "shop.key",
                        SecretBytes.fromBytes(key.getBytes(StandardCharsets.US_ASCII))));
        SystemCredentialsProvider.getInstance().save();
    }

    /** For what is done by the load balancer's name. */
    private static void use(String credentials) throws IOException {
        OvhLoadBalancers.get().setLoadBalancers(List.of(new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, credentials)));
    }

    /** @param page one more that this kind of build has */
    private void assertNoneIsLeft(Run<?, ?> build, String page) throws Exception {
        assertThat(shop.sandbox().credentials().clientSecret()).startsWith(SECRET);
        assertThat(shop.sandbox().calls().count("PUT", "/ipLoadbalancing/*/http/farm/*"))
                .isOne();
        assertThat(JenkinsRule.getLog(build)).contains("403");
        assertIsNowhere(SECRET, build, page);
    }

    private void assertIsNowhere(String secret, Run<?, ?> build, String page) throws Exception {
        assertThat(JenkinsRule.getLog(build)).doesNotContain(secret);
        assertThat(log.getMessages()).noneMatch(message -> message.contains(secret));
        for (String each : List.of("", "console", "load-balancer-changes/", "api/xml?depth=3", page)) {
            assertThat(page(build.getUrl() + each)).as(each).doesNotContain(secret);
        }
        for (String each : List.of("manage/configure", "manage/credentials/", "log/all")) {
            assertThat(page(each)).as(each).doesNotContain(secret);
        }
        for (Path file : files(jenkins.jenkins.getRootDir().toPath())) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(secret);
        }
    }

    private String page(String path) throws Exception {
        try (JenkinsRule.WebClient client =
                jenkins.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false)) {
            return client.goTo(path, null).getWebResponse().getContentAsString();
        }
    }

    /** All of the controller's but its plugins. */
    private static List<Path> files(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(home.resolve("plugins")) && !file.startsWith(home.resolve("war")))
                    .toList();
        }
    }
}
