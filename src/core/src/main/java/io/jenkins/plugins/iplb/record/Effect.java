package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a plan makes of its subject. */
public enum Effect {
    ADDED("added"),
    CHANGED("changed"),
    REMOVED("removed"),
    /** A failover IP is routed elsewhere. */
    MOVED("moved"),
    /** What is staged on a load balancer goes live. */
    REFRESHED("refreshed"),
    /** Nothing: it is as wanted already. */
    UNCHANGED("unchanged"),
    /** Nothing: it is to be removed, and is not there. */
    ABSENT("absent");

    private final String code;

    Effect(String code) {
        this.code = code;
    }

    /** The stable name in the record. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Null for one that a later version knows. */
    @JsonCreator
    static Effect of(String code) {
        return Arrays.stream(values())
                .filter(each -> each.code.equals(code))
                .findFirst()
                .orElse(null);
    }
}
