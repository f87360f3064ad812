package io.jenkins.plugins.iplb.jenkins.lookout;

import java.time.Instant;

/**
 * What a look has found.
 *
 * @param at when it was asked for
 */
public record Sighting<T>(Instant at, T found) {}
