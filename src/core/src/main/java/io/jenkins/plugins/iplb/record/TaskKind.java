package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which of OVH's two families of tasks an id belongs to: their ids are unrelated. */
public enum TaskKind {
    /** A task of a load balancer, seen at {@code /ipLoadbalancing/{serviceName}/task/{id}}. */
    REFRESH("refresh"),
    /** One of a load balancer too, which gets a certificate. */
    CERTIFICATE("certificate"),
    /** A task of an IP address, seen at {@code /ip/{ip}/task/{taskId}}. */
    IP("ip");

    private final String code;

    TaskKind(String code) {
        this.code = code;
    }

    /** The stable name in the record. */
    @JsonValue
    public String code() {
        return code;
    }
}
