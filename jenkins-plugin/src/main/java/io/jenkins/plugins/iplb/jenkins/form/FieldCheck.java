package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.Collection;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/** Checks a field of a form as the build will, for those who may see the job's configuration. */
public final class FieldCheck {
    private FieldCheck() {}

    /** For a field that may be empty. */
    public static FormValidation given(@CheckForNull Item item, String value, Consumer<String> parse) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : always(item, value, parse);
    }

    /**
     * For a field that a build cannot do without. While it is empty, that is no fault yet, since nobody may have come to
     * it: what it needs is said, and not in red.
     *
     * @param what it needs
     */
    public static FormValidation needed(@CheckForNull Item item, String value, String what, Consumer<String> parse) {
        return Util.fixEmptyAndTrim(value) == null
                ? hint(item, Messages.FieldCheck_Needed(what))
                : always(item, value, parse);
    }

    /**
     * For a field that others make a necessity. What a build puts together from its variables cannot be checked before.
     *
     * @param parse is given the empty text, too
     */
    public static FormValidation always(@CheckForNull Item item, String value, Consumer<String> parse) {
        String given = Util.fixNull(value).trim();
        if (!maySee(item) || holdsVariable(given)) {
            return FormValidation.ok();
        }
        try {
            parse.accept(given);
            return FormValidation.ok();
        } catch (IplbException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Neither a fault nor a "well done". */
    static FormValidation hint(@CheckForNull Item item, String text) {
        return maySee(item)
                ? FormValidation.respond(
                        FormValidation.Kind.OK,
                        "<div class=\"jenkins-form-description\">%s</div>".formatted(Util.xmlEscape(text)))
                : FormValidation.ok();
    }

    /** The words of a drop-down, shown as they are. */
    public static ListBoxModel words(@CheckForNull Item item, Collection<String> words) {
        ListBoxModel choices = new ListBoxModel();
        if (maySee(item)) {
            words.forEach(choices::add);
        }
        return choices;
    }

    static boolean holdsVariable(String text) {
        return text.contains("$");
    }

    public static boolean maySee(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }
}
