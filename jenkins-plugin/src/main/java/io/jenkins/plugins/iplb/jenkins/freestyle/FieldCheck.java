package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/** Checks a field of a form as the build will, for those who may see the job's configuration. */
final class FieldCheck {
    private FieldCheck() {}

    /** A field that may be left empty. */
    static FormValidation optional(@CheckForNull Item item, String value, Consumer<String> parse) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : required(item, value, parse);
    }

    /** A field that may not. What a build puts together from its variables cannot be checked before. */
    static FormValidation required(@CheckForNull Item item, String value, Consumer<String> parse) {
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

    static boolean maySee(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }
}
