package io.jenkins.plugins.iplb.api;

/** How many staged changes wait for a refresh in one zone. */
public record PendingChange(String zone, int number) {}
