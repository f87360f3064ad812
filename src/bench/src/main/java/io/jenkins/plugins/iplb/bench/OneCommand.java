package io.jenkins.plugins.iplb.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;

/**
 * How long one {@code iplb add-route} by names takes, for a new route and when it is there, beside the scripts and programs
 * that one could write instead.
 *
 * <p>The argument is how often, 5 by itself. Nothing else should keep the machine busy meanwhile.
 */
public final class OneCommand {
    private OneCommand() {}

    public static void main(String... arguments)
            throws IOException, InterruptedException, URISyntaxException, GeneralSecurityException {
        Race.run("one-command", Rounds.of(arguments, 5), RouteCourse::staged);
    }
}
