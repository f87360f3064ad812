package io.jenkins.plugins.iplb.fault;

import io.jenkins.plugins.iplb.sandbox.http.PathPattern;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Spoils the answer of one POST on its way back: what the sandbox does not do itself. */
final class Meddler implements Interceptor {
    static final Act NO_ANSWER_IN_TIME = answer -> {
        throw new SocketTimeoutException("timeout");
    };

    private final AtomicReference<Armed> armed = new AtomicReference<>();

    /** What becomes of an answer. */
    interface Act {
        Response spoil(Response answer) throws IOException;
    }

    private record Armed(PathPattern path, Act act) {}

    void armOnce(String pathPattern, Act act) {
        armed.set(new Armed(new PathPattern("/1.0" + pathPattern), act));
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response answer = chain.proceed(chain.request());
        Armed next = armed.get();
        boolean meant = next != null
                && chain.request().method().equals("POST")
                && next.path().matches(chain.request().url().encodedPath());
        if (!meant) {
            return answer;
        }
        armed.set(null);
        try (answer) {
            return next.act().spoil(answer);
        }
    }
}
