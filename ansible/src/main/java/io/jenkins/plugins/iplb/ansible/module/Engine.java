package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.run.Report;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;

/** What work is carried out with. */
public interface Engine {

    /** How long all of it may take. */
    Duration timeout();

    /** The value of an option that is a path. */
    Path path(String given);

    /** For those who ask others than OVH. */
    OkHttpClient http();

    /** Runs an operation to its end, as whom and where the arguments say. */
    Report run(Operation operation);
}
