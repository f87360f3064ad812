package io.jenkins.plugins.iplb.pipeline;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.remoting.ProxyException;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The program of a build as Pipeline keeps it, with what its steps keep in their fields. */
final class Program {
    private Program() {}

    /**
     * On disk when this returns.
     *
     * @throws RejectedExecutionException in a controller that goes down, which has suspended the build
     * @throws IplbException when it cannot be saved
     */
    static void save(StepContext context) {
        try {
            context.saveState().get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw notKept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notKept(e);
        }
    }

    /** The same without a thread. @param next once it is on disk @param failed when it cannot be */
    static void save(StepContext context, Executor workers, Runnable next, Consumer<RuntimeException> failed) {
        ListenableFuture<Void> saved = context.saveState();
        saved.addListener(
                () -> {
                    try {
                        saved.get();
                    } catch (ExecutionException e) {
                        failed.accept(notKept(e));
                        return;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                    next.run();
                },
                workers);
    }

    /** A build that is suspended already, since the controller goes down, has not failed. */
    private static RuntimeException notKept(Exception e) {
        return IplbController.get().goesDown()
                ? new RejectedExecutionException("the build is suspended", e)
                : new IplbException(
                        FailureKind.UNAVAILABLE, "the state of the build cannot be saved: " + e.getMessage(), e);
    }

    /** What cannot be kept would end the build where it is kept. */
    static Throwable keepable(Throwable cause) {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(cause);
            return cause;
        } catch (IOException | RuntimeException e) {
            return new ProxyException(cause);
        }
    }
}
