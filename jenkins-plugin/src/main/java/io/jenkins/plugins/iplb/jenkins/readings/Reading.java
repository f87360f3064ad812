package io.jenkins.plugins.iplb.jenkins.readings;

import java.time.Instant;

/**
 * What OVH has answered.
 *
 * @param asOf when it was asked, by the controller's clock
 */
public record Reading<T>(Instant asOf, T value) {}
