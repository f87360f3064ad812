package io.jenkins.plugins.iplb.docs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be meant is found without running it. */
class BadPipelinesTest {
    private static PipelineCheck check;

    @BeforeAll
    static void read(@TempDir Path folder) {
        check = new PipelineCheck(StepTypes.of(StepSources.in(folder)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iplbRefresh loadBalancer: 'shop', zone: ['gra']                                                       | did you mean zones?",
                "iplbRefesh loadBalancer: 'shop'                                                                       | did you mean iplbRefresh?",
                "iplbRefresh loadBalancer: 'shop', force: 'perhaps'                                                    | force: 'perhaps' was given; allowed: true, false",
                "iplbRefresh loadBalancer: 'shop', timeout: 'soon'                                                     | timeout: 'soon' was given",
                "iplbRefresh loadBalancer: 'shop', onFailure: 'ignore'                                                 | onFailure: 'ignore' was given; allowed: fail, unstable",
                "iplbRefresh loadBalancer: 'shop', foreignChanges: 'never'                                             | foreignChanges: 'never' was given",
                "iplbRefresh loadBalancer: 'shop', dryRun: 1                                                           | dryRun: 1 was given; allowed: true, false",
                "iplbRefresh zones: ['gra']                                                                            | loadBalancer",
                "iplbRefresh service: 'loadbalancer-1'                                                                 | credentialsId",
                "iplbRefresh loadBalancer: 'shop', credentialsId: 'ovh'                                                | either loadBalancer, or service and credentialsId",
                "iplbRefresh 'shop'                                                                                    | parameters by their names",
                "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app'                                 | stickiness",
                "iplbSetStickiness loadBalancer: 'shop', protocol: 'udp', farm: 'app', stickiness: 'cookie'            | protocol: 'udp' was given",
                "iplbEnsureFarm loadBalancer: 'shop', protocol: 'http', farm: 'app', port: 0                           | port: '0' was given",
                "iplbEnsureFarm loadBalancer: 'shop', protocol: 'http', farm: [1, 2]                                   | farm: [1, 2] was given; allowed: a text",
                "iplbEnsureFarm loadBalancer: 'shop', protocol: 'http', farm: { 'app' }                                | farm:",
                "iplbEnsureFarm loadBalancer: 'shop', protocol: 'http', farm: !params.FARM                             | farm: 'params.FARM' was given; allowed: a text",
                "iplbRefresh loadBalancer: 'shop', force: [params.FORCE]                                               | force: '[params.FORCE]' was given; allowed: true, false",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'http', farm: 'app', reject: true                        | exactly one of farm, redirect and reject",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'http', farm: params.FARM, redirect: \"https://${HOST}/\" | exactly one of farm, redirect and reject",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'http', name: 'x'                                        | exactly one of farm, redirect and reject",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', redirect: 'https://www.example.com/'              | tcp routes have no redirect",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', farm: 'web', rules: ['protocol is gopher']        | gopher",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', farm: 'web', rules: [[field: 'protocol', mach: 'is']] | did you mean match?",
                "iplbPlan loadBalancer: 'shop', file: 'iplb.yaml', content: 'http: {}'                                 | exactly one of file and content",
                "iplbApply loadBalancer: 'shop', file: 'iplb.yaml', plan: plan.plan                                    | exactly one of file, content and plan",
                "iplbChanges(loadBalancer: 'shop', rollback: 'maybe') { }                                              | rollback: 'maybe' was given",
                "iplbRotateCertificate loadBalancer: 'shop', name: 'shop', certificate: pem, key: pem                  | did you mean keyCredentialsId?",
                "iplbCheckTraffic url: 'https://www.example.com/', expect: 'colour is red'                             | colour",
                "iplbCheckTraffic loadBalancer: 'shop', url: 'https://www.example.com/'                                | iplbCheckTraffic has no such parameter",
                "iplbMetricsToken loadBalancer: 'shop'                                                                 | iplbMetricsToken",
            })
    void itIsFound(String pipeline, String why) {
        assertThat(check.check(pipeline).mistakes()).singleElement().asString().contains(why);
    }

    @Test
    void itIsFoundWhereverItStands() {
        PipelineCheck.Outcome outcome = check.check("""
                def deploy() {
                    iplbRefresh loadBalancer: 'shop', zone: 'gra'
                }
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            when { expression { params.DEPLOY } }
                            steps {
                                script {
                                    if (params.NEVER) {
                                        def made = iplbAddRule loadBalancer: 'shop', protocol: 'tcp', field: 'protocol'
                                        echo "${iplbShow(loadBalancer: 'shop', server: true)}"
                                    }
                                }
                            }
                        }
                    }
                    post { always { iplbRefresh() } }
                }
                """);

        assertThat(outcome.mistakes())
                .extracting(mistake -> mistake.substring(0, mistake.indexOf(':', 6)))
                .containsExactlyInAnyOrder("line 2", "line 12", "line 13", "line 19");
    }

    @Test
    void whatIsNoGroovyIsFound() {
        assertThat(check.check("pipeline { stages { }").mistakes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iplbMoveFailover loadBalancer: 'shop', ip: '203.0.113.7'",
                "iplbDedicateFailover loadBalancer: 'shop', protocol: 'http', frontend: 10005, ips: []",
                "iplbEnsureFarm loadBalancer: 'shop', protocol: 'http', farm: 'app', probe: [type: 'http', url: '/health'], port: 8080",
                "iplbAddRoute loadBalancer: 'shop', protocol: 'http', farm: 'app', redirect: '', rules: ['uri startswith /a', [field: 'host', match: 'is', pattern: HOST]]",
                "iplbRefresh loadBalancer: 'shop', zones: 'gra, rbx', force: made.changed, timeout: \"${MINUTES}m\"",
                "iplbPlan service: 'loadbalancer-1', credentialsId: 'ovh', file: 'iplb.yaml', values: [PORT: 8080, LIVE: params.LIVE]",
            })
    void whatCanBeMeantIsNot(String pipeline) {
        assertThat(check.check(pipeline).mistakes()).isEmpty();
        assertThat(check.check(pipeline).calls()).hasSize(1);
    }
}
