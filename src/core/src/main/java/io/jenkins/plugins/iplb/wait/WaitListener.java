package io.jenkins.plugins.iplb.wait;

/** Keeps the state of a wait and sees how it goes. */
public interface WaitListener<S> {

    /** Durable on return: the next step is not taken before. */
    void store(S state);

    void status(WaitStatus status);
}
