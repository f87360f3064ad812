package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.ovh.Allowance;
import io.jenkins.plugins.iplb.record.EntryHeader;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Somebody who waits for a refresh now, for those who look on.
 *
 * @param header of which load balancer, and who asks
 * @param since when this process began to wait
 * @param state as it was kept last
 * @param percent of the refresh that is waited for, as it was seen last
 * @param allowance of the key it is asked with
 */
public record Waiting(
        EntryHeader header, Instant since, RefreshState state, OptionalInt percent, Allowance allowance) {}
