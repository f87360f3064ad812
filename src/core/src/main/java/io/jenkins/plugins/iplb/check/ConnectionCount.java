package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * How many connections a server has, as it says itself: a number and nothing else, nginx's {@code stub_status}, or Apache's
 * {@code server-status?auto}. The last two count the connection that the question comes on, which is taken off; who writes a
 * number says what is meant.
 */
public final class ConnectionCount {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 64 * 1024;
    private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,18})\\s*");

    /** Of several that a page has the first one counts: Apache says connections only where it counts them. */
    private static final List<Pattern> WITH_THE_QUESTION = Stream.of(
                    "Active connections:\\s*(\\d{1,18})", "ConnsTotal:\\s*(\\d{1,18})", "BusyWorkers:\\s*(\\d{1,18})")
            .map(line -> Pattern.compile("^" + line + "\\s*$", Pattern.MULTILINE))
            .toList();

    private final Inquiry inquiry;

    /** @param shared as for {@link Http2Check} */
    public ConnectionCount(OkHttpClient shared) {
        this.inquiry = new Inquiry(shared);
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param limit how long it may take; more than ten seconds is as good as ten
     * @throws IplbException of kind {@code UNAVAILABLE} or {@code TIMEOUT} when there is no good answer, of kind {@code
     *     REFUSED} for one that tells no number
     */
    public long ask(URI url, Duration limit) {
        return inquiry.ask(
                new CheckTarget(url, null, null),
                "GET",
                Inquiry.shorter(LONGEST, limit),
                response -> told(url, response));
    }

    private static long told(URI url, Response response) throws IOException {
        if (response.code() != 200) {
            throw new IplbException(
                    FailureKind.UNAVAILABLE, "%s answered with status %d".formatted(url, response.code()));
        }
        return read(response.peekBody(MOST_BYTES).string())
                .orElseThrow(() -> new IplbException(
                        FailureKind.REFUSED,
                        "%s says nothing that could be read as a number of connections: a number alone, nginx's stub_status and Apache's server-status?auto can"
                                .formatted(url)));
    }

    /** The connections beside the one of the question; empty for a page that does not tell. */
    static OptionalLong read(String page) {
        Matcher alone = NUMBER.matcher(page);
        if (alone.matches()) {
            return OptionalLong.of(Long.parseLong(alone.group(1)));
        }
        return WITH_THE_QUESTION.stream()
                .map(line -> line.matcher(page))
                .filter(Matcher::find)
                .mapToLong(found -> Math.max(0, Long.parseLong(found.group(1)) - 1))
                .findFirst();
    }
}
