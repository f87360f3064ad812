package io.jenkins.plugins.iplb.jenkins.overview;

import io.jenkins.plugins.iplb.jenkins.record.KnownEntry;
import io.jenkins.plugins.iplb.jenkins.record.RecordedChange;

/** What a build did to a load balancer, as the page shows it. */
public final class ShownRecord {
    private final BuildLink build;
    private final RecordedChange change;

    ShownRecord(KnownEntry known) {
        this.build = BuildLink.of(known.build());
        this.change = new RecordedChange(known.entry(), known.entry().open() && build.isBuilding());
    }

    public BuildLink getBuild() {
        return build;
    }

    public RecordedChange getChange() {
        return change;
    }
}
