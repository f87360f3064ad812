package io.jenkins.plugins.iplb.jenkins.controller;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** Keeps calls from being sent by a controller that goes down: the operation is left where it is, and has not failed. */
final class UntilShutdown implements CallObserver {
    private final BooleanSupplier goingDown;

    UntilShutdown(BooleanSupplier goingDown) {
        this.goingDown = goingDown;
    }

    @Override
    public void wanted(ApiCall call) {
        if (goingDown.getAsBoolean()) {
            throw new RejectedExecutionException("the controller is going down");
        }
    }

    @Override
    public void reading(ApiCall call) {}

    @Override
    public Sent writing(ApiCall call) {
        return NONE.writing(call);
    }

    @Override
    public void settled(ApiCall call, boolean tookEffect) {}
}
