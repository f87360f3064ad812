/**
 * Live checks: what a client in front of the load balancer gets. They talk to the deployed service, not to OVH's API,
 * and carry no credential.
 */
package io.jenkins.plugins.iplb.check;
