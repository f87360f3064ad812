package io.jenkins.plugins.iplb.fault;

import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.OpenEntry;
import io.jenkins.plugins.iplb.record.SentCall;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/**
 * A journal whose process may die before and after everything that it writes down: moments such as {@code before begin}
 * and {@code after sent}.
 */
final class MortalJournal {
    private static final Set<String> ONLY_TOLD = Set.of("id", "method", "path", "body", "find", "known", "toString");

    private final Fuse fuse;

    private MortalJournal(Fuse fuse) {
        this.fuse = fuse;
    }

    static Journal of(Journal journal, Fuse fuse) {
        return new MortalJournal(fuse).mortal(Journal.class, journal);
    }

    private <T> T mortal(Class<T> type, T immortal) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    boolean written = !ONLY_TOLD.contains(method.getName());
                    if (written) {
                        fuse.reach("before " + method.getName());
                    }
                    try {
                        Object result = method.invoke(immortal, given);
                        if (written) {
                            fuse.reach("after " + method.getName());
                        }
                        return wrapped(result);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Object wrapped(Object result) {
        if (result instanceof OpenEntry entry) {
            return mortal(OpenEntry.class, entry);
        }
        if (result instanceof SentCall call) {
            return mortal(SentCall.class, call);
        }
        return result instanceof List<?> all ? all.stream().map(this::wrapped).toList() : result;
    }
}
