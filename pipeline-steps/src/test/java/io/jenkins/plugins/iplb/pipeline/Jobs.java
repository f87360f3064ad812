package io.jenkins.plugins.iplb.pipeline;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipeline jobs for tests. */
final class Jobs {
    private Jobs() {}

    /** A Declarative Pipeline without an agent, of one stage. */
    static String declarative(String steps) {
        return "pipeline { agent none\n stages { stage('change') { steps {\n" + steps + "\n} } } }";
    }

    static WorkflowJob create(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun run(JenkinsRule jenkins, Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, create(jenkins, script));
    }

    static WorkflowRun succeed(JenkinsRule jenkins, String script) throws Exception {
        return run(jenkins, Result.SUCCESS, script);
    }

    static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        return create(jenkins, script).scheduleBuild2(0).waitForStart();
    }
}
