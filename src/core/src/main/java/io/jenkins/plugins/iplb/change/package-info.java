/**
 * Wishes that can be checked and carried out: a {@link io.jenkins.plugins.iplb.change.Change} becomes a {@link
 * io.jenkins.plugins.iplb.change.Plan} by reading, and the plan becomes true by {@link
 * io.jenkins.plugins.iplb.change.Changes#apply applying} it.
 */
package io.jenkins.plugins.iplb.change;
