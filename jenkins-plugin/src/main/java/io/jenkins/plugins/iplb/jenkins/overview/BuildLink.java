package io.jenkins.plugins.iplb.jenkins.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import org.springframework.security.access.AccessDeniedException;

/** A build for whoever reads the page: without a name and a link where he may not see it, or it is no more. */
public final class BuildLink {
    private final String id;

    @CheckForNull
    private final Run<?, ?> run;

    private BuildLink(String id, Run<?, ?> run) {
        this.id = id;
        this.run = run;
    }

    /** @param id as {@link Run#getExternalizableId} has it */
    static BuildLink of(String id) {
        Run<?, ?> found = find(id);
        return new BuildLink(id, found != null && found.hasPermission(Item.READ) ? found : null);
    }

    public boolean isReadable() {
        return run != null;
    }

    public String getName() {
        return run == null ? Messages.BuildLink_NotReadable() : run.getFullDisplayName();
    }

    /** Below the controller's root; null where there is none. */
    public String getUrl() {
        return run == null ? null : run.getUrl();
    }

    /** As {@link #getUrl}, of the page of its changes. */
    public String getChangesUrl() {
        ChangesAction changes = run == null ? null : run.getAction(ChangesAction.class);
        return changes == null || changes.getUrlName() == null ? getUrl() : getUrl() + changes.getUrlName();
    }

    /** Whether it may still end what it has begun, whoever asks. */
    boolean isBuilding() {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> found = find(id);
            return found != null && found.isBuilding();
        }
    }

    private static Run<?, ?> find(String id) {
        try {
            return Run.fromExternalizableId(id);
        } catch (AccessDeniedException | IllegalArgumentException e) {
            return null;
        }
    }
}
