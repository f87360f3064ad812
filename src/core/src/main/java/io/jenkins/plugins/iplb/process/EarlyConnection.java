package io.jenkins.plugins.iplb.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A GET that is known before anybody wants it. Its connection is opened at once, and stays for the requests that follow;
 * the request itself goes out when it is wanted, and never if it is not.
 */
final class EarlyConnection implements Interceptor {
    private final HttpUrl url;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Void> wanted = new CompletableFuture<>();
    private final CompletableFuture<Response> response = new CompletableFuture<>();

    EarlyConnection(HttpUrl url) {
        this.url = url;
    }

    /** Opens the connection, and stays until the answer is there. */
    void prepare(OkHttpClient http) {
        // Where a network interceptor is asked, the connection is there and nothing has been sent.
        OkHttpClient waiting = http.newBuilder()
                .addNetworkInterceptor(chain -> {
                    wanted.join();
                    return chain.proceed(chain.request());
                })
                .build();
        try {
            response.complete(
                    waiting.newCall(new Request.Builder().url(url).build()).execute());
        } catch (IOException | RuntimeException e) {
            response.completeExceptionally(e);
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        boolean known = request.method().equals("GET") && request.url().equals(url);
        if (!known || !taken.compareAndSet(false, true)) {
            return chain.proceed(request);
        }
        wanted.complete(null);
        try {
            return response.get(chain.call().timeout().timeoutNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new InterruptedIOException("timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            // A connection that was opened early may have been closed meanwhile. What else is wrong is said now.
            return chain.proceed(request);
        }
    }
}
