package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    @Test
    void eachTextIsItsOwnMoment() {
        for (int i = 0; i < 2; i++) {
            assertThat(HttpDate.of(Headers.of("Date", "Mon, 30 Nov 2026 10:00:00 GMT")))
                    .contains(Instant.parse("2026-11-30T10:00:00Z"));
            assertThat(HttpDate.of(Headers.of("date", "Mon, 30 Nov 2026 10:00:01 GMT")))
                    .contains(Instant.parse("2026-11-30T10:00:01Z"));
        }
    }

    @Test
    void whatIsNoDateIsNone() {
        assertThat(HttpDate.of(Headers.of("Date", "Mon, 30 Nov 2026 10:00:02 GMT")))
                .isPresent();

        assertThat(HttpDate.of(Headers.of("Date", "yesterday"))).isEmpty();
        assertThat(HttpDate.of(Headers.of("Server", "any"))).isEmpty();
    }
}
