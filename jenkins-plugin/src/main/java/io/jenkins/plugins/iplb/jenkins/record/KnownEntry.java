package io.jenkins.plugins.iplb.jenkins.record;

import io.jenkins.plugins.iplb.record.RecordedEntry;

/**
 * An entry of some build's record.
 *
 * @param build as {@link hudson.model.Run#getExternalizableId} has it
 */
public record KnownEntry(String build, RecordedEntry entry) {}
