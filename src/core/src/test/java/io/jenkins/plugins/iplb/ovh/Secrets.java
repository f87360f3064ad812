package io.jenkins.plugins.iplb.ovh;

import java.io.PrintWriter;
import java.io.StringWriter;

final class Secrets {
    private Secrets() {}

    /** All that a log would show of it: messages and traces of the whole chain. */
    static String textOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
