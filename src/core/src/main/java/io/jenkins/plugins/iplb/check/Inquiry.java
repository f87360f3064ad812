package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks one question as somebody who has never been there: over a connection and a TLS handshake of its own, offering HTTP/2
 * and HTTP/1.1, without cookies, following no redirect. What is kept from before a change would tell of before the change.
 */
final class Inquiry {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(30);

    private final OkHttpClient shared;

    /** @param shared whose threads, proxy, name service and trust are used; its interceptors and cookies are not */
    Inquiry(OkHttpClient shared) {
        this.shared = shared;
    }

    /** What is taken from an answer while it is there to be read. */
    interface Reading<A> {
        A of(Response response) throws IOException;
    }

    /**
     * Asks and waits for the answer.
     *
     * @param limit how long all of it may take
     * @throws IplbException of kind {@code TIMEOUT} when nothing was answered in time, of kind {@code UNAVAILABLE} when
     *     there is no connection, no TLS, no trust or no HTTP, or the thread was interrupted (it stays so)
     */
    <A> A ask(CheckTarget target, String method, Duration limit, Reading<A> reading) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IplbException(FailureKind.TIMEOUT, target + " was not asked: the deadline had passed.");
        }
        Negotiation negotiation = new Negotiation();
        Request request = new Request.Builder()
                .url(target.url().toString())
                .method(method, null)
                .build();
        try {
            OkHttpClient client = client(target, limit, negotiation);
            try (Response response = client.newCall(request).execute()) {
                return reading.of(response);
            }
        } catch (IOException e) {
            throw CheckFailure.of(target, negotiation.agreed(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Undeclared, from Kotlin: the race between a name's addresses throws InterruptedException as it is.
            Thread.currentThread().interrupt();
            throw CheckFailure.interrupted(target, e);
        }
    }

    private OkHttpClient client(CheckTarget target, Duration limit, EventListener listener) throws IOException {
        OkHttpClient.Builder client = shared.newBuilder()
                .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(shorter(CONNECT, limit))
                .readTimeout(shorter(READ, limit))
                .callTimeout(limit)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .eventListener(listener)
                // Whatever the shared client adds to a request is meant for OVH and for nobody else.
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null);
        client.interceptors().clear();
        client.networkInterceptors().clear();
        shakeHandsAnew(
                client,
                target.ca() == null ? shared.x509TrustManager() : target.ca().trust());
        if (target.connectTo() != null) {
            ConnectToSockets.in(
                    client,
                    target.connectTo(),
                    shared.dns().lookup(target.connectTo().host()));
        }
        return client.build();
    }

    /** A TLS session that was resumed would show the certificate of its first handshake, whatever is there by now. */
    private static void shakeHandsAnew(OkHttpClient.Builder client, X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            client.sslSocketFactory(context.getSocketFactory(), trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has TLS", e);
        }
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Remembers what TLS agreed on, for the case that the conversation breaks off afterwards. */
    private static final class Negotiation extends EventListener {
        private final AtomicReference<Protocol> agreed = new AtomicReference<>();

        @Override
        public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, Protocol protocol) {
            agreed.set(protocol);
        }

        Protocol agreed() {
            return agreed.get();
        }
    }
}
