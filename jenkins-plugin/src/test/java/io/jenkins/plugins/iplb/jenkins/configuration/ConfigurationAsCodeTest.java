package io.jenkins.plugins.iplb.jenkins.configuration;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApiCredentials;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApplicationKeys;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhServiceAccount;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.TestExtension;

@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeTest {
    @Test
    @ConfiguredWithCode("configuration.yaml")
    void loadBalancersAreReadAndWrittenAsTheyWere(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        OvhLoadBalancers read = OvhLoadBalancers.get();
        assertThat(UsableLoadBalancer.by(null, "shop"))
                .hasValueSatisfying(
                        shop -> assertThat(shop.named().getDefaultZones()).containsExactly("gra", "sbg"));
        assertThat(UsableLoadBalancer.by(null, "store"))
                .hasValueSatisfying(
                        store -> assertThat(store.named().getAllowedItems()).containsExactly("shop", "**/deploy-*"));
        assertThat(read.getRequestsPerMinute()).isEqualTo(30);
        assertThat(read.pendingPatience()).isEqualTo(Duration.ofHours(36));

        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String written = toYamlString(getUnclassifiedRoot(context).get("ovhLoadBalancers"));

        assertThat(written).isEqualTo(toStringFromYamlFile(this, "exported.yaml"));
    }

    @Test
    @ConfiguredWithCode("configuration.yaml")
    void credentialsOfBothKindsTakeTheirSecretsFromVariables(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        List<OvhApiCredentials> read =
                CredentialsProvider.lookupCredentialsInItemGroup(OvhApiCredentials.class, jenkins.jenkins, ACL.SYSTEM2);

        assertThat(read).hasSize(2);
        assertThat(read)
                .filteredOn(OvhApplicationKeys.class::isInstance)
                .singleElement()
                .satisfies(each -> {
                    OvhApplicationKeys keys = (OvhApplicationKeys) each;
                    assertThat(keys.getEndpoint()).isEqualTo("ovh-ca");
                    assertThat(keys.getApplicationSecret()).isEqualTo(Secret.fromString("first-secret"));
                    assertThat(keys.getConsumerKey()).isEqualTo(Secret.fromString("second-secret"));
                });
        assertThat(read)
                .filteredOn(OvhServiceAccount.class::isInstance)
                .singleElement()
                .satisfies(each -> {
                    OvhServiceAccount account = (OvhServiceAccount) each;
                    assertThat(account.getEndpoint()).isEqualTo("ovh-eu");
                    assertThat(account.getClientSecret()).isEqualTo(Secret.fromString("third-secret"));
                });
        assertThat(exported())
                .contains("ovhApplicationKeys:", "ovhServiceAccount:", "applicationKey: \"TDPKJdwZwAQPwKX2\"")
                .doesNotContain("first-secret", "second-secret", "third-secret");
    }

    @Test
    void whatMakesNoSenseIsRefused(JenkinsConfiguredWithCodeRule jenkins) {
        String twice = getClass().getResource("twice.yaml").toString();

        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(twice))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("a name that no other load balancer has");
    }

    @Test
    void whatOvhCannotCallALoadBalancerIsRefused(JenkinsConfiguredWithCodeRule jenkins) {
        String nonsense = getClass().getResource("nonsense.yaml").toString();

        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(nonsense))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("service: 'nonsense' was given; allowed: the name of a load balancer");
    }

    private static String exported() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        return all.toString(StandardCharsets.UTF_8);
    }

    @TestExtension
    public static final class Variables extends SecretSource {
        private static final Map<String, String> ALL = Map.of(
                "SHOP_APPLICATION_SECRET", "first-secret",
                "SHOP_CONSUMER_KEY", "second-secret",
                "STORE_CLIENT_SECRET", "third-secret");

        @Override
        public Optional<String> reveal(String name) {
            return Optional.ofNullable(ALL.get(name));
        }
    }
}
