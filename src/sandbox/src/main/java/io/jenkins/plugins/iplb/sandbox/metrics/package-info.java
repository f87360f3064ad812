/** OVH's metrics, as its guide has them: two counters of each zone, asked for by Prometheus's API with a token of their own. */
package io.jenkins.plugins.iplb.sandbox.metrics;
