package io.jenkins.plugins.iplb.ovh;

import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/** The date of a reply. Those of one second are the same text, which takes long to read. */
record HttpDate(String text, Optional<Instant> moment) {
    private static final String HEADER = "Date";
    private static volatile HttpDate last = new HttpDate("", Optional.empty());

    /** Empty when there is none, or none that is one. */
    static Optional<Instant> of(Headers headers) {
        String text = headers.get(HEADER);
        HttpDate known = last;
        if (text != null && !text.equals(known.text)) {
            known = new HttpDate(text, Optional.ofNullable(headers.getInstant(HEADER)));
            last = known;
        }
        return text == null ? Optional.empty() : known.moment;
    }
}
