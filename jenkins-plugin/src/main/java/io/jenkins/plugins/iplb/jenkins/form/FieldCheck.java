package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/** Checks a field of a form as the build will, for those who may see the job's configuration. */
public final class FieldCheck {
    private FieldCheck() {}

    /** Says nothing of an empty field, even of one that a build cannot do without: nobody may have come to it yet. */
    public static FormValidation given(@CheckForNull Item item, String value, Consumer<String> parse) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : always(item, value, parse);
    }

    /**
     * For a field that others make a necessity. What a build puts together from its variables cannot be checked before.
     *
     * @param parse is given the empty text, too
     */
    public static FormValidation always(@CheckForNull Item item, String value, Consumer<String> parse) {
        String given = Util.fixNull(value).trim();
        if (!maySee(item) || given.contains("$")) {
            return FormValidation.ok();
        }
        try {
            parse.accept(given);
            return FormValidation.ok();
        } catch (IplbException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public static boolean maySee(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }
}
