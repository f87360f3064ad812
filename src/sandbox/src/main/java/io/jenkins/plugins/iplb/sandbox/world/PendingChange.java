package io.jenkins.plugins.iplb.sandbox.world;

/** One staged change that has not reached one zone yet; numbered in the order in which changes were made. */
public record PendingChange(long number, String zone) {}
