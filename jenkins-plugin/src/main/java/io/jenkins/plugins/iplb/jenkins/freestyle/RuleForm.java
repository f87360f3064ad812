package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a rule: what a route looks at, and what it must be. */
public final class RuleForm extends AbstractDescribableImpl<RuleForm> {
    private final String field;
    private final String match;
    private String pattern;
    private String subField;
    private boolean negate;

    @DataBoundConstructor
    public RuleForm(String field, String match) {
        this.field = Util.fixEmptyAndTrim(field);
        this.match = Util.fixEmptyAndTrim(match);
    }

    public String getField() {
        return field;
    }

    public String getMatch() {
        return match;
    }

    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = Util.fixEmpty(pattern);
    }

    public String getSubField() {
        return subField;
    }

    @DataBoundSetter
    public void setSubField(String subField) {
        this.subField = Util.fixEmptyAndTrim(subField);
    }

    public boolean isNegate() {
        return negate;
    }

    @DataBoundSetter
    public void setNegate(boolean negate) {
        this.negate = negate;
    }

    RuleSpec rule(Given given) {
        return new RuleSpec(
                given.text(field),
                given.text(subField),
                given.text(match),
                negate,
                given.env().expand(pattern));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RuleForm> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RuleForm_DisplayName();
        }

        @POST
        public ListBoxModel doFillFieldItems(@AncestorInPath Item item) {
            return choices(item, "protocol", "source", "host", "sni", "method", "uri", "param", "header", "cookie");
        }

        @POST
        public ListBoxModel doFillMatchItems(@AncestorInPath Item item) {
            return choices(item, "is", "in", "contains", "startswith", "endswith", "matches", "exists");
        }

        @POST
        public FormValidation doCheckSubField(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String field) {
            boolean named = Stream.of("param", "header", "cookie").anyMatch(each -> each.equals(field));
            return FieldCheck.always(item, value, text -> {
                if (named && text.isEmpty()) {
                    throw new InvalidInput("subField", null, "the name of the %s to look at".formatted(field));
                }
            });
        }

        private static ListBoxModel choices(Item item, String... values) {
            ListBoxModel choices = new ListBoxModel();
            if (FieldCheck.maySee(item)) {
                Stream.of(values).forEach(choices::add);
            }
            return choices;
        }
    }
}
