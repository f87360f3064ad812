package io.jenkins.plugins.iplb.storm;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.ApiReply;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.OvhException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** The watcher of one run, whose entry begins with its first write. */
    CallObserver of(String entry) {
        AtomicInteger writes = new AtomicInteger();
        return new CallObserver() {
            @Override
            public void reading(ApiCall call) {
                next.set("");
            }

            @Override
            public Sent writing(ApiCall call) {
                next.set(name(entry, writes.getAndIncrement()));
                return new Sent() {
                    @Override
                    public void succeeded(ApiReply reply) {}

                    @Override
                    public void failed(OvhException failure) {}
                };
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
