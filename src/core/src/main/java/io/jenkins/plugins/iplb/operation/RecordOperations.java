package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.List;
import java.util.Optional;

/**
 * What there is to do with what a record says was done, as it is declared for forms and steps. It is not in the catalogue:
 * what it means depends on who has the record.
 */
public final class RecordOperations {
    /** To undo what is live when what comes behind it fails. */
    public static final String AUTO = "auto";

    /** To leave what is live as it is. */
    public static final String NEVER = "never";

    private static final String BUILD = "build";

    private static final Parameter CONTENT = Parameter.of(
            "content",
            Values.verbatim("JSON", "(?s).*\\S.*", "the text of a change record"),
            "The text of a change record");

    private static final Parameter FORCE = Parameter.of(
                    "force", Values.FLAG, "Undo even what somebody has changed since")
            .preset(false);

    private static final Parameter REFRESH =
            Parameter.of("refresh", Values.FLAG, "Make it live").preset(true);

    /** Several changes that stand or fall together. */
    public static final OperationType CHANGES = OperationType.of(
                    "changes",
                    "Does what stands in its block as one: a refresh at its end makes it live, and if it fails all of it is undone.")
            .onService()
            .takes(Parameter.of(
                    "rollback",
                    Values.oneOf(AUTO, NEVER),
                    "What becomes of what is live already when the block fails. Default: auto"))
            .means(RecordOperations::unread);

    /** To undo what was done. */
    public static final OperationType ROLLBACK = OperationType.of(
                    "rollback",
                    "Undoes what the record of a build says was done: what was made is removed, what was removed is made again, what was changed is as it was.")
            .onService()
            .takesOne(
                    Parameter.of(BUILD, Values.number(1, Integer.MAX_VALUE), "The number of a build"),
                    Parameter.of(
                            "file",
                            Values.text("PATH", "the path of a change record"),
                            "A change record, such as iplb-changes.json"),
                    CONTENT)
            .takes(
                    Parameter.of(
                            "job", Values.text("JOB", "the name of a job"), "The job of the build. Default: this one"),
                    FORCE,
                    REFRESH)
            .means(RecordOperations::unread);

    /** The same for who has a record on this machine. */
    public static final OperationType UNDOING = OperationType.of(
                    "rollback",
                    "Undoes what a change record says was done: what was made is removed, what was removed is made again, what was changed is as it was.")
            .onService()
            .takesOne(Parameter.of("file", Values.FILE, "The change record, such as iplb-changes.json"), CONTENT)
            .takes(Parameter.of("entries", Values.REFERENCES, "Only these entries of it, by their ids"), FORCE, REFRESH)
            .means(RecordOperations::unread);

    private RecordOperations() {}

    /** Both. */
    public static List<OperationType> all() {
        return List.of(CHANGES, ROLLBACK);
    }

    /** Empty for none of them. */
    public static Optional<OperationType> find(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** @throws InvalidInput for a job without a build */
    public static Arguments checkRollback(Fields given) {
        Arguments arguments = ROLLBACK.check(given);
        if (arguments.get("job") != null && arguments.get(BUILD) == null) {
            throw new InvalidInput("job", arguments.get("job").asText(), "nothing without %s", BUILD);
        }
        return arguments;
    }

    /** Who has the record knows. */
    private static Operation unread(Arguments given) {
        throw new IllegalStateException("a record is read where it is");
    }
}
