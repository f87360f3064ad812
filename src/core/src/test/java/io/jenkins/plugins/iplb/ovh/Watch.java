package io.jenkins.plugins.iplb.ovh;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an observer is told. */
final class Watch implements CallObserver {
    private final List<String> told = new CopyOnWriteArrayList<>();

    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public void reading(ApiCall call) {
        told.add("reading " + call);
    }

    @Override
    public Sent writing(ApiCall call) {
        told.add("writing " + call);
        return new Sent() {
            @Override
            public void succeeded(ApiReply reply) {
                told.add("succeeded " + reply.status() + " " + reply.queryId().orElse(null));
            }

            @Override
            public void failed(OvhException failure) {
                told.add("failed " + failure.delivery());
            }
        };
    }

    @Override
    public void settled(ApiCall call, boolean tookEffect) {
        told.add("settled " + tookEffect);
    }
}
