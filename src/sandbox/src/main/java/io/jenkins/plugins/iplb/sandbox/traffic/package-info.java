/**
 * The data plane: a HAProxy for each zone, on loopback addresses, that carries traffic through what the zone has deployed. Linux
 * alone has a loopback network to spare.
 */
package io.jenkins.plugins.iplb.sandbox.traffic;
