package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * How a process is to carry out its operation.
 *
 * @param settings those that were given, by key as in {@code ovh.conf}; the others are found on the machine
 * @param record the file to write down in; empty to write nothing down
 * @param timeout how long all of it may take, waits included
 * @param check whether to say what it would change instead of changing it
 * @param by who asks, in plain words, for the record
 * @param progress is told what is waited for, as often as it is looked at
 * @param watcher sees every call
 */
public record Invocation(
        Map<String, String> settings,
        Optional<Path> record,
        Duration timeout,
        boolean check,
        Map<String, String> by,
        Consumer<WaitStatus> progress,
        CallObserver watcher) {

    Options options(Instant now) {
        return new Options(UUID.randomUUID().toString(), now.plus(timeout), check, progress, by, watcher);
    }
}
