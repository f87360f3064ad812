package io.jenkins.plugins.iplb.jenkins.form;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.parameter.RuleGrammar;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** For descriptors of what is a rule, or has the fields of one: fills and checks them. */
public interface RuleFields {
    /** Which of them a route can look at depends on its protocol, which the build checks. */
    @POST
    default ListBoxModel doFillFieldItems(@AncestorInPath Item item) {
        return FieldCheck.words(
                item,
                protocols()
                        .flatMap(protocol -> RuleGrammar.fields(protocol).stream())
                        .distinct()
                        .toList());
    }

    @POST
    default ListBoxModel doFillMatchItems(@AncestorInPath Item item) {
        return FieldCheck.words(item, RuleGrammar.matches());
    }

    @POST
    default FormValidation doCheckSubField(
            @AncestorInPath Item item, @QueryParameter("value") String value, @QueryParameter("field") String field) {
        boolean named = protocols().anyMatch(protocol -> RuleGrammar.needsSubField(protocol, Util.fixNull(field)));
        return FieldCheck.always(item, value, text -> {
            if (named && text.isEmpty()) {
                throw new InvalidInput("subField", null, "the name of the %s to look at".formatted(field));
            }
        });
    }

    @POST
    default FormValidation doCheckPattern(
            @AncestorInPath Item item, @QueryParameter("value") String value, @QueryParameter("match") String match) {
        return Util.fixEmpty(value) == null && !"exists".equals(match)
                ? FieldCheck.hint(item, Messages.RuleFields_PatternNeeded())
                : FormValidation.ok();
    }

    /** Those that have routes. */
    private static Stream<Protocol> protocols() {
        return Stream.of(Protocol.TCP, Protocol.HTTP);
    }
}
