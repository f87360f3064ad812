package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What kind of thing a plan is about, in OVH's word. */
public enum Kind {
    ROUTE("route", "route %s"),
    RULE("rule", "rule %s"),
    FRONTEND("frontend", "frontend %s"),
    FARM("farm", "farm %s"),
    SERVER("server", "server %s"),
    /** Of a farm. */
    STICKINESS("stickiness", "stickiness"),
    /** Of a frontend. */
    HTTP2("http2", "HTTP/2"),
    /** Those that a frontend listens on. */
    FAILOVER_IPS("failover-ips", "failover IPs"),
    FAILOVER_IP("failover-ip", "%s"),
    /** What a failover IP is routed to: a load balancer or any other. */
    SERVICE("service", "%s"),
    CERTIFICATE("certificate", "certificate %s"),
    VRACK_NETWORK("vrack-network", "vRack network %s"),
    LOAD_BALANCER("load-balancer", "load balancer");

    private final String code;
    private final String english;

    Kind(String code, String english) {
        this.code = code;
        this.english = english;
    }

    /** The stable name in the record. */
    @JsonValue
    public String code() {
        return code;
    }

    String english(String name) {
        return english.formatted(name).strip();
    }

    /** Null for one that a later version knows. */
    @JsonCreator
    static Kind of(String code) {
        return Arrays.stream(values())
                .filter(each -> each.code.equals(code))
                .findFirst()
                .orElse(null);
    }
}
