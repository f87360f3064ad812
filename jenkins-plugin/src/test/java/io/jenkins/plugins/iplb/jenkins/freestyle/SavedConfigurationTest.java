package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import java.io.InputStream;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is kept in a job's {@code config.xml}, and in the controller's: what somebody could write by hand. */
@WithJenkins
class SavedConfigurationTest {
    private static final String OF_THE_JDK = "java.util.|serialization=|resolves-to=";

    @Test
    void listsAreKeptAsPlainElements(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new ChangeBuilder(List.of(route(), new SetStickinessChange("http", "app", "none"))));

        job.save();

        assertThat(job.getConfigFile().asString()).doesNotContainPattern(OF_THE_JDK);
    }

    @Test
    void aJobThatWasSavedWithListsOfTheJdkIsLoadedAsItWasAndSavedPlain(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job;
        try (InputStream old = getClass().getResourceAsStream("lists-of-the-jdk.xml")) {
            job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML("deploy", old);
        }

        ChangeBuilder builder = (ChangeBuilder) job.getBuildersList().get(0);
        assertThat(builder.getLoadBalancer()).isEqualTo("shop");
        assertThat(builder.getChanges()).hasSize(2);
        AddRouteChange route = (AddRouteChange) builder.getChanges().get(0);
        jenkins.assertEqualDataBoundBeans(route, route());
        assertThat(((AddRuleChange) builder.getChanges().get(1)).getSubField()).isEqualTo("X-Env");
        assertThat(((ChangeBuilder) job.getBuildersList().get(1)).getChanges()).isEmpty();

        job.save();
        String saved = job.getConfigFile().asString();
        assertThat(saved).doesNotContainPattern(OF_THE_JDK).contains("<farm>web-http2</farm>");

        job.doReload();
        jenkins.assertEqualDataBoundBeans(
                builder,
                ((FreeStyleProject) jenkins.jenkins.getItem("deploy"))
                        .getBuildersList()
                        .get(0));
    }

    /** Its file was saved when each change had a form that was written by hand, under another name. */
    @Test
    void aJobOfTheFormsThatWereThereBeforeTheCatalogueIsLoadedAsItWas(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job;
        try (InputStream old = getClass().getResourceAsStream("forms-by-hand.xml")) {
            job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML("older", old);
        }

        ChangeBuilder changes = (ChangeBuilder) job.getBuildersList().get(0);
        assertThat(changes.getTimeout()).isEqualTo("45s");
        jenkins.assertEqualDataBoundBeans(before(), changes.getChanges());
        RefreshBuilder plain = (RefreshBuilder) job.getBuildersList().get(1);
        assertThat(plain.isWait()).isTrue();
        assertThat(plain.getOnFailure()).isEqualTo("fail");
        RefreshBuilder full = (RefreshBuilder) job.getBuildersList().get(2);
        assertThat(List.of(full.getZones(), full.getOnFailure(), full.getForeignChanges(), full.getTimeout()))
                .containsExactly("gra, rbx", "unstable", "refuse", "1h30m");
        assertThat(List.of(full.isForce(), full.isExclusive(), full.isWait())).containsOnly(true);

        job.save();
        job.doReload();
        jenkins.assertEqualDataBoundBeans(
                before(),
                ((ChangeBuilder) ((FreeStyleProject) jenkins.jenkins.getItem("older"))
                                .getBuildersList()
                                .get(0))
                        .getChanges());
    }

    private static List<ChangeForm> before() {
        RuleForm header = new RuleForm("header", "is");
        header.setSubField("X-Env");
        header.setPattern(" preprod ");
        header.setNegate(true);
        AddRouteChange redirect = new AddRouteChange("http");
        redirect.setFrontend("http");
        redirect.setRedirect("https://${host}${path}");
        redirect.setStatus("301");
        redirect.setWeight("${WEIGHT}");
        redirect.setName("away");
        redirect.setRules(List.of(header));
        AddRouteChange reject = new AddRouteChange("http");
        reject.setFrontend("http");
        reject.setReject(true);
        AddRuleChange rule = new AddRuleChange("tcp", "${IPLB_ROUTE_ID}", "protocol", "is");
        rule.setPattern("http/2.0");
        rule.setName("h2");
        MoveFailoverChange moveElsewhere = new MoveFailoverChange("203.0.113.7");
        moveElsewhere.setTo("ns3012345.ip-203-0-113.eu");
        DedicateFailoverChange some = new DedicateFailoverChange("http", "http");
        some.setIps("198.51.100.24, 198.51.100.25");
        EnsureFrontendChange everywhere = new EnsureFrontendChange("http");
        everywhere.setPort("8080");
        everywhere.setZone("all");
        EnsureFrontendChange range = new EnsureFrontendChange("tcp");
        range.setPort("6000-6010");
        range.setZone("gra");
        range.setName("range");
        range.setFarm("web-http1");
        range.setSsl("false");
        range.setIps("198.51.100.24");
        return List.of(
                redirect,
                reject,
                rule,
                new SetStickinessChange("http", "app", "none"),
                new MoveFailoverChange("203.0.113.7"),
                moveElsewhere,
                new DedicateFailoverChange("udp", "dns"),
                some,
                everywhere,
                range);
    }

    @Test
    void theControllersConfigurationIsPlain(JenkinsRule jenkins) {
        NamedLoadBalancer named = new NamedLoadBalancer("shop", "loadbalancer-1", "ovh");
        named.setDefaultZones(List.of("gra, rbx"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        OvhLoadBalancers.get().setCustomEndpoints(List.of("https://api.example/1.0"));

        assertThat(Jenkins.XSTREAM2.toXML(OvhLoadBalancers.get())).doesNotContainPattern(OF_THE_JDK);
    }

    private static AddRouteChange route() {
        RuleForm rule = new RuleForm("protocol", "is");
        rule.setPattern("http/2.0");
        AddRouteChange route = new AddRouteChange("tcp");
        route.setFrontend("https");
        route.setFarm("web-http2");
        route.setRules(List.of(rule));
        return route;
    }
}
