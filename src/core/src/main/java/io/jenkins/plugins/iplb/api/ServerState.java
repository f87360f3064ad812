package io.jenkins.plugins.iplb.api;

/**
 * What one instance of a load balancer sees of a server.
 *
 * @param status in HAProxy's word, such as {@code UP} or {@code DOWN}
 * @param checkStatus how the last check ended, such as {@code L4CON}
 * @param checkCode of the server's answer; null for none
 * @param lastCheckContent what it answered, or what was wrong; null for nothing
 */
public record ServerState(
        long instanceId,
        String status,
        String checkStatus,
        String checkCode,
        String checkTime,
        String lastCheckContent) {}
