package io.jenkins.plugins.iplb.record;

/** How far a change has come that is spoken of. */
public enum Stage {
    /** A dry run: nothing was sent. */
    PLANNED,
    /** Begun, and not ended, or not well. */
    BEGUN,
    DONE,
    /** Everything was as wanted already. */
    NOTHING_TO_DO
}
