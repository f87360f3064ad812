package io.jenkins.plugins.iplb.wait;

/**
 * What there is to do in each state of a wait.
 *
 * @param <S> the state: immutable, and all that is needed to go on after a restart
 */
@FunctionalInterface
public interface StateMachine<S> {

    /**
     * Does what the state asks for, in a few short calls at most.
     *
     * @throws io.jenkins.plugins.iplb.failure.IplbException when the wait has come to a bad end
     */
    Step<S> advance(S state);
}
