package io.jenkins.plugins.iplb.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.SecretBuildWrapper;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CredentialsBindingTest {
    private static JenkinsRule jenkins;

    private Shop shop;
    private SandboxCredentials known;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        shop = new Shop();
        shop.configure();
        known = shop.sandbox().credentials();
        SystemCredentialsProvider.getInstance().getCredentials().add(shop.serviceAccount("account"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aScriptedPipelineGetsTheVariablesOfKeysWithTheSecretsMasked() throws Exception {
        WorkflowRun build = run("""
                withCredentials([ovhApiCredentials('ovh')]) {
                  echo "$OVH_ENDPOINT $OVH_APPLICATION_KEY"
                  echo "<$OVH_APPLICATION_SECRET> <$OVH_CONSUMER_KEY>"
                  writeLength OVH_APPLICATION_SECRET.length(), OVH_CONSUMER_KEY.length()
                }
                def writeLength(secret, key) { echo "lengths $secret $key" }
                """);

        jenkins.assertLogContains(shop.sandbox().httpEndpoint() + " " + known.applicationKey(), build);
        jenkins.assertLogContains("<****> <****>", build);
        jenkins.assertLogContains(
                "lengths " + known.applicationSecret().length() + " "
                        + known.consumerKey().length(),
                build);
        jenkins.assertLogNotContains(known.applicationSecret(), build);
        jenkins.assertLogNotContains(known.consumerKey(), build);
    }

    @Test
    void aScriptedPipelineGetsTheVariablesOfAServiceAccountWithAnotherPrefix() throws Exception {
        WorkflowRun build = run("""
                withCredentials([ovhApiCredentials(credentialsId: 'account', prefix: 'SHOP')]) {
                  echo "$SHOP_ENDPOINT $SHOP_CLIENT_ID <$SHOP_CLIENT_SECRET>"
                }
                """);

        jenkins.assertLogContains(shop.sandbox().httpEndpoint() + " " + known.clientId() + " <****>", build);
        jenkins.assertLogNotContains(known.clientSecret(), build);
    }

    @Test
    void aDeclarativePipelineGetsTheVariablesByTheNameItGivesThem() throws Exception {
        WorkflowRun build = run("""
                pipeline {
                  agent none
                  environment { OVH = credentials('ovh') }
                  stages {
                    stage('s') {
                      environment { SHOP = credentials('account') }
                      steps {
                        echo "$OVH_ENDPOINT $OVH_APPLICATION_KEY <$OVH_APPLICATION_SECRET> <$OVH_CONSUMER_KEY>"
                        echo "$SHOP_CLIENT_ID <$SHOP_CLIENT_SECRET>"
                      }
                    }
                  }
                }
                """);

        jenkins.assertLogContains(known.applicationKey() + " <****> <****>", build);
        jenkins.assertLogContains(known.clientId() + " <****>", build);
        jenkins.assertLogNotContains(known.applicationSecret(), build);
        jenkins.assertLogNotContains(known.clientSecret(), build);
    }

    @Test
    void theirUseIsTracked() throws Exception {
        WorkflowRun build = run("withCredentials([ovhApiCredentials('ovh')]) { echo 'used' }");

        OvhApiCredentials used = CredentialsProvider.findCredentialById("ovh", OvhApiCredentials.class, build);
        assertThat(CredentialsProvider.getFingerprintOf(used).getUsages())
                .containsOnlyKeys(build.getParent().getFullName());
    }

    @Test
    void theFormOfAFreestyleJobSavesWhatItShows() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        OvhApiCredentialsBinding binding = new OvhApiCredentialsBinding(Shop.CREDENTIALS);
        binding.setPrefix("SHOP");
        job.getBuildWrappersList().add(new SecretBuildWrapper(List.of(binding)));

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(
                binding,
                job.getBuildWrappersList()
                        .get(SecretBuildWrapper.class)
                        .getBindings()
                        .get(0));
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertSuccess(job);
    }
}
