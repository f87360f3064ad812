package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends one request once and tells what came of it: nothing is repeated, redirected or hidden below this class, but for
 * what a connection that the server has closed in the meantime cannot have carried.
 */
final class Transport {
    /** More than a client keeps connections that nobody uses. */
    private static final int MOST_CLOSED = 8;

    private final OkHttpClient http;
    private final InstantSource clock;

    /** Shares connections, threads and proxy of the given client. */
    Transport(OkHttpClient base, Limits limits, InstantSource clock) {
        this.clock = clock;
        http = base.newBuilder()
                .connectTimeout(limits.connect())
                .readTimeout(limits.read())
                .writeTimeout(limits.read())
                .callTimeout(limits.call())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    /**
     * @param patience bounds the call beyond the client's own limits
     * @throws OvhException for everything but a success
     */
    HttpReply send(ApiCall call, Request request, Duration patience) {
        long end = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(Math.min(http.callTimeoutMillis(), Math.max(1, patience.toMillis())));
        HttpReply reply = null;
        for (int closed = 0; reply == null; closed++) {
            SendWatch watch = new SendWatch();
            // A client of its own rather than a tag of the request: a tag loads Kotlin's reflection.
            Call sent = http.newBuilder()
                    .eventListener(watch)
                    .addNetworkInterceptor(new LiveConnections(watch))
                    .build()
                    .newCall(request);
            sent.timeout().timeout(Math.max(1_000_000, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            try (Response response = sent.execute()) {
                reply = new HttpReply(response.code(), response.headers(), HttpReply.bytes(response.body()));
            } catch (IOException e) {
                if (!watch.foundClosed(e, !call.isWrite()) || closed == MOST_CLOSED) {
                    throw noAnswer(call, e, watch);
                }
            } catch (IplbException e) {
                throw new OvhException(
                        e.kind(), call + ": " + e.getMessage(), e, call.toString(), watch.delivery(), ErrorReply.NONE);
            } catch (RuntimeException e) {
                // The library's own, about a reply that it makes no sense of, such as a Retry-After beyond an int.
                throw noAnswer(call, e, watch);
            } catch (Exception e) {
                // Undeclared, from Kotlin: the race between the addresses of a name throws InterruptedException as it
                // is.
                Thread.currentThread().interrupt();
                throw noAnswer(call, e, watch);
            }
        }
        if (reply.isSuccess()) {
            return reply;
        }
        ErrorReply error = ErrorReply.of(reply, clock.instant()).without(SentSecrets.of(call, request));
        throw new OvhException(
                error.kind(), call + ": " + error.sentence(), null, call.toString(), error.delivery(), error);
    }

    /** A request that comes before the real one; when it fails, the real one was not sent. */
    HttpReply prepare(ApiCall call, Request request, Duration patience) {
        try {
            return send(call, request, patience);
        } catch (OvhException e) {
            throw e.notSent();
        }
    }

    /** A success whose body is not what it must be. */
    OvhException unusable(ApiCall call, HttpReply reply, Throwable cause, Delivery delivery) {
        ErrorReply error = ErrorReply.of(reply, clock.instant());
        String body = reply.body().length == 0 ? "an empty body" : "a body that is not the JSON expected";
        String queryId = error.queryId() == null ? "" : " (query id " + error.queryId() + ")";
        return new OvhException(
                FailureKind.UNAVAILABLE,
                "%s: HTTP %d with %s%s".formatted(call, reply.status(), body, queryId),
                cause,
                call.toString(),
                delivery,
                error);
    }

    private OvhException noAnswer(ApiCall call, Exception cause, SendWatch watch) {
        Delivery delivery = watch.delivery();
        String what = cause instanceof InterruptedIOException
                ? "no answer in time"
                : delivery == Delivery.NOT_SENT ? "no connection" : "the connection broke before the answer was read";
        return new OvhException(
                FailureKind.UNAVAILABLE,
                "%s: %s%s (%s)".formatted(call, what, watch.way(), cause.getMessage()),
                cause,
                call.toString(),
                delivery,
                ErrorReply.NONE);
    }
}
