package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import java.io.Serializable;

/** A rule of a step that was under way when the plugin was updated, which then had a class of its own. */
final class RouteRule implements Serializable {
    private static final long serialVersionUID = 1L;

    private String field;
    private String match;
    private String pattern;
    private String subField;
    private boolean negate;

    private Object readResolve() {
        RuleForm rule = new RuleForm(field, match);
        rule.setPattern(pattern);
        rule.setSubField(subField);
        rule.setNegate(negate);
        return rule;
    }
}
