package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The blocks from which a load balancer calls its servers in one zone: their firewalls must let these in. */
public record NatIp(String zone, @JsonProperty("ip") List<String> blocks) {}
