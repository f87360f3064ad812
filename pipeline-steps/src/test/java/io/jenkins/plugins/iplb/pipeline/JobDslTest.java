package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import io.jenkins.plugins.iplb.jenkins.freestyle.AddRouteChange;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.MoveFailoverChange;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.SetStickinessChange;
import io.jenkins.plugins.iplb.jenkins.gate.SettledProperty;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.util.List;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A seed job that names the build steps, the changes and the queue gate by their symbols. */
@WithJenkins
class JobDslTest {
    private static final String SEED = """
            freeStyleJob('deploy') {
                properties {
                    ovhLoadBalancerSettled {
                        loadBalancer('shop')
                        pendingChanges(true)
                    }
                }
                steps {
                    ovhLoadBalancerChange {
                        loadBalancer('shop')
                        changes {
                            iplbRoute {
                                protocol('tcp')
                                frontend('https')
                                farm('web-http2')
                                name('http2')
                                rules {
                                    ruleForm {
                                        field('protocol')
                                        match('is')
                                        pattern('http/2.0')
                                    }
                                }
                            }
                            iplbStickiness {
                                protocol('http')
                                farm('app')
                                stickiness('cookie')
                            }
                            iplbFailoverMove {
                                ip('%s')
                            }
                        }
                    }
                    ovhLoadBalancerRefresh {
                        service('%s')
                        credentialsId('%s')
                        zones('gra, rbx')
                        timeout('15m')
                        onFailure('unstable')
                        exclusive(true)
                        foreignChanges('refuse')
                    }
                }
            }
            """.formatted(DemoWorld.MOVABLE_IP, Shop.SERVICE, Shop.CREDENTIALS);

    private final Shop shop = new Shop();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aSeedJobMakesAJobThatSaysWhatItWasTold() throws Exception {
        FreeStyleProject job = seeded();

        SettledProperty gate = new SettledProperty();
        gate.setLoadBalancer(Shop.NAME);
        gate.setPendingChanges(true);
        jenkins.assertEqualDataBoundBeans(gate, job.getProperty(SettledProperty.class));
        jenkins.assertEqualDataBoundBeans(change(), job.getBuildersList().get(ChangeBuilder.class));
        jenkins.assertEqualDataBoundBeans(refresh(), job.getBuildersList().get(RefreshBuilder.class));
    }

    @Test
    void theJobThatItMakesWorks() throws Exception {
        jenkins.buildAndAssertSuccess(seeded());

        assertThat(shop.sandbox().world().routedTo(DemoWorld.MOVABLE_IP)).contains(Shop.SERVICE);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).live("gra", "tcp/rule"))
                .hasSize(1);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
    }

    private FreeStyleProject seeded() throws Exception {
        ExecuteDslScripts script = new ExecuteDslScripts();
        script.setUseScriptText(true);
        script.setScriptText(SEED);
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        seed.getBuildersList().add(script);
        jenkins.buildAndAssertSuccess(seed);
        return jenkins.jenkins.getItemByFullName("deploy", FreeStyleProject.class);
    }

    private static ChangeBuilder change() {
        RuleForm rule = new RuleForm("protocol", "is");
        rule.setPattern("http/2.0");
        AddRouteChange route = new AddRouteChange("tcp");
        route.setFrontend("https");
        route.setFarm("web-http2");
        route.setName("http2");
        route.setRules(List.of(rule));
        ChangeBuilder change = new ChangeBuilder(List.of(
                route, new SetStickinessChange("http", "app", "cookie"), new MoveFailoverChange(DemoWorld.MOVABLE_IP)));
        change.setLoadBalancer(Shop.NAME);
        return change;
    }

    private static RefreshBuilder refresh() {
        RefreshBuilder refresh = new RefreshBuilder();
        refresh.setService(Shop.SERVICE);
        refresh.setCredentialsId(Shop.CREDENTIALS);
        refresh.setZones("gra, rbx");
        refresh.setTimeout("15m");
        refresh.setOnFailure("unstable");
        refresh.setExclusive(true);
        refresh.setForeignChanges("refuse");
        return refresh;
    }
}
