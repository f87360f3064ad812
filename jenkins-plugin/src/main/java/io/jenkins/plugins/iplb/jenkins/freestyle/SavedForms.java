package io.jenkins.plugins.iplb.jenkins.freestyle;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Under which names and with which fields jobs have been saved before changes were made from the catalogue. */
@Restricted(NoExternalUse.class)
public final class SavedForms {
    private static final String HERE = "io.jenkins.plugins.iplb.jenkins.freestyle.";

    private SavedForms() {}

    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void alias() {
        alias("RouteChange", AddRouteChange.class);
        alias("RuleChange", RuleOfARoute.class);
        alias("RuleForm", RuleForm.class);
        alias("StickinessChange", SetStickinessChange.class);
        alias("FailoverMoveChange", MoveFailoverChange.class);
        alias("DedicatedFailoverChange", DedicateFailoverChange.class);
        alias("FrontendChange", FrontendOfAZone.class);
    }

    private static void alias(String name, Class<?> type) {
        Items.XSTREAM2.addCompatibilityAlias(HERE + name, type);
    }

    /** One without a zone was for all of them. */
    private static final class FrontendOfAZone {
        private String protocol;
        private String port;
        private String zone;
        private String name;
        private String farm;
        private String ssl;
        private String ips;

        private Object readResolve() {
            EnsureFrontendChange change = new EnsureFrontendChange(protocol);
            change.setPort(port);
            change.setZone(zone == null ? "all" : zone);
            change.setName(name);
            change.setFarm(farm);
            change.setSsl(ssl);
            change.setIps(ips);
            return change;
        }
    }

    /** What it says was a part of it. */
    private static final class RuleOfARoute {
        private String protocol;
        private String route;
        private RuleForm rule;
        private String name;

        private Object readResolve() {
            AddRuleChange change = new AddRuleChange(
                    protocol, route, rule == null ? null : rule.getField(), rule == null ? null : rule.getMatch());
            if (rule != null) {
                change.setPattern(rule.getPattern());
                change.setSubField(rule.getSubField());
                change.setNegate(rule.isNegate());
            }
            change.setName(name);
            return change;
        }
    }
}
