package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a refresh makes live besides what its build has staged, and whom it shares it with. */
@WithJenkins
class SharedRefreshTest {
    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
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
    void changesThatNoRecordExplainsAreWarnedOf() throws Exception {
        stageAsSomebodyElse();

        WorkflowRun build = Jobs.succeed(jenkins, "iplbRefresh loadBalancer: 'shop'");

        jenkins.assertLogContains("shop: warning: ", build);
        jenkins.assertLogContains("no known record explains pending changes: 1 in gra, 1 in rbx", build);
    }

    @Test
    void changesThatNoRecordExplainsFailTheBuildWhenRefused() throws Exception {
        stageAsSomebodyElse();

        WorkflowRun build =
                Jobs.run(jenkins, Result.FAILURE, "iplbRefresh loadBalancer: 'shop', foreignChanges: 'refuse'");

        jenkins.assertLogContains(
                "no known record explains pending changes: 1 in gra, 1 in rbx; look at them in the Control Panel",
                build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(refreshes()).isZero();
    }

    @Test
    void changesThatNoRecordExplainsMakeTheBuildUnstableWhenAsked() throws Exception {
        stageAsSomebodyElse();

        Jobs.run(
                jenkins,
                Result.UNSTABLE,
                "iplbRefresh loadBalancer: 'shop', foreignChanges: 'refuse', onFailure: 'unstable'");

        assertThat(refreshes()).isZero();
    }

    @Test
    void changesOfTheBuildItselfAreExplained() throws Exception {
        WorkflowRun build = Jobs.succeed(jenkins, """
                iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                iplbRefresh loadBalancer: 'shop', foreignChanges: 'refuse'
                """);

        jenkins.assertLogNotContains("no known record", build);
        assertThat(refreshes()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -5})
    void whatARefreshHasCarriedExplainsNothingOfWhatComesLater(int secondsBehind) throws Exception {
        shop.close();
        shop = new Shop(() -> Instant.now().minusSeconds(secondsBehind));
        shop.configure();
        Jobs.succeed(jenkins, """
                iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                iplbRefresh loadBalancer: 'shop'
                """);
        stageAsSomebodyElse();

        WorkflowRun build =
                Jobs.run(jenkins, Result.FAILURE, "iplbRefresh loadBalancer: 'shop', foreignChanges: 'refuse'");

        jenkins.assertLogContains("no known record explains pending changes: 1 in gra, 1 in rbx", build);
        assertThat(refreshes()).isOne();
    }

    @Test
    void aRefreshIsSharedUnlessItIsToBeExclusive() throws Exception {
        shop.sandbox().world().refreshTakes(Duration.ofSeconds(1));
        stageAsSomebodyElse();

        Jobs.succeed(jenkins, bothAsk(""));
        assertThat(refreshes()).isOne();

        stageAsSomebodyElse();
        Jobs.succeed(jenkins, bothAsk(", exclusive: true, force: true"));
        assertThat(refreshes()).isEqualTo(3);
    }

    private static String bothAsk(String how) {
        return """
                parallel one: { iplbRefresh loadBalancer: 'shop'%1$s }, other: { iplbRefresh loadBalancer: 'shop'%1$s }
                """.formatted(how);
    }

    private void stageAsSomebodyElse() {
        shop.sandbox().world().service(Shop.SERVICE).add("udp/farm", Map.of("zone", "all", "port", 53));
    }

    private long refreshes() {
        return shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh");
    }
}
