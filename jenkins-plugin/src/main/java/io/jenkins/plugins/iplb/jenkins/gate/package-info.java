/** Holds builds in the queue until a load balancer is settled. */
package io.jenkins.plugins.iplb.jenkins.gate;
