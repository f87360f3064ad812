package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How an operation is to run.
 *
 * @param timeout for all of it, waits included
 * @param check whether to say what it would do instead of doing it
 * @param progress is told what is waited for, as often as it is looked at
 * @param by who asks, in plain words, for the record
 * @param watcher sees every call
 */
public record Options(
        Duration timeout, boolean check, Consumer<WaitStatus> progress, Map<String, String> by, CallObserver watcher) {}
