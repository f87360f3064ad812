package io.jenkins.plugins.iplb.jenkins.target;

import io.jenkins.plugins.iplb.ovh.OvhClient;
import java.util.List;

/**
 * A load balancer that can be called.
 *
 * @param client calls OVH with the credentials that were found
 * @param service the service name
 * @param defaultZones what a refresh covers when it names no zones; empty for all
 */
public record Target(OvhClient client, String service, List<String> defaultZones) {}
