/** How builds get at the metrics of a load balancer. */
package io.jenkins.plugins.iplb.jenkins.metrics;
