package io.jenkins.plugins.iplb.jenkins.gate;

import hudson.model.Job;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;

/**
 * Whether a load balancer is settled.
 *
 * @param job as whose builds it is looked at
 * @param pendingToo whether pending changes unsettle it
 */
record GateQuestion(Job<?, ?> job, LoadBalancerChoice choice, boolean pendingToo) {}
