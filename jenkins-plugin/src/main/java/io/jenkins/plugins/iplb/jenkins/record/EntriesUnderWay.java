package io.jenkins.plugins.iplb.jenkins.record;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The entries that this life of the controller has begun, or goes on with, and has not ended yet. What else is open in the
 * record of a build that is over was cut off by the end of an earlier life.
 */
@Extension
public final class EntriesUnderWay {
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    static EntriesUnderWay get() {
        return ExtensionList.lookupSingleton(EntriesUnderWay.class);
    }

    void add(String id) {
        ids.add(id);
    }

    void remove(String id) {
        ids.remove(id);
    }

    Set<String> ids() {
        return Set.copyOf(ids);
    }

    boolean has(String id) {
        return ids.contains(id);
    }
}
