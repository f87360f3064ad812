package io.jenkins.plugins.iplb.fault;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.ApiReply;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.sandbox.http.PathPattern;

/** Observers that make something happen at one moment of a run. */
final class Watchers {
    private Watchers() {}

    /** Right before each POST of that kind leaves. */
    static CallObserver before(Post post, Runnable work) {
        PathPattern pattern = new PathPattern(post.path());
        return new Quiet() {
            @Override
            public Sent writing(ApiCall call) {
                if (call.method() == ApiCall.Method.POST && pattern.matches(call.pathText())) {
                    work.run();
                }
                return super.writing(call);
            }
        };
    }

    /** As soon as a write has failed. */
    static CallObserver afterFailure(Runnable work) {
        return new Quiet() {
            @Override
            void failed() {
                work.run();
            }
        };
    }

    private static class Quiet implements CallObserver {
        @Override
        public void reading(ApiCall call) {}

        @Override
        public Sent writing(ApiCall call) {
            return new Sent() {
                @Override
                public void succeeded(ApiReply reply) {}

                @Override
                public void failed(OvhException failure) {
                    Quiet.this.failed();
                }
            };
        }

        @Override
        public void settled(ApiCall call, boolean tookEffect) {}

        void failed() {}
    }
}
