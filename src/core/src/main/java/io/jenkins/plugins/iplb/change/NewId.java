package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.function.Predicate;

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
    private final Predicate<Named> twin;

    private NewId(Creation creation, Predicate<Named> twin) {
        this.creation = creation;
        this.twin = twin;
    }

    /** Of something that others start as well without harm, such as a task. */
    static NewId of(Creation creation) {
        return new NewId(creation, null);
    }

    /** Of an object. @param twin tells what means the same, and was not there when this was planned */
    static NewId of(Creation creation, Predicate<Named> twin) {
        return new NewId(creation, twin);
    }

    long create(OvhSession ovh, ApiCall post) {
        return creation.create(ovh, post);
    }

    /** Whether it must be the only one that means what it means. */
    boolean isUnique() {
        return twin != null;
    }

    boolean isTwin(Named other) {
        return twin.test(other);
    }
}
