package io.jenkins.plugins.iplb.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;

/**
 * How long OVH's guide on HTTP/2 takes from its beginning to its end, by {@code iplb enable-http2} and by the scripts and
 * programs that one could write instead: a route and its rule, a refresh of two seconds, and the proof that HTTP/2 is
 * answered. The scripts look once a second whether the refresh is over.
 *
 * <p>The argument is how often, 3 by itself. Nothing else should keep the machine busy meanwhile.
 */
public final class Http2Guide {
    private Http2Guide() {}

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        Race.run("http2-guide", Rounds.of(arguments, 3), RouteCourse::live);
    }
}
