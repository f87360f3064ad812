package io.jenkins.plugins.iplb.api;

/** A private network of the load balancer, which farms in a vRack belong to. */
public record VrackNetwork(long vrackNetworkId, Integer vlan) {}
