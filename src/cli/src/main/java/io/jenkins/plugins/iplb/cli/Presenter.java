package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.run.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Shows how a command ended, to a person or to a script. */
interface Presenter {
    /** What refreshes with nothing pending. */
    String FORCE = "--force";

    static Presenter of(PrintWriter out, PrintWriter err, Output output) {
        return output == Output.json ? new ForScripts(out) : new ForPeople(out, err);
    }

    /**
     * What was changed, or would be.
     *
     * @param check whether it was only to say what it would do
     * @param diff whether the differences are wanted
     * @param record the file of the record, when something was written there
     */
    void done(Report report, boolean check, boolean diff, Optional<String> record);

    /**
     * What was made of a load balancer by a change file, or would be.
     *
     * @param check whether it was only to say what it would do
     * @param record the file of the record, when something was written there
     */
    void configured(Report report, boolean check, Optional<String> record);

    /**
     * What was found by a command that changes nothing.
     *
     * @param words the same for people
     */
    void facts(Report report, List<String> words);

    /** @return the exit code */
    int failed(String operation, IplbException failure);

    /** Arguments that make no sense. @return the exit code */
    int misused(String operation, String message);
}
