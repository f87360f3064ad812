package io.jenkins.plugins.iplb.jenkins.testing;

import hudson.model.FreeStyleProject;
import hudson.model.TopLevelItem;
import hudson.tasks.Builder;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.SetStickinessChange;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/** Freestyle jobs that do something to the {@link Shop}. */
public final class ShopJobs {
    private ShopJobs() {}

    public static FreeStyleProject job(JenkinsRule jenkins, String name, Builder... steps) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.getBuildersList().addAll(List.of(steps));
        return job;
    }

    /** For the next case on the same controller. */
    public static void deleteAll(JenkinsRule jenkins) throws Exception {
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
    }

    /** Stages one change in each zone. */
    public static ChangeBuilder stickiness(String how) {
        ChangeBuilder builder = new ChangeBuilder(List.of(new SetStickinessChange("http", "app", how)));
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }

    public static RefreshBuilder refresh() {
        RefreshBuilder builder = new RefreshBuilder();
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }
}
