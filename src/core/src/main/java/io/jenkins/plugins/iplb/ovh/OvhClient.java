package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Calls OVH as one identity. Shared by all who act as it; safe for use by many threads. */
public final class OvhClient {
    private static final double JITTER = 0.25;

    private static final Duration WORTH_SAYING = Duration.ofSeconds(2);

    private final Endpoint endpoint;
    private final Transport transport;
    private final Authenticator authenticator;
    private final Budget budget;
    private final Limits limits;
    private final InstantSource clock;

    OvhClient(
            Endpoint endpoint,
            Transport transport,
            Authenticator authenticator,
            Budget budget,
            Limits limits,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.authenticator = authenticator;
        this.budget = budget;
        this.limits = limits;
        this.clock = clock;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** The clock by which deadlines and waits of this client's callers run. */
    public InstantSource clock() {
        return clock;
    }

    /** The calls of one operation: seen by one observer, over by one deadline. */
    public OvhSession session(CallObserver observer, Deadline deadline) {
        return new OvhSession(this, observer, deadline);
    }

    /**
     * Sends the call, and sends it again where that can do no harm: after transient failures, but a POST only when it
     * surely had no effect. A DELETE that finds nothing after a try whose answer was lost has succeeded.
     *
     * @throws OvhException when it did not succeed
     */
    ApiReply call(ApiCall call, CallObserver observer, Deadline deadline) {
        AtomicInteger tries = new AtomicInteger();
        AtomicBoolean lost = new AtomicBoolean();
        AtomicReference<OvhException> last = new AtomicReference<>();
        try {
            return Failsafe.with(retries(call, deadline)).get(() -> {
                tries.incrementAndGet();
                try {
                    return attempt(call, observer, deadline);
                } catch (OvhException e) {
                    if (lost.get() && call.method() == ApiCall.Method.DELETE && e.isNotFound()) {
                        observer.settled(call, true);
                        return ApiReply.EMPTY;
                    }
                    if (e.delivery() == Delivery.UNKNOWN) {
                        lost.set(true);
                    }
                    last.set(e);
                    throw e;
                }
            });
        } catch (OvhException e) {
            FailureKind kind = e.isTransient() && deadline.hasPassed() ? FailureKind.TIMEOUT : e.kind();
            throw e.atLast(kind, tries.get());
        } catch (IplbException e) {
            // That there is no time for one more try says less than why the others failed.
            OvhException failed = last.get();
            throw failed == null ? e : failed.atLast(e.kind(), tries.get() - 1);
        } catch (FailsafeException e) {
            throw interrupted(call, e);
        }
    }

    /**
     * Asks for metrics, which OVH keeps behind Prometheus's API: with a token of their own, and outside of the budget.
     *
     * @throws OvhException when it did not succeed; it was sent once
     */
    JsonNode metrics(String base, String token, Map<String, String> query, CallObserver observer, Deadline deadline) {
        ApiCall call = ApiCall.get("prometheus", "api", "v1", "query_range").query(query);
        HttpUrl parsed = HttpUrl.parse(base);
        if (parsed == null || !parsed.scheme().equals(endpoint.baseUrl().getScheme())) {
            throw new IplbException(
                    FailureKind.UNAVAILABLE,
                    "the metrics are said to be at %s, which is not where a token may go".formatted(base));
        }
        HttpUrl.Builder url = parsed.newBuilder();
        call.path().forEach(url::addPathSegment);
        query.forEach(url::addQueryParameter);
        Request request = new Request.Builder()
                .url(url.build())
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .build();
        observer.reading(call);
        return parse(call, transport.send(call, request, deadline.remaining())).body();
    }

    /** The same for all clients of one key. */
    public Allowance allowance() {
        return budget.allowance();
    }

    Duration untilLook() {
        return budget.untilLook();
    }

    int retries() {
        return limits.retries();
    }

    /** Looks more than once before it believes that nothing is there: a slow server may still be at it. */
    <T> Optional<T> lookFor(ApiCall call, Supplier<Optional<T>> look) {
        RetryPolicy<Optional<T>> patience = RetryPolicy.<Optional<T>>builder()
                .handleResultIf(Optional::isEmpty)
                .abortOn(failure -> true)
                .withBackoff(limits.firstDelay(), limits.firstDelay().multipliedBy(4))
                .withMaxRetries(2)
                .build();
        try {
            return Failsafe.with(patience).get(look::get);
        } catch (FailsafeException e) {
            throw interrupted(call, e);
        }
    }

    private static IplbException interrupted(ApiCall call, Exception cause) {
        Thread.currentThread().interrupt();
        return new IplbException(FailureKind.UNAVAILABLE, call + ": interrupted", cause);
    }

    private RetryPolicy<ApiReply> retries(ApiCall call, Deadline deadline) {
        Duration longest = min(limits.retryFor(), deadline.remaining());
        if (longest.compareTo(limits.firstDelay()) <= 0) {
            return RetryPolicy.<ApiReply>builder().withMaxRetries(0).build();
        }
        long start = System.nanoTime();
        return RetryPolicy.<ApiReply>builder()
                .handleIf(failure -> failure instanceof OvhException e
                        && mayRepeat(call, e, longest.minusNanos(System.nanoTime() - start)))
                .withBackoff(
                        limits.firstDelay(),
                        max(Limits.LONGEST_DELAY, limits.firstDelay().multipliedBy(2)))
                .withJitter(JITTER)
                .withDelayFnOn(context -> retryAfter(context.getLastException()), OvhException.class)
                .withMaxRetries(limits.retries())
                .withMaxDuration(longest)
                .build();
    }

    private static boolean mayRepeat(ApiCall call, OvhException failure, Duration left) {
        boolean harmless = call.method() != ApiCall.Method.POST || failure.delivery() != Delivery.UNKNOWN;
        boolean soon = retryAfter(failure).compareTo(left) < 0;
        return failure.isTransient()
                && harmless
                && soon
                && !Thread.currentThread().isInterrupted();
    }

    /** What OVH asks for, jitter never making it less; a negative duration leaves it to the back-off. */
    private static Duration retryAfter(OvhException failure) {
        return failure.retryAfter()
                .map(asked -> Duration.ofMillis((long) Math.ceil(asked.toMillis() / (1 - JITTER))))
                .orElse(Duration.ofMillis(-1));
    }

    private ApiReply attempt(ApiCall call, CallObserver observer, Deadline deadline) {
        try {
            return tryOnce(call, observer, deadline);
        } catch (OvhException e) {
            if (!authenticator.mended(e.reply())) {
                throw e;
            }
            return tryOnce(call, observer, deadline);
        }
    }

    private ApiReply tryOnce(ApiCall call, CallObserver observer, Deadline deadline) {
        takeBudget(call, observer, deadline);
        byte[] body = bytes(call);
        Request request = authenticator.authorize(request(call, body), body, deadline.remaining());
        if (!call.isWrite()) {
            observer.reading(call);
            return parse(call, transport.send(call, request, deadline.remaining()));
        }
        CallObserver.Sent sent = observer.writing(call);
        try {
            ApiReply reply = parse(call, transport.send(call, request, deadline.remaining()));
            sent.succeeded(reply);
            return reply;
        } catch (OvhException e) {
            sent.failed(e);
            throw e;
        }
    }

    private void takeBudget(ApiCall call, CallObserver observer, Deadline deadline) {
        Duration wait = budget.untilNext();
        if (wait.compareTo(WORTH_SAYING) > 0 && wait.compareTo(deadline.remaining()) < 0) {
            observer.waiting(call, budget.allowance().perMinute(), wait);
        }
        try {
            if (!deadline.hasPassed() && budget.take(deadline.remaining())) {
                return;
            }
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
        throw new IplbException(FailureKind.TIMEOUT, call + ": not sent, because the deadline passed before");
    }

    private Request request(ApiCall call, byte[] body) {
        HttpUrl.Builder url = HttpUrl.get(endpoint.baseUrl().toString()).newBuilder();
        call.path().forEach(url::addPathSegment);
        call.query().forEach(url::addQueryParameter);
        Request.Builder request = new Request.Builder().url(url.build()).header("Accept", "application/json");
        call.headers().forEach(request::header);
        return request.method(call.method().name(), call.isWrite() ? new SingleUseBody(body) : null)
                .build();
    }

    private static byte[] bytes(ApiCall call) {
        return call.body().map(Json::bytes).orElse(new byte[0]);
    }

    /**
     * A PUT or DELETE that succeeded needs no body; but one that is no JSON is not OVH's: some proxy's page, of which
     * nobody knows whether the call went on from there. A POST without a body has an unknown result.
     */
    private ApiReply parse(ApiCall call, HttpReply reply) {
        boolean needsBody = call.method() == ApiCall.Method.GET || call.method() == ApiCall.Method.POST;
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(reply.text());
        } catch (JsonProcessingException e) {
            throw transport.unusable(call, reply, e, Delivery.UNKNOWN);
        }
        if (needsBody && (json == null || json.isMissingNode() || json.isNull())) {
            throw transport.unusable(call, reply, null, Delivery.UNKNOWN);
        }
        return new ApiReply(reply.status(), json, reply.date(), reply::header);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
