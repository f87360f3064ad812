package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;

/**
 * The id that a step of a plan makes. It is unknown until then; the steps after it and the result of the plan refer to it
 * by this object, of which no two are equal.
 */
public final class NewId implements ObjectId {

    /** How the step is sent, once, however often its answer is lost. */
    @FunctionalInterface
    public interface Creation {
        /** @return the id, from the answer or by looking for what was made */
        long create(OvhSession ovh, ApiCall post);
    }

    private final Creation creation;

    public NewId(Creation creation) {
        this.creation = creation;
    }

    long create(OvhSession ovh, ApiCall post) {
        return creation.create(ovh, post);
    }
}
