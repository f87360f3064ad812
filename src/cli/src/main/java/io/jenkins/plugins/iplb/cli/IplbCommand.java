package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What all commands with a result have in common: the options, and the way they end. */
abstract class IplbCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    @ParentCommand
    private Iplb iplb;

    @Spec
    private CommandSpec spec;

    /**
     * Does it and shows the result.
     *
     * @throws IplbException when it cannot be done
     */
    abstract void carryOut(Presenter presenter);

    @Override
    public final Integer call() {
        carryOut(Presenter.of(console(), common.output));
        return ExitCode.DONE;
    }

    Console console() {
        return iplb.console;
    }

    String name() {
        return spec.name();
    }

    Duration timeout() {
        return Durations.parse("timeout", common.timeout);
    }
}
