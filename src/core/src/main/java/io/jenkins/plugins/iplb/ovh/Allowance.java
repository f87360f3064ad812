package io.jenkins.plugins.iplb.ovh;

/**
 * What one key may send.
 *
 * @param perMinute the rate at which it gets requests, and the most that it can save up
 * @param left what it could send now without waiting
 */
public record Allowance(int perMinute, int left) {}
