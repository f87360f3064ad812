package io.jenkins.plugins.iplb.jenkins.drift;

import java.time.Instant;
import java.util.List;

/**
 * What a look for drift has found.
 *
 * @param drifted whether there is any, or it could not be looked
 * @param lines as people read it; why, if it could not be looked
 */
public record FoundDrift(Instant at, boolean drifted, List<String> lines) {}
