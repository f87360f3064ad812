package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.ApiReply;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.OvhException;
import java.io.PrintWriter;

/** Tells every call as it goes out and, for writes, what came back. */
record CallPrinter(PrintWriter err) implements CallObserver {
    @Override
    public void reading(ApiCall call) {
        say("  " + call);
    }

    @Override
    public Sent writing(ApiCall call) {
        say("  " + call + call.shownBody().map(body -> " " + body.json()).orElse(""));
        return new Sent() {
            @Override
            public void succeeded(ApiReply reply) {
                say("    HTTP " + reply.status()
                        + reply.queryId().map(id -> " (query id " + id + ")").orElse(""));
            }

            @Override
            public void failed(OvhException failure) {
                say("    " + failure.getMessage());
            }
        };
    }

    @Override
    public void settled(ApiCall call, boolean tookEffect) {
        say("  " + call + (tookEffect ? " took effect" : " had no effect"));
    }

    private void say(String line) {
        err.println(OneLine.of(line));
    }
}
