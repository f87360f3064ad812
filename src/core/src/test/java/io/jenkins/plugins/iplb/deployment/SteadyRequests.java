package io.jenkins.plugins.iplb.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Two hundred requests a second, each over a connection of its own, and who has answered each. */
final class SteadyRequests implements AutoCloseable {
    private static final Duration EACH = Duration.ofMillis(5);

    private final OkHttpClient client = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .retryOnConnectionFailure(false)
            .build();
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(8);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Semaphore answered = new Semaphore(0);
    private final AtomicLong begun = new AtomicLong();

    /** @param number of the request @param server null where there was no good answer @param failure null for none */
    private record Answer(long number, String server, String failure) {}

    SteadyRequests(String url) {
        Request request = new Request.Builder().url(url).build();
        for (int client = 0; client < 8; client++) {
            clients.scheduleAtFixedRate(
                    () -> send(request),
                    EACH.multipliedBy(client).toMillis(),
                    EACH.multipliedBy(8).toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void send(Request request) {
        long number = begun.incrementAndGet();
        try (Response response = client.newCall(request).execute()) {
            String server = response.header("X-Sandbox-Server");
            answers.add(
                    response.code() == 200 && server != null
                            ? new Answer(number, server, null)
                            : new Answer(number, null, "status " + response.code()));
        } catch (IOException e) {
            answers.add(new Answer(number, null, e.toString()));
        }
        answered.release();
    }

    /** Lets so many be answered that are begun from now on, and says by whom. */
    List<String> next(int requests) {
        long now = begun.get();
        answered.drainPermits();
        try {
            assertThat(answered.tryAcquire(requests + 8, 60, TimeUnit.SECONDS))
                    .as("%d requests are answered", requests)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return answers.stream()
                .filter(each -> each.number() > now)
                .map(Answer::server)
                .limit(requests)
                .toList();
    }

    long count() {
        return answers.size();
    }

    Stream<String> failures() {
        return answers.stream().map(Answer::failure).filter(failure -> failure != null);
    }

    @Override
    public void close() {
        clients.shutdownNow();
        client.dispatcher().executorService().shutdown();
    }
}
