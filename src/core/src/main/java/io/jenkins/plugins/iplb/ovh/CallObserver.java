package io.jenkins.plugins.iplb.ovh;

import java.time.Duration;

/** Sees every call of a session, tries and retries alike. */
public interface CallObserver {

    /** Sees nothing. */
    CallObserver NONE = new CallObserver() {
        @Override
        public void reading(ApiCall call) {}

        @Override
        public Sent writing(ApiCall call) {
            return new Sent() {
                @Override
                public void succeeded(ApiReply reply) {}

                @Override
                public void failed(OvhException failure) {}
            };
        }

        @Override
        public void settled(ApiCall call, boolean tookEffect) {}
    };

    /** A call is to be made. Whoever throws here keeps it from being sent, and from being written down as sent. */
    default void wanted(ApiCall call) {}

    /**
     * A call waits, because all who act as this identity have used up what they may send.
     *
     * @param perMinute what they may send in a minute
     * @param about how long it waits
     */
    default void waiting(ApiCall call, int perMinute, Duration about) {}

    /** A GET is about to be sent. */
    void reading(ApiCall call);

    /**
     * A write is about to be sent; it is sent only when this returns, so whatever must survive a crash is stored here.
     */
    Sent writing(ApiCall call);

    /** It turned out whether a write whose answer was lost had its effect. */
    void settled(ApiCall call, boolean tookEffect);

    /** One write on its way; told exactly once how it ended, unless the process ends first. */
    interface Sent {
        void succeeded(ApiReply reply);

        void failed(OvhException failure);
    }
}
