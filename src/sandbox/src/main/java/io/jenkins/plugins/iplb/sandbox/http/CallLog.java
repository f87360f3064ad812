package io.jenkins.plugins.iplb.sandbox.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Every exchange so far, oldest first. Safe for many threads; a client that has its reply finds its call here. */
public final class CallLog {
    private final List<Exchange> calls = new ArrayList<>();
    private final List<Consumer<Exchange>> listeners = new CopyOnWriteArrayList<>();

    public synchronized List<Exchange> all() {
        return List.copyOf(calls);
    }

    /** @param pathPattern see {@link PathPattern}; matched against the raw path under the base path */
    public List<Exchange> matching(String method, String pathPattern) {
        PathPattern pattern = new PathPattern(pathPattern);
        return all().stream()
                .filter(call -> call.method().equals(method) && pattern.matches(call.rawPath()))
                .toList();
    }

    public long count(String method, String pathPattern) {
        return matching(method, pathPattern).size();
    }

    public synchronized void clear() {
        calls.clear();
    }

    /** Hears of every later exchange, on the thread that serves it and before the reply leaves. */
    public void onExchange(Consumer<Exchange> listener) {
        listeners.add(listener);
    }

    public void add(Exchange exchange) {
        synchronized (this) {
            calls.add(exchange);
        }
        listeners.forEach(listener -> listener.accept(exchange));
    }
}
