package io.jenkins.plugins.iplb.storm;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Puts on each write which call of which entry it is, so that the log of the sandbox tells them apart; and lets others
 * have their turn before a call leaves and after its answer has come.
 */
final class Trail implements Interceptor {
    static final String HEADER = "x-storm-call";

    private final Runnable pause;
    private final Runnable leaving;
    private final ThreadLocal<String> next = new ThreadLocal<>();

    /** @param leaving is told of each call */
    Trail(Runnable pause, Runnable leaving) {
        this.pause = pause;
        this.leaving = leaving;
    }

    /** What the calls of an entry are called. */
    static String name(String entry, int call) {
        return entry + "/" + call;
    }

    /** A journal that tells by what is written into it which call comes next: that is written down before it is sent. */
    Journal of(Journal journal) {
        Map<String, Integer> written = new ConcurrentHashMap<>();
        return new Journal() {
            @Override
            public void write(RecordedEntry entry) {
                journal.write(entry);
                int calls = entry.calls().size();
                Integer before = written.put(entry.id(), calls);
                if (calls > (before == null ? 0 : before)) {
                    next.set(name(entry.id(), calls - 1));
                }
            }

            @Override
            public Optional<RecordedEntry> find(String id) {
                return journal.find(id);
            }

            @Override
            public List<RecordedEntry> known(String service) {
                return journal.known(service);
            }

            @Override
            public Instant tick(Instant now) {
                return journal.tick(now);
            }
        };
    }

    /** Of reads. */
    CallObserver watcher() {
        return new CallObserver() {
            @Override
            public void reading(ApiCall call) {
                next.set("");
            }

            @Override
            public Sent writing(ApiCall call) {
                return CallObserver.NONE.writing(call);
            }

            @Override
            public void settled(ApiCall call, boolean tookEffect) {}
        };
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        String name = next.get();
        if (name == null) {
            // The clock's own call, which is made under a lock: nobody else may come in between.
            return chain.proceed(chain.request());
        }
        next.remove();
        pause.run();
        leaving.run();
        try {
            return chain.proceed(
                    chain.request().newBuilder().header(HEADER, name).build());
        } finally {
            pause.run();
        }
    }
}
