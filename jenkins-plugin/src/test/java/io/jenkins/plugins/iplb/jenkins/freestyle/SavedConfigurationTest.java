package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
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
        job.getBuildersList().add(new ChangeBuilder(List.of(route(), new StickinessChange("http", "app", "none"))));

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
        RouteChange route = (RouteChange) builder.getChanges().get(0);
        jenkins.assertEqualDataBoundBeans(route, route());
        assertThat(((RuleChange) builder.getChanges().get(1)).getRule().getSubField())
                .isEqualTo("X-Env");
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

    @Test
    void theControllersConfigurationIsPlain(JenkinsRule jenkins) {
        NamedLoadBalancer named = new NamedLoadBalancer("shop", "loadbalancer-1", "ovh");
        named.setDefaultZones(List.of("gra, rbx"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        OvhLoadBalancers.get().setCustomEndpoints(List.of("https://api.example/1.0"));

        assertThat(Jenkins.XSTREAM2.toXML(OvhLoadBalancers.get())).doesNotContainPattern(OF_THE_JDK);
    }

    private static RouteChange route() {
        RuleForm rule = new RuleForm("protocol", "is");
        rule.setPattern("http/2.0");
        RouteChange route = new RouteChange("tcp", "https");
        route.setFarm("web-http2");
        route.setRules(List.of(rule));
        return route;
    }
}
