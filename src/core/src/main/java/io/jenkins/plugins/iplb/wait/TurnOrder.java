package io.jenkins.plugins.iplb.wait;

import java.util.concurrent.Executor;

/** By what those who change the same load balancer take turns. */
@FunctionalInterface
public interface TurnOrder {

    /**
     * Runs what looks before it writes, so that nobody writes in between.
     *
     * @param loadBalancer one text for each, the same for all who change it
     */
    Executor of(String loadBalancer);

    /**
     * Asked before each write to that load balancer.
     *
     * @throws RuntimeException when whoever writes has not got its turn, or no longer: the write must not be sent
     */
    default void beforeWrite(String loadBalancer) {}
}
