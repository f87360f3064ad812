package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * How an operation is to run.
 *
 * @param id a random UUID that names the run in the record; who starts it again after a crash, with the same id, goes
 *     on where it was
 * @param deadline when all of it must be over, waits included
 * @param check whether to say what it would do instead of doing it
 * @param progress is told what is waited for, as often as it is looked at
 * @param by who asks, in plain words, for the record
 * @param watcher sees every call
 */
public record Options(
        String id,
        Instant deadline,
        boolean check,
        Consumer<WaitStatus> progress,
        Map<String, String> by,
        CallObserver watcher) {

    /** The same under another id. */
    public Options named(String otherId) {
        return new Options(otherId, deadline, check, progress, by, watcher);
    }

    /** The same with one more fact about who asks. */
    public Options and(String fact, String value) {
        Map<String, String> facts = new LinkedHashMap<>(by);
        facts.put(fact, value);
        return new Options(id, deadline, check, progress, facts, watcher);
    }

    /** The same with another deadline. */
    Options until(Instant other) {
        return new Options(id, other, check, progress, by, watcher);
    }

    /** The same for a part of the operation, whose id follows from that of the whole: who starts that again finds it. */
    Options part(String name) {
        return named(UUID.nameUUIDFromBytes((id + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString());
    }
}
