package io.jenkins.plugins.iplb.jenkins.plan;

import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.record.BuildPage;
import io.jenkins.plugins.iplb.jenkins.record.NamingLanguage;
import io.jenkins.plugins.iplb.record.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The page "Load balancer plan" of a build. It holds no plan, which it reads from their file when somebody looks. */
public final class PlansAction extends BuildPage {
    static final String URL_NAME = "load-balancer-plan";

    private PlansAction() {}

    /** On the build, which gets it now if it has none. */
    static void show(Run<?, ?> run) {
        synchronized (PlansAction.class) {
            if (run.getAction(PlansAction.class) == null) {
                run.addAction(new PlansAction());
                try {
                    run.save();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    protected String icon() {
        return "symbol-list-outline plugin-ionicons-api";
    }

    @Override
    protected String url() {
        return URL_NAME;
    }

    @Override
    public String getDisplayName() {
        return Messages.PlansAction_DisplayName();
    }

    public List<ShownPlan> getPlans() {
        return new BuildPlans(getRun()).shown();
    }

    /** Of which load balancer. */
    public String title(ShownPlan plan) {
        return bothNames(plan.getService());
    }

    /** In a sentence. */
    public String sentence(ShownPlan.Change change) {
        Language language = new NamingLanguage(this::name);
        return change.sentence(language);
    }
}
