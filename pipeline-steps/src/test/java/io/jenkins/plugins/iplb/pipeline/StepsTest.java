package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepsTest {
    @Test
    void guide(JenkinsRule jenkins) throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
            job.setDefinition(new CpsFlowDefinition("""
                    def r = iplbAddRoute loadBalancer: 'shop', protocol: 'tcp', frontend: 'https', farm: 'web-http2', name: 'http2',
                        rules: [[field: 'protocol', match: 'is', pattern: 'http/2.0']]
                    echo "R ${r}"
                    def g = iplbRefresh loadBalancer: 'shop', timeout: '1m'
                    echo "G ${g}"
                    echo "S ${iplbShow(loadBalancer: 'shop').keySet()}"
                    """, true));
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            System.out.println(run.getLog());
        }
    }
}
