package io.jenkins.plugins.iplb.sandbox.fault;

import io.jenkins.plugins.iplb.sandbox.http.PathPattern;
import java.util.function.DoubleSupplier;

/** A fault in wait. Counts down; guarded by {@link Faults}. */
final class ArmedFault {
    private final String method;
    private final PathPattern path;
    private final double probability;
    private final Misbehaviour misbehaviour;
    private int left;

    ArmedFault(String method, PathPattern path, double probability, int times, Misbehaviour misbehaviour) {
        this.method = method;
        this.path = path;
        this.probability = probability;
        this.left = times;
        this.misbehaviour = misbehaviour;
    }

    boolean hits(String calledMethod, String rawPath, DoubleSupplier random) {
        boolean meant = left > 0 && (method.equals("*") || method.equals(calledMethod)) && path.matches(rawPath);
        if (!meant || probability < 1 && random.getAsDouble() >= probability) {
            return false;
        }
        left--;
        return true;
    }

    Misbehaviour misbehaviour() {
        return misbehaviour;
    }
}
