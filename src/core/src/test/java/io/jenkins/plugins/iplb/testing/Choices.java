package io.jenkins.plugins.iplb.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Chance that leaves nothing out: each round takes choices that no round before has taken, until there are no others. */
public final class Choices extends Random {
    private static final long serialVersionUID = 1L;

    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> bounds = new ArrayList<>();
    private int next;

    @Override
    public int nextInt(int bound) {
        if (next == taken.size()) {
            taken.add(0);
            bounds.add(bound);
        }
        if (bounds.get(next) != bound) {
            throw new AssertionError("the same choices have led to something else: " + this);
        }
        return taken.get(next++);
    }

    /** Begins another round. @return false when all choices have been taken */
    public boolean nextRound() {
        next = 0;
        while (!taken.isEmpty()) {
            int last = taken.size() - 1;
            if (taken.get(last) + 1 < bounds.get(last)) {
                taken.set(last, taken.get(last) + 1);
                return true;
            }
            taken.remove(last);
            bounds.remove(last);
        }
        return false;
    }

    @Override
    public String toString() {
        return "choices " + taken;
    }
}
