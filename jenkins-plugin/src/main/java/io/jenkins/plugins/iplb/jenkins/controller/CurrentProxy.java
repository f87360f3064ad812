package io.jenkins.plugins.iplb.jenkins.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ProxyConfiguration;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Makes a change of the controller's proxy count for the next call. The selector of {@code JenkinsOkHttpClient} is asked
 * when a connection is made: without this, one that is kept open would be used past the new proxy for as long as a gate
 * looks.
 */
final class CurrentProxy implements Interceptor {
    private final ConnectionPool connections;
    private final AtomicReference<ProxyConfiguration> known = new AtomicReference<>();

    /** @param connections of the client that this intercepts */
    CurrentProxy(ConnectionPool connections) {
        this.connections = connections;
    }

    @NonNull
    @Override
    public Response intercept(@NonNull Chain chain) throws IOException {
        ProxyConfiguration now = Jenkins.get().getProxy();
        if (known.getAndSet(now) != now) {
            connections.evictAll();
        }
        return chain.proceed(chain.request());
    }
}
