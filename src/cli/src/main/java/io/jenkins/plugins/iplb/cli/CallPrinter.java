package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.ApiReply;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.OvhException;
import java.io.PrintWriter;

/** Tells every call as it goes out and, for writes, what came back. */
record CallPrinter(PrintWriter err) implements CallObserver {
    @Override
    public void reading(ApiCall call) {
        err.println("  " + call);
    }

    @Override
    public Sent writing(ApiCall call) {
        err.println(
                "  " + call + call.shownBody().map(body -> " " + body.json()).orElse(""));
        return new Sent() {
            @Override
            public void succeeded(ApiReply reply) {
                err.println("    HTTP " + reply.status()
                        + reply.queryId().map(id -> " (query id " + id + ")").orElse(""));
            }

            @Override
            public void failed(OvhException failure) {
                err.println("    " + failure.getMessage());
            }
        };
    }

    @Override
    public void settled(ApiCall call, boolean tookEffect) {
        err.println("  " + call + (tookEffect ? " took effect" : " had no effect"));
    }
}
