package io.jenkins.plugins.iplb.change;

/** The id of an object that a step of a plan names. */
public sealed interface ObjectId permits ObjectId.Known, NewId {

    /** Of an object that is there. */
    record Known(long id) implements ObjectId {}
}
