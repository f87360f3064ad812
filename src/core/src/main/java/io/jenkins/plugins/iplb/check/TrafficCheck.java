package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.IplbException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Asks a service once for a page, and holds the answer against what is expected of it. */
public final class TrafficCheck {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Inquiry inquiry;

    /** @param shared whose threads, proxy, name service and trust are used; its interceptors and cookies are not */
    public TrafficCheck(OkHttpClient shared) {
        this.inquiry = new Inquiry(shared);
    }

    /**
     * What one question has shown.
     *
     * @param protocol by its ALPN name; empty where nothing was answered, as are status and certificate
     * @param objection what is wrong with it; empty when it is as expected
     */
    public record Look(
            Optional<String> protocol,
            Optional<Integer> status,
            Optional<ShownCertificate> certificate,
            Optional<String> objection) {

        public boolean isGood() {
            return objection.isEmpty();
        }
    }

    /**
     * Asks, and waits for the answer for ten seconds at most. That there is none is an answer too.
     *
     * @param expectations all of which it must meet; a status below 400 beside them where none is about the status
     * @throws IplbException when the thread was interrupted, which says nothing about the service
     */
    public Look ask(CheckTarget target, List<Expectation> expectations, Duration limit) {
        boolean wantsBody = expectations.stream().anyMatch(each -> each.field().equals(Expectation.BODY));
        try {
            Answer answer = inquiry.ask(
                    target, "GET", Inquiry.shorter(LONGEST, limit), response -> Answer.of(response, wantsBody));
            return new Look(
                    Optional.of(answer.protocol()),
                    Optional.of(answer.status()),
                    answer.certificate().map(ShownCertificate::of),
                    objection(HttpUrl.get(target.url()), expectations, answer));
        } catch (IplbException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return new Look(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    private static Optional<String> objection(HttpUrl url, List<Expectation> expectations, Answer answer) {
        boolean aboutStatus =
                expectations.stream().anyMatch(each -> each.field().equals(Expectation.STATUS));
        Stream<Expectation> usual = aboutStatus ? Stream.empty() : Stream.of(Expectation.NO_ERROR);
        return Stream.concat(usual, expectations.stream())
                .flatMap(each -> each.objection(url, answer).stream())
                .findFirst();
    }
}
