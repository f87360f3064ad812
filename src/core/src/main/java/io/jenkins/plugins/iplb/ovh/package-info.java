/**
 * HTTP to OVH and nothing about load balancers: endpoints, credentials, signatures, clock, budget, retries and
 * failures. {@link io.jenkins.plugins.iplb.ovh.OvhClients} is the way in.
 */
package io.jenkins.plugins.iplb.ovh;
